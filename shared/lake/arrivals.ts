/** What has arrived in the lake? Of whom since a day, and up to which record of each creator. */
import { readStored } from '../store/progress.ts';
import type { Table } from '../store/table.ts';
import { type Athena, rowsFor } from './athena.ts';
import { lakeTables } from './columns.ts';

/** The newest record of a creator that the lake has. */
export interface Arrival {
  seq: string;
  /** The latest acceptance among its records (ISO, UTC). */
  at: string;
}

const rawTables = lakeTables.filter(({ list }) => !list);

/** For each creator of whom something fits: the sequence of the newest record that the lake has, and when the latest was accepted. */
const arrivals = (condition: string): string => {
  const each = rawTables.map(
    ({ name }) =>
      `SELECT creator_id, max(seq) AS seq, max(received_at) AS at FROM ${name} WHERE ${condition} GROUP BY creator_id`,
  );
  return `SELECT creator_id, max(seq) AS seq, max(at) AS at FROM (${each.join(' UNION ALL ')}) AS arrived GROUP BY creator_id ORDER BY creator_id`;
};

/** The creators of whom something arrived on a day (UTC) or later. */
export async function arrivedSince(athena: Athena, day: string): Promise<string[]> {
  const creators: string[] = [];
  for await (const { creator_id } of rowsFor(athena, arrivals('dt >= ?'), Array(rawTables.length).fill(day)))
    if (creator_id) creators.push(creator_id);
  return creators;
}

/** The newest records of these creators that the lake has, one statement for all; who has none there is left out. */
export async function newestArrivals(athena: Athena, creators: readonly string[]): Promise<Map<string, Arrival>> {
  const found = new Map<string, Arrival>();
  if (!creators.length) return found;
  // Bound once and named in each table's part: as many values as creators, however many tables there are.
  const sql = `WITH named (name) AS (VALUES ${creators.map(() => '(?)').join(', ')})
${arrivals('creator_id IN (SELECT name FROM named)')}`;
  for await (const { creator_id, seq, at } of rowsFor(athena, sql, [...creators]))
    found.set(creator_id ?? '', { seq: seq ?? '', at: at ? new Date(`${at.replace(' ', 'T')}Z`).toISOString() : '' });
  return found;
}

/** Has the lake everything of a creator that was accepted for this partition? A record in quarantine is never in it. */
export async function isArchived(
  { table, athena }: { table: Table; athena: Athena },
  partition: string,
  creatorId: string,
): Promise<boolean> {
  const { accepted } = await readStored(table, partition);
  return ((await newestArrivals(athena, [creatorId])).get(creatorId)?.seq ?? '') >= accepted;
}
