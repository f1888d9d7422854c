/** Is the export of Shopify shown and asked about before it is sent, and does the newer of two exports hold, whichever comes first? */
import { copyFileSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { newReport } from '../../../shared/sources/files/import-report.ts';
import { exportEvents, planExports } from '../../../shared/sources/shopify/plan-export.ts';
import { makeCreator } from '../../make/events.ts';
import { makePipeline } from '../../make/pipeline.ts';
import { runImport, serviceThatTakes } from '../run-import.ts';
import { path, text } from './fixtures.ts';

const folder = mkdtempSync(join(tmpdir(), 'shopify-'));
afterAll(() => rmSync(folder, { recursive: true }));
const file = (name: string, content = text('orders-export.csv')): string => {
  writeFileSync(join(folder, name), content);
  return join(folder, name);
};
const when = ['--exported-at', '2026-11-15T00:00:00Z'];

const run = (args: string[]) => runImport('shopify', args);
const service = (known: boolean) => serviceThatTakes('c-1', known);

describe('the command', () => {
  it('shows in a dry run what would be sent, and no buyer', async () => {
    const { code, out } = await run([file('orders_export_1.csv'), '--creator', 'c-1', ...when, '--dry-run']);
    expect(out).toContain('Creator c-1: USD');
    expect(out).toMatch(/orders_export_1\.csv: exported 2026-11-15T00:00:00Z, 3 orders from 2026-10-06 to 2026-11-02/);
    expect(out).toContain('Would send 3 × order.');
    expect(out).toContain('refund without its day');
    expect(out).not.toMatch(/example\.com|Example (Buyer|Street)/);
    // A time that is none is in the example too.
    expect(out).toMatch(/orders-?_?export_1\.csv line 6: yesterday is no time/);
    expect(code).toBe(1);
  });

  it.each<[string, () => string[], string]>([
    ['without a creator', () => [file('a.csv'), ...when], 'Say whose orders these are: --creator'],
    ['without a time of export', () => [file('a.csv'), '--creator', 'c-1', '--dry-run'], 'Say --exported-at'],
    ['of a file that is none', () => [file('a.txt'), '--creator', 'c-1', ...when], 'is no .csv file'],
    [
      'of a file of something else',
      () => [file('b.csv', 'Order ID,SKU\n1,2\n'), '--creator', 'c-1', ...when, '--dry-run'],
      'Lineitem',
    ],
    ['of a page in HTML', () => [file('c.csv', '<html></html>'), '--creator', 'c-1', ...when, '--dry-run'], 'Name'],
    [
      'of an export that is still to come',
      () => [file('a.csv'), '--creator', 'c-1', '--exported-at', '2099-01-01T00:00:00Z'],
      'no time that has been',
    ],
    ['with a zone that is none', () => [file('a.csv'), '--creator', 'c-1', ...when, '--zone', 'Mars'], 'is no IANA name'],
  ])('%s is refused in words', async (_, args, words) => {
    const { code, said } = await run(args());
    expect(said).toContain(words);
    expect(code).not.toBe(0);
  });

  it('sends nothing without --yes where there is nobody to ask', async () => {
    const { url, batches } = await service(true);
    const { code, said } = await run([file('a.csv'), '--creator', 'c-1', ...when, '--to', url, '--token', 't']);
    expect([code, batches.length]).toEqual([2, 0]);
    expect(said).toContain('call it again with --yes');
  });

  it('makes a creator only where there is none, and needs the zone for it', async () => {
    const send = async (known: boolean, more: string[]) => {
      const { url, batches } = await service(known);
      const done = await run([
        file('a.csv'),
        '--creator',
        'c-1',
        ...when,
        '--yes',
        '--no-wait',
        '--to',
        url,
        '--token',
        't',
        ...more,
      ]);
      return { ...done, types: batches.flat().map(({ type }) => type.split('.')[2]) };
    };
    expect((await send(true, [])).types).toEqual(['order', 'order', 'order', 'operation-minute']);
    expect((await send(false, ['--zone', 'America/New_York'])).types).toEqual([
      'creator',
      'order',
      'order',
      'order',
      'operation-minute',
    ]);
    const refused = await send(false, []);
    expect([refused.code, refused.types]).toEqual([2, []]);
    expect(refused.said).toContain('say the shop’s zone'.replace('’', "'"));
  });

  it('leaves out a row that is wrong, names it, and says so in its code', async () => {
    const bad = text('orders-export.csv').replace(',1,Gift card,15.00', ',one,Gift card,15.00');
    const { code, out } = await run([file('bad.csv', bad), '--creator', 'c-1', ...when, '--dry-run']);
    expect(out).toContain('Would send 2 × order.');
    expect(out).toMatch(/bad\.csv.*line 4.*Lineitem quantity is no whole number/);
    expect(code).toBe(1);
  });
});

describe('of two exports', () => {
  const options = {
    creatorId: 'c-1',
    zone: 'America/New_York',
    currency: undefined,
    exportedAt: undefined,
    encoding: undefined,
    now: Date.UTC(2026, 10, 30),
  };
  const early = file('orders_2026-10-20-12_00.csv');
  const late = file(
    'orders_2026-11-20-12_00.csv',
    text('orders-export.csv').replace('#1002,,pending,,', '#1002,,paid,2026-11-03 08:00:00 -0500,'),
  );
  async function numbers(batches: string[][]) {
    const pipeline = await makePipeline('2026-11-30T00:00:00Z');
    try {
      await pipeline.post([makeCreator('c-1')]);
      for (const files of batches) {
        const events: CloudEvent[] = [];
        for await (const event of exportEvents(await planExports(files, options), { report: newReport(), now: options.now }))
          events.push(event);
        await pipeline.post(events);
      }
      while (pipeline.lagOf('stream') !== undefined) await pipeline.aggregate();
      const query = { names: 'gmv,orders', from: '2026-10-01', to: '2026-11-30', grain: 'total' };
      const { json } = await pipeline.ask({ route: 'GET /v1/creators/{creatorId}/kpis', creatorId: 'c-1', as: 'c-1', query });
      return json.series.map((each: { total: number }) => each.total);
    } finally {
      await pipeline.close();
    }
  }

  it('the later one holds, whichever is imported first, and again', async () => {
    // 59.12, 15.00 and, paid by the later export, 15.00.
    const right = [8912, 3];
    expect(await numbers([[early, late]])).toEqual(right);
    expect(await numbers([[early], [late]])).toEqual(right);
    expect(await numbers([[late], [early]])).toEqual(right);
    expect(await numbers([[late], [early], [late], [early]])).toEqual(right);
  });

  it('is told by the name, by an offset in it, else by the flag, and by no time that is before what the file knows', async () => {
    const at = async (name: string, more = {}) => {
      copyFileSync(path('orders-export.csv'), join(folder, name));
      return (await planExports([join(folder, name)], { ...options, ...more })).files[0]?.exportedAt;
    };
    expect(await at('x-2026-11-20-12_00.csv')).toBe(Date.UTC(2026, 10, 20, 17));
    expect(await at('x_20261120120000(UTC+7).csv', { zone: undefined })).toBe(Date.UTC(2026, 10, 20, 5));
    expect(await at('x.csv', { exportedAt: Date.UTC(2026, 10, 25) })).toBe(Date.UTC(2026, 10, 25));
    expect(await at('x.csv', { exportedAt: Date.UTC(2026, 0, 1) })).toBe(Date.parse('2026-11-01T23:30:00-05:00'));
    await expect(at('x-2026-11-20-12_00.csv', { zone: undefined })).rejects.toThrow('--exported-at');
  });
});
