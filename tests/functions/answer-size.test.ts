/** Does every answer fit through what carries it (6 MB), however large a shop is? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { respond } from '../../functions/http/answer.ts';
import { putJob } from '../../shared/exports/items/jobs.ts';
import { pageOf } from '../../shared/reports/cursor.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { aLine, anOrder } from '../make/snapshots.ts';

const most = 6_000_000;
/** Bytes of an answer as a function hands it over: its body is a text in JSON. */
const travelling = (text: string): number => Buffer.byteLength(JSON.stringify(text));

let desk: ExportsContext;
beforeAll(async () => {
  desk = await makeDesk();
});
afterAll(() => desk.close());

/** All pages of a list, each held to the size, and its rows in order. */
async function allPages(
  get: (query: Record<string, string>) => Promise<{ status: number; text: string; json: Record<string, unknown> }>,
  rowsOf: string,
): Promise<{ rows: Record<string, unknown>[]; pages: number }> {
  const rows: Record<string, unknown>[] = [];
  let pages = 0;
  for (let cursor: unknown = ''; cursor !== null; pages++) {
    const { status, text, json } = await get(cursor ? { cursor: String(cursor) } : {});
    expect(status).toBe(200);
    expect(travelling(text)).toBeLessThanOrEqual(most);
    rows.push(...(json[rowsOf] as Record<string, unknown>[]));
    cursor = json.cursor;
  }
  return { rows, pages };
}

describe('a list of large rows', () => {
  it('ends its pages early: 200 orders of 250 lines each come on several pages, each order once', async () => {
    const lines = Array.from({ length: 250 }, (_, i) => aLine({ productId: `p-${i}` }));
    const orders = Array.from({ length: 200 }, (_, i) =>
      anOrder({ lines, shipBy: '2026-03-20T20:00:00Z' }, { order: `o-${1000 + i}` }),
    );
    await desk.shop.load('c-1', orders);
    const lists: Record<string, string>[] = [{ kpi: 'orders', day: '2026-03-01' }, { atRisk: 'true' }];
    for (const query of lists) {
      const { rows, pages } = await allPages((more) => desk.shop.get('orders', { ...query, limit: '200', ...more }), 'orders');
      expect(rows.map(({ orderId }) => orderId)).toEqual(orders.map((_, i) => `o-${1000 + i}`));
      expect(pages).toBeGreaterThan(3);
    }
  });

  it('of exports comes page by page, the newest first, each once', async () => {
    await desk.shop.load('c-2', []);
    const request = { what: { report: 'orders', query: { search: 'x'.repeat(20_000) } }, format: 'csv' };
    for (let i = 0; i < 450; i++) {
      const requestedAt = new Date(Date.parse('2026-03-19T10:00:00Z') + i * 1000).toISOString();
      await putJob(desk.shop.table, {
        id: `${1000 + i}`,
        creatorId: 'c-2',
        status: 'queued',
        request: JSON.stringify(request),
        requestedAt,
        touchedAt: requestedAt,
        attempts: 0,
        rows: 0,
      });
    }
    const get = (more: Record<string, string>) =>
      desk.ask({ route: 'GET /v1/creators/{creatorId}/exports', creatorId: 'c-2', as: 'c-2', query: more });
    const { rows, pages } = await allPages(get, 'exports');
    expect(rows.map(({ id }) => Number(id))).toEqual(Array.from({ length: 450 }, (_, i) => 1449 - i));
    expect(pages).toBeGreaterThan(3);
    const small = await get({ limit: '2' });
    expect(small.json.exports).toHaveLength(2);
    expect((await get({ cursor: 'made-up' })).status).toBe(400);
  });

  it('has at least one row on a page, however large that one is', () => {
    const rows = [{ text: 'x'.repeat(3_000_000) }, { text: 'y' }, { text: 'z' }];
    expect(pageOf(rows, 2, () => 'next')).toEqual({ page: [rows[0]], cursor: 'next' });
    expect(pageOf(rows.slice(1), 2, () => 'next')).toEqual({ page: rows.slice(1), cursor: null });
  });
});

describe('a question whose answer would be too large', () => {
  it('is refused with the way out', async () => {
    const query = { names: 'grossSales,units', from: '2022-01-01', to: '2026-12-31', by: 'product', top: '100' };
    const { status, json } = await desk.shop.get('kpis', query, 'c-1');
    expect([status, json.issues[0].path]).toEqual([400, 'grain']);
    expect(json.issues[0].message).toContain('take a coarser grain, fewer days or names, or a smaller top; an export has no');
    expect((await desk.shop.get('kpis', { ...query, grain: 'month', top: '10' }, 'c-1')).status).toBe(200);
  });

  it('is allowed as an export: a file has no such limit', async () => {
    const kpis = { names: ['grossSales', 'units'], from: '2022-01-01', to: '2026-12-31', by: 'product', top: 100, grain: 'day' };
    expect((await desk.post({ what: { kpis }, format: 'csv' })).status).toBe(202);
  });

  it.each([
    ['plain text', 'x', 5_999_000, 6_000_001],
    ['quotes, which count twice on the way', '"', 1_499_000, 1_501_000],
  ])('is refused by what it would have on the way: %s', (_, sign, fits, tooMany) => {
    const answerOf = (count: number) => respond('GET', 200, { json: sign.repeat(count) }, undefined);
    expect(answerOf(fits).statusCode).toBe(200);
    expect(() => answerOf(tooMany)).toThrow('no more than 6 MB can be sent');
  });
});
