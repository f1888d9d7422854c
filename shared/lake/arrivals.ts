/** What has arrived in the lake? Of whom since a day, and up to which record of a creator. */
import { readMarks } from '../store/progress.ts';
import { type Athena, rowsFor } from './athena.ts';
import { lakeTables } from './columns.ts';
import type { Stores } from './reconcile.ts';

/** For each creator of whom something arrived since a day: the sequence of the newest record that the lake has. */
const arrivals = (condition: string): string => {
  const each = lakeTables
    .filter(({ list }) => !list)
    .map(({ name }) => `SELECT creator_id, max(seq) AS seq FROM ${name} WHERE ${condition} GROUP BY creator_id`);
  return `SELECT creator_id, max(seq) AS seq FROM (${each.join(' UNION ALL ')}) AS arrived GROUP BY creator_id ORDER BY creator_id`;
};
const rawTables = lakeTables.filter(({ list }) => !list).length;

/** The creators of whom something arrived on a day (UTC) or later. */
export async function arrivedSince(athena: Athena, day: string): Promise<string[]> {
  const creators: string[] = [];
  for await (const { creator_id } of rowsFor(athena, arrivals('dt >= ?'), Array(rawTables).fill(day)))
    if (creator_id) creators.push(creator_id);
  return creators;
}

/** The newest record of a creator that the lake has; '' where it has none. */
export async function newestInLake(athena: Athena, creatorId: string): Promise<string> {
  for await (const { seq } of rowsFor(athena, arrivals('creator_id = ?'), Array(rawTables).fill(creatorId))) return seq ?? '';
  return '';
}

/** Has the lake everything of a creator that was accepted for this partition? A record in quarantine is never in it. */
export async function isArchived({ table, athena }: Stores, partition: string, creatorId: string): Promise<boolean> {
  const { accepted } = await readMarks(table, partition);
  return (await newestInLake(athena, creatorId)) >= accepted;
}
