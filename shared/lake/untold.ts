/** Which snapshots has the lake that the totals never got? Looked for only where cells differ: it reads every entity of a creator. */
import { entities } from '../events/entities.ts';
import { parseSubject, type Subject } from '../events/subject.ts';
import { readEntities } from '../store/entities.ts';
import type { Table } from '../store/table.ts';
import { type Athena, rowsFor } from './athena.ts';
import { countingTables } from './newest.ts';

const atOnce = 500;

interface Snapshot extends Subject {
  name: string;
  version: number;
  hash: string;
}

async function* newestOf(athena: Athena, creatorId: string): AsyncGenerator<Snapshot> {
  for (const { view, entity } of countingTables) {
    const declared = entities.get(entity);
    for await (const row of rowsFor(athena, `SELECT subject, version, hash FROM ${view} WHERE creator_id = ?`, [creatorId])) {
      const name = row.subject ?? '';
      const subject = declared && parseSubject(declared, name);
      if (subject) yield { ...subject, name, version: Number(row.version), hash: row.hash ?? '' };
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
    for (const { name, root, part, version, hash } of some) {
      const known = stored.get(root)?.parts[part];
      if (known?.version !== version || known.hash !== hash) untold.push(name);
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
