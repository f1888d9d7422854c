/** Which snapshots has the lake that the totals never got? Looked for only where cells differ: it reads every entity of a creator. */
import { entities } from '../events/entities.ts';
import { isNewer, type SnapshotOrder } from '../events/record.ts';
import { parseSubject, type Subject } from '../events/subject.ts';
import { readEntities } from '../store/entities.ts';
import type { Table } from '../store/table.ts';
import { type Athena, rowsFor } from './athena.ts';
import { countingTables } from './newest.ts';

const atOnce = 500;

interface Snapshot extends Subject, SnapshotOrder {
  name: string;
}

async function* newestOf(athena: Athena, creatorId: string): AsyncGenerator<Snapshot> {
  for (const { view, entity } of countingTables) {
    const declared = entities.get(entity);
    for await (const row of rowsFor(
      athena,
      `SELECT subject, version, definitions, profile, hash FROM ${view} WHERE creator_id = ?`,
      [creatorId],
    )) {
      const name = row.subject ?? '';
      const subject = declared && parseSubject(declared, name);
      if (!subject) continue;
      const [version = 0, definitions = 0, profile = 0] = [row.version, row.definitions, row.profile].map(Number);
      yield { ...subject, name, version, definitions, profile, hash: row.hash ?? '' };
    }
  }
}

/** Subjects whose newest snapshot in the lake is newer than what the partition has stored, at most `most` of them. */
export async function untoldSubjects(
  { table, athena }: { table: Table; athena: Athena },
  partition: string,
  creatorId: string,
  most: number,
): Promise<string[]> {
  const untold: string[] = [];
  let some: Snapshot[] = [];
  const compare = async () => {
    const stored = await readEntities(table, partition, new Set(some.map(({ root }) => root)));
    for (const snapshot of some) {
      const known = stored.get(snapshot.root)?.parts[snapshot.part];
      if (!known || isNewer(snapshot, known)) untold.push(snapshot.name);
    }
    some = [];
  };
  for await (const snapshot of newestOf(athena, creatorId)) {
    some.push(snapshot);
    if (some.length >= atOnce) await compare();
    if (untold.length >= most) break;
  }
  await compare();
  return untold.slice(0, most);
}
