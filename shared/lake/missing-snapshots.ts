/** Which snapshots has the lake that the totals never got? Looked for only where cells differ: it reads every entity of a creator. */
import { entities } from '../events/entities.ts';
import { isNewer, type SnapshotOrder } from '../events/record.ts';
import { parseSubject, type Subject } from '../events/subject.ts';
import { readEntities } from '../store/entities.ts';
import type { Table } from '../store/table.ts';
import { boundOf, rowsAtCut, withCuts } from './at-cut.ts';
import { type Athena, rowsFor } from './athena.ts';
import { countingTables } from './newest.ts';

const atOnce = 500;
/** Named of a creator. */
const mostNamed = 50;
/** Creators that one statement asks for. */
const portion = 100;

/** Where the totals of a creator are, and up to where they were compared. */
export interface Compared {
  creatorId: string;
  partition: string;
  cut: string;
}

interface Snapshot extends Subject, SnapshotOrder {
  creatorId: string;
  name: string;
}

const columns = 'creator_id, subject, version, definitions, profile, hash';

async function* newestOf(athena: Athena, some: Compared[]): AsyncGenerator<Snapshot> {
  const cuts = new Map(some.map(({ creatorId, cut }) => [creatorId, cut]));
  const each = countingTables.map((table) => `SELECT '${table.entity}' AS entity, ${columns} FROM ${rowsAtCut(table)} AS newest`);
  const sql = `${withCuts(countingTables, cuts.size)}
SELECT entity, ${columns} FROM (${each.join(' UNION ALL ')}) AS snapshots ORDER BY creator_id`;
  for await (const row of rowsFor(athena, sql, boundOf(cuts))) {
    const declared = entities.get(row.entity ?? '');
    const name = row.subject ?? '';
    const subject = declared && parseSubject(declared, name);
    if (!subject) continue;
    const [version = 0, definitions = 0, profile = 0] = [row.version, row.definitions, row.profile].map(Number);
    yield { ...subject, creatorId: row.creator_id ?? '', name, version, definitions, profile, hash: row.hash ?? '' };
  }
}

/** Those of some snapshots of a creator that are newer than what the partition has stored. */
async function newerOf(table: Table, partition: string, some: Snapshot[]): Promise<string[]> {
  const stored = await readEntities(table, partition, new Set(some.map(({ root }) => root)));
  return some
    .filter((snapshot) => {
      const known = stored.get(snapshot.root)?.parts[snapshot.part];
      return !known || isNewer(snapshot, known);
    })
    .map(({ name }) => name);
}

/** By creator: subjects whose newest snapshot up to the cut is newer than what the table has stored, fifty at most of each. */
export async function missingSnapshots(
  { table, athena }: { table: Table; athena: Athena },
  compared: Compared[],
): Promise<Map<string, string[]>> {
  const missing = new Map(compared.map(({ creatorId }): [string, string[]] => [creatorId, []]));
  const partitions = new Map(compared.map(({ creatorId, partition }) => [creatorId, partition]));
  for (let i = 0; i < compared.length; i += portion) {
    let some: Snapshot[] = [];
    const flush = async () => {
      const creatorId = some[0]?.creatorId ?? '';
      const named = missing.get(creatorId) ?? [];
      if (some.length && named.length < mostNamed)
        named.push(...(await newerOf(table, partitions.get(creatorId) ?? '', some)).slice(0, mostNamed - named.length));
      some = [];
    };
    for await (const snapshot of newestOf(athena, compared.slice(i, i + portion))) {
      if (some.length >= atOnce || (some[0] && some[0].creatorId !== snapshot.creatorId)) await flush();
      some.push(snapshot);
    }
    await flush();
  }
  return missing;
}
