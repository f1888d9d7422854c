/**
 * What does a month cost on AWS? Quantities that were measured here, times list prices of us-east-1 (see docs/03-reports/price.md for where each
 * is from). Nothing of it ran on AWS: run times of functions there are assumed, and named below.
 */

/** US dollars. */
const prices = {
  writeUnits: 0.625e-6,
  readUnits: 0.125e-6,
  requests: 1e-6,
  invocations: 0.2e-6,
  gigabyteSeconds: 16.6667e-6,
  shardHours: 0.015,
  putUnits: 0.014e-6,
  objectPuts: 5e-6,
  gigabyteMonths: 0.25,
};

const secondsAMonth = 30 * 86_400;

/** What differs between before and after, an event or an hour of an open dashboard; measured (docs/03-reports/price.md). */
export interface Measured {
  writeUnitsPerEvent: number;
  readUnitsPerEvent: number;
  callsPerHour: number;
  readUnitsPerHour: number;
}

/** Assumed of functions: milliseconds and gigabytes of a run. */
const assumed = {
  collect: { milliseconds: 40, gigabytes: 0.5 },
  aggregate: { milliseconds: 400, gigabytes: 1 },
  archive: { milliseconds: 1500, gigabytes: 1.769 },
  report: { milliseconds: 60, gigabytes: 1.769 },
};

const runs = (count: number, { milliseconds, gigabytes }: { milliseconds: number; gigabytes: number }): number =>
  count * (prices.invocations + (milliseconds / 1000) * gigabytes * prices.gigabyteSeconds);

/** Dollars a month by what they are for: `events` of a million sent one a request, each creator's dashboard open an hour a day. */
export function monthOf(millions: number, creators: number, measured: Measured): Record<string, number> {
  const events = millions * 1e6;
  const rate = events / secondsAMonth;
  const shards = Math.max(1, Math.ceil((3 * rate) / 1000));
  const batches = Math.min(events, (shards * secondsAMonth) / 5);
  const files = (secondsAMonth / 60) * Math.min(8, 1 + rate * 60) * shards;
  const calls = creators * 30 * measured.callsPerHour;
  const lines: Record<string, number> = {
    'requests with events': events * prices.requests + runs(events, assumed.collect),
    stream: shards * 730 * prices.shardHours + events * prices.putUnits,
    'counting: writes': events * measured.writeUnitsPerEvent * prices.writeUnits,
    'counting: reads': events * measured.readUnitsPerEvent * prices.readUnits,
    'counting: runs': runs(batches, assumed.aggregate),
    lake: runs(secondsAMonth / 60, assumed.archive) * shards + files * prices.objectPuts,
    'open dashboards':
      calls * prices.requests + runs(calls, assumed.report) + creators * 30 * measured.readUnitsPerHour * prices.readUnits,
    'kept, a month of it': ((events * 900) / 1e9) * prices.gigabyteMonths,
  };
  return { all: Object.values(lines).reduce((sum, one) => sum + one, 0), ...lines };
}

const cents = (lines: Record<string, number>): Record<string, number> =>
  Object.fromEntries(Object.entries(lines).map(([name, dollars]) => [name, Math.round(dollars * 100) / 100]));

/** 1, 10 and 100 million events a month of 10, 1,000 and 10,000 creators. */
export function dollars(measured: { [when: string]: Measured }): Record<string, unknown> {
  const figures: Record<string, unknown> = {};
  for (const millions of [1, 10, 100])
    for (const creators of [10, 1000, 10_000])
      for (const [when, one] of Object.entries(measured))
        figures[`${millions} million events, ${creators} creators, ${when}`] = cents(monthOf(millions, creators, one));
  return figures;
}
