/** Does a run compute whoever has something new, once, and does the next one go on where one was cut off? */
import { expect, it, onTestFinished } from 'vitest';
import { insightVersion, type Job } from '../../shared/insight/job.ts';
import { computeInsight } from '../../shared/insight/run.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { readDocuments, readHead } from '../../shared/store/report-documents.ts';
import { partitionOf } from '../../shared/store/table.ts';
import { athenaOf } from '../make/embedded-athena.ts';
import type { EmbeddedLake } from '../make/embedded-lake.ts';
import { makeTable } from '../make/servers.ts';
import { aCreator } from '../make/snapshots.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const anHour = 3_600_000;

/** A report that counts its rows: those of its small statement, and those of its large one. */
const counting = (report: string): Job => ({
  report,
  statements: ({ first }, named) => [
    { sql: `small ${report}`, values: [first, ...named] },
    { sql: `large ${report}`, values: [first, ...named] },
  ],
  compute: ([small = [], large = []]) =>
    large.length ? new Map([['now', { small: small.length, large: large.length }]]) : new Map(),
  empty: () => ({ small: 0, large: 0 }),
});
const jobs = [counting('one'), counting('two')];

/** Creators c-1 to c-3 in a table, and a lake whose statements answer the creators of `rows`. */
async function aShop(rows: { large: string[]; small: string[] }) {
  const table = await makeTable();
  onTestFinished(() => table.close());
  for (const creator of ['c-1', 'c-2', 'c-3']) await acceptProfile(table, aCreator({}, { creator }));
  const asked: string[] = [];
  const query = async (sql: string, values: string[]) => {
    asked.push([sql, ...values].join(' '));
    const creators = sql.startsWith('small') ? rows.small : rows.large;
    return { columns: [{ name: 'creator_id' }], rows: creators.map((creator) => [creator]) };
  };
  const athena = athenaOf({ engine: { query } } as unknown as EmbeddedLake);
  const read = async (creator: string, report: string) => {
    const partition = partitionOf(creator, 1);
    const [[document], head] = await Promise.all([
      readDocuments(table, partition, report, 'now', 'now'),
      readHead(table, partition, report),
    ]);
    return { document, computedAt: head?.computedAt, seenUntil: head?.seenUntil, version: head?.version };
  };
  return { stores: { table, athena }, asked, read };
}

it('asks each statement once for all, and stores what the rows of each creator come to', async () => {
  const { stores, asked, read } = await aShop({ small: ['c-2'], large: ['c-1', 'c-2', 'c-2', 'c-9'] });
  expect(await computeInsight(stores, { jobs, now: () => now })).toEqual({ creators: 3, documents: 4, left: 0 });
  expect(asked.map((each) => each.slice(0, 9))).toEqual(['small one', 'large one', 'small two', 'large two']);
  expect(asked[0]).toMatch(/^small one '2025-10-01'( 'c-\d'){3}$/);
  expect((await read('c-2', 'two')).document).toEqual({ small: 1, large: 2 });
  expect(await read('c-3', 'two')).toEqual({
    document: undefined,
    computedAt: now,
    seenUntil: now - 120_000,
    version: insightVersion,
  });
});

it('leaves alone whoever has nothing new on a local day, and computes a creator that is named', async () => {
  const { stores } = await aShop({ small: [], large: ['c-1'] });
  await computeInsight(stores, { jobs, now: () => now });
  const nothing = { creators: 0, documents: 0, left: 0 };
  expect(await computeInsight(stores, { jobs, now: () => now + 1 })).toEqual(nothing);
  // New York's day of 7:00 ends after another 17 hours: a day that is over may say something new.
  expect(await computeInsight(stores, { jobs, now: () => now + 16 * anHour })).toEqual(nothing);
  // The same as before is not written again.
  expect(await computeInsight(stores, { jobs, creatorId: 'c-1', now: () => now + 2 })).toEqual({
    creators: 1,
    documents: 0,
    left: 0,
  });
});

it('computes what takes long with each local day, and in between not every hour', async () => {
  const { stores, asked } = await aShop({ small: [], large: ['c-1'] });
  const daily: Job[] = [{ ...counting('outlook'), isCostly: true }, counting('hourly')];
  const run = (at: number) => computeInsight(stores, { jobs: daily, now: () => at });
  await run(now);
  await acceptProfile(stores.table, aCreator({}, { creator: 'c-4' }));
  asked.length = 0;
  await run(now + anHour);
  // Only of the new creator.
  expect(asked.filter((each) => each.includes('outlook')).every((each) => !each.includes('c-1') && each.includes('c-4'))).toBe(
    true,
  );
  asked.length = 0;
  // It was seven in the morning in New York: the day is over.
  await run(now + 17 * anHour);
  expect(asked.filter((each) => each.includes('outlook')).every((each) => each.includes('c-1'))).toBe(true);
  expect(asked).toHaveLength(4);
});

it('empties a document that there is nothing for any more', async () => {
  const rows = { small: [], large: ['c-1'] };
  const { stores, read } = await aShop(rows);
  await computeInsight(stores, { jobs, now: () => now });
  rows.large.length = 0;
  expect(await computeInsight(stores, { jobs, creatorId: 'c-1', now: () => now + 1 })).toMatchObject({ documents: 2 });
  expect((await read('c-1', 'one')).document).toEqual({ small: 0, large: 0 });
});

it('goes on where a run was cut off, and computes nothing twice', async () => {
  const { stores, read } = await aShop({ small: [], large: ['c-1', 'c-2', 'c-3'] });
  const first = await computeInsight(stores, { jobs, now: () => now, millisecondsLeft: () => 0 });
  expect(first).toEqual({ creators: 0, documents: 1, left: 3 });
  expect(await computeInsight(stores, { jobs, now: () => now + 1 })).toEqual({ creators: 3, documents: 5, left: 0 });
  expect((await read('c-1', 'one')).computedAt).toBe(now);
  // The last report says no more than what all of them have seen, so that none is left behind for good.
  expect(await read('c-1', 'two')).toMatchObject({ computedAt: now + 1, seenUntil: now - 120_000 });
  expect(await read('c-2', 'two')).toMatchObject({ computedAt: now + 1, seenUntil: now + 1 - 120_000 });
});
