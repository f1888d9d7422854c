/** What do the importers make of the real files? Counts that were taken from the files by other means. */
import { describe, expect, test } from 'vitest';
import { olistEvents } from '../../samples/olist.ts';
import { uciEvents } from '../../samples/uci.ts';
import { newReport, type Tally } from '../../shared/sources/files/import-report.ts';
import { benchData } from '../samples/bench-data.ts';
import { all, countByEntity, entityName, refusals } from '../samples/events-of.ts';

const now = Date.parse('2026-01-01T00:00:00Z');
const counts = (tallies: Map<string, Tally>) => Object.fromEntries([...tallies].map(([reason, { count }]) => [reason, count]));

const olist = benchData('olist');
describe.skipIf(!olist)(`the Olist files${olist ? '' : ' (skipped: BENCH_DATA has no olist/)'}`, () => {
  test('every event is valid and every row is accounted for', async () => {
    const report = newReport();
    const events = await all(olistEvents(olist ?? '', { report }));
    expect(refusals(events, now)).toEqual([]);
    expect(countByEntity(events)).toEqual({ creator: 1276, product: 7355, order: 13_678, shipment: 13_597, review: 4102 });
    expect(counts(report.skipped)).toEqual({ 'order without items': 63, 'review of an order without items': 26 });
    expect(events.slice(0, 1276).every((event) => entityName(event) === 'creator')).toBe(true);
    const lines = events.flatMap((event) => (Array.isArray(event.data.lines) ? event.data.lines : []));
    expect(lines).toHaveLength(15_552);
    expect(new Set(events.map((event) => event.id)).size).toBe(events.length);
  });
});

const uci = benchData('uci-online-retail');
describe.skipIf(!uci)(`the UCI files${uci ? '' : ' (skipped: BENCH_DATA has no uci-online-retail/)'}`, () => {
  test('every fifth event is valid (all would take long) and every row is accounted for', async () => {
    const report = newReport();
    const events = await all(uciEvents(uci ?? '', { report }));
    expect(
      refusals(
        events.filter((_, i) => i % 5 === 0),
        now,
      ),
    ).toEqual([]);
    expect(countByEntity(events)).toEqual({ creator: 1, order: 9800, refund: 1946 });
    const lines = events.reduce((sum, event) => sum + (Array.isArray(event.data.lines) ? event.data.lines.length : 0), 0);
    const skipped = Object.values(counts(report.skipped)).reduce((sum, count) => sum + count, 0);
    expect({ lines, skipped, rows: report.rows }).toEqual({ lines: 239_270, skipped: 737, rows: 240_007 });
    expect(counts(report.notes)).toEqual({
      'invoice of more than 500 lines, split': 15,
      'price of more than two decimals, rounded half to even': 1,
    });
  });
});
