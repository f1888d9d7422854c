/** Is what is forecast made of the same numbers as the dashboard's, and is it told honestly where there is little or nothing? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ForecastsAnswer, forecastsAnswer, getForecasts } from '../../shared/api/forecasts.ts';
import { kpisQuery } from '../../shared/api/kpis.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { outlookJob } from '../../shared/insight/outlook/job.ts';
import { knownDays } from '../../shared/insight/outlook/series.ts';
import { reportForecasts } from '../../shared/reports/forecasts.ts';
import { reportKpis } from '../../shared/reports/kpis.ts';
import { addDays, daysOf } from '../../shared/time.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { aLine, anOrder, aRefund } from '../make/snapshots.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const yesterday = '2026-11-29';
let made = 0;

function sale(day: string, units: number, more: object = {}): CloudEvent[] {
  const at = `${day}T17:00:00Z`;
  const lines = [aLine({ productId: 'p-1', quantity: units }), aLine({ productId: 'p-2', sku: 's-2', quantity: 1 })];
  return [anOrder({ placedAt: at, paidAt: at, lines, ...more }, { order: `o-${++made}` })];
}
/** Weekends sell twice as much; twelve weeks of it, with refunds, a sample, and today's first order. */
const weeks: CloudEvent[] = [
  ...daysOf(addDays(yesterday, -83), yesterday).flatMap((day, i) =>
    sale(day, [6, 0].includes(new Date(day).getUTCDay()) ? 8 : 4 + (i % 2)),
  ),
  aRefund({ completedAt: `${addDays(yesterday, -3)}T17:00:00Z` }, { order: 'o-40' }),
  ...sale(addDays(yesterday, -5), 100, { sample: true }),
  ...sale(addDays(yesterday, 1), 50),
];
const few = ['2026-11-27', '2026-11-28', '2026-11-29'].flatMap((day) => sale(day, 2));

let shops: ComputedShops;
const ask = async (creator: string, more: object = {}): Promise<ForecastsAnswer> =>
  forecastsAnswer.parse(await reportForecasts(getForecasts.query.parse(more) as never, await shops.scope(creator)));

beforeAll(async () => {
  shops = await computeShops({ 'c-1': { events: weeks }, 'c-few': { events: few }, 'c-empty': { events: [] } }, now, outlookJob);
});
afterAll(() => shops?.close());

describe('a shop of twelve weeks', () => {
  it.each(['netSales', 'orders', 'units'])('has the history of %s that the dashboard has', async (name) => {
    const { history, historyDays } = await ask('c-1', { name });
    const [first, last] = [history[0]?.at ?? '', history.at(-1)?.at ?? ''];
    expect([historyDays, last]).toEqual([84, yesterday]);
    const query = kpisQuery.parse({ names: name, from: first, to: last, grain: 'day' });
    const { series } = await reportKpis(query, await shops.scope('c-1'));
    expect(history).toEqual(series[0]?.points.map(({ at, value }) => ({ at, value })));
  });

  it('is forecast from today on, weekends above other days, with limits in order and a record', async () => {
    const { points, total, backtest, reasons } = await ask('c-1', { name: 'units', days: 14 });
    expect(points.map(({ at }) => at)).toEqual(daysOf('2026-11-30', '2026-12-13'));
    for (const { mean, lower80, upper80, lower95, upper95 } of [...points, ...(total ? [total] : [])]) {
      expect(lower95).toBeLessThanOrEqual(lower80);
      expect(lower80).toBeLessThanOrEqual(mean);
      expect(mean).toBeLessThanOrEqual(upper80);
      expect(upper80).toBeLessThanOrEqual(upper95);
      expect(upper95).toBeGreaterThan(lower95);
    }
    const at = (day: string) => points.find((point) => point.at === day)?.mean ?? 0;
    expect(at('2026-12-05')).toBeGreaterThan(at('2026-12-03') + 2);
    expect(backtest?.points).toBeGreaterThan(0);
    expect(reasons).toEqual([]);
  });

  it('has its products forecast in units, each alone and together', async () => {
    const { products } = await ask('c-1', { name: 'units', days: 7 });
    expect(products.map(({ productId }) => productId)).toEqual(['p-1', 'p-2']);
    const { points, total, product } = await ask('c-1', { name: 'units', product: 'p-2', days: 7 });
    expect([product, points.length, total?.mean]).toEqual(['p-2', 7, products[1]?.mean]);
    expect(await ask('c-1', { name: 'units', product: 'p-9' })).toMatchObject({ points: [], reasons: ['no_such_product'] });
  });
});

it('days that few sales, none or no run have nothing forecast, and say why', async () => {
  expect(await ask('c-few')).toMatchObject({ historyDays: 3, points: [], total: null, method: null, reasons: ['too_short'] });
  expect(await ask('c-empty')).toMatchObject({ historyDays: 0, points: [], reasons: ['no_sales'] });
  await shops.addLater('c-later');
  expect(await ask('c-later')).toMatchObject({ computedAt: null, reasons: ['not_computed'] });
});

it('a product goes with units only', () => {
  expect(getForecasts.query.safeParse({ name: 'orders', product: 'p-1' }).success).toBe(false);
});

it('the calendar is known ahead: promotions of the shop, and of the product alone', () => {
  const entry = { id: 'a', title: 'Sale', savedAt: '', kind: 'promotion' as const };
  const entries = [
    { ...entry, from: '2026-03-02', to: '2026-03-03' },
    { ...entry, from: '2026-03-05', to: '2026-03-05', productId: 'p-1' },
    { ...entry, from: '2026-03-01', to: '2026-03-01', kind: 'note' as const },
  ];
  expect(knownDays(entries, '2026-03-01', 5)).toEqual([{ name: 'promotion', values: [0, 1, 1, 0, 0] }]);
  expect(knownDays(entries, '2026-03-01', 5, 'p-1')).toEqual([{ name: 'promotion', values: [0, 1, 1, 0, 1] }]);
});
