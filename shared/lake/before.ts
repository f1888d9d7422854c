/** What was known of entities before an import? The newest snapshot of each in the lake that neither it nor what followed from it brought. */
import { readStored } from '../store/progress.ts';
import type { Table } from '../store/table.ts';
import { newestArrivals } from './arrivals.ts';
import { type Athena, rowsFor } from './athena.ts';
import { lakeTable } from './columns.ts';
import { newestOf } from './views.ts';

export interface Before {
  version: number;
  hash: string;
  /** Business time (ms). */
  at: number;
  data: { [name: string]: unknown };
}

export interface Past {
  /** Up to which record of a creator everything was accepted (its sequence). */
  accepted(partition: string): Promise<string>;
  /** Does the lake have everything of a creator up to that record? */
  has(creatorId: string, seq: string): Promise<boolean>;
  /** By subject, the newest snapshot of an entity's kind whose source ends with none of these; one that was withdrawn is absent. */
  newest(
    creatorId: string,
    entity: string,
    subjects: readonly string[],
    without: readonly string[],
  ): Promise<Map<string, Before>>;
}

/** Subjects that a statement names; of more, it reads all of their kind. */
const mostNamed = 50;

/** The past as the lake holds it. */
export const openPast = (table: Table, athena: Athena): Past => ({
  accepted: async (partition) => (await readStored(table, partition)).accepted,
  has: async (creatorId, seq) => ((await newestArrivals(athena, [creatorId])).get(creatorId)?.seq ?? '') >= seq,
  async newest(creatorId, entity, subjects, without) {
    const found = new Map<string, Before>();
    if (subjects.length === 0) return found;
    const wanted = new Set(subjects);
    const named = subjects.length > mostNamed ? [] : subjects;
    const ofThem = named.length ? ` AND subject IN (${named.map(() => '?').join(', ')})` : '';
    const others = without.map(() => ' AND event_source NOT LIKE ?').join('');
    const rows = newestOf(lakeTable(entity), ` WHERE creator_id = ?${ofThem}${others}`);
    const sql = `SELECT subject, version, hash, event_time, data FROM (${rows}) AS before`;
    for await (const row of rowsFor(athena, sql, [creatorId, ...named, ...without.map((end) => `%${end}`)]))
      if (row.subject && wanted.has(row.subject))
        found.set(row.subject, {
          version: Number(row.version),
          hash: row.hash ?? '',
          at: Date.parse(`${String(row.event_time).replace(' ', 'T')}Z`),
          data: JSON.parse(row.data ?? '{}') as Before['data'],
        });
    return found;
  },
});
