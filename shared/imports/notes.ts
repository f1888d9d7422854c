/** What did an import change? Noted beside the results before each batch is sent, so that it can be taken back; kept as long as the import is. */
import { contentHash } from '../events/facts.ts';
import type { CloudEvent } from '../events/parse.ts';
import type { SnapshotOrder } from '../events/record.ts';
import { readJson } from '../lake/download.ts';
import type { Lake } from '../lake/store.ts';
import { putJson } from '../lake/upload.ts';
import type { ImportJob } from '../store/import-jobs.ts';
import { type Against, holdAgainst } from './compare.ts';

export const notesRoot = 'import-changes/';

type Named = Pick<ImportJob, 'creatorId' | 'id'>;

/** An entity that a batch changed: what is stored of it once that was counted. */
export interface Changed {
  subject: string;
  /** Name of the entity. */
  entity: string;
  version: number;
  hash: string;
}

/** A batch, by its place among the events of the import. */
export interface BatchNote {
  count: number;
  changed: Changed[];
  /** Versions that events were given, by their place in the batch; the others keep theirs. */
  versions: { [place: number]: number };
  /** Places of events that are not sent, because a connected shop has told them itself. */
  left?: number[];
}

/** An entity that was taken back: the snapshot that says so, and what it stands for. */
export interface TakenBack {
  version: number;
  /** What was known before; null where that is nothing. */
  before: Pick<SnapshotOrder, 'version' | 'hash'> | null;
}

const prefixOf = ({ creatorId, id }: Named): string => `${notesRoot}${creatorId}/${id}/`;

/** By its place among the events that are sent, or among those of a load. */
type NoteName = `${number}` | `load-${number}`;

const readNote = (uploads: Lake, job: Named, name: NoteName): Promise<BatchNote | undefined> =>
  readJson<BatchNote>(uploads, `${prefixOf(job)}${name}.json`);

const writeNote = (uploads: Lake, job: Named, name: NoteName, note: BatchNote): Promise<void> =>
  putJson(uploads, `${prefixOf(job)}${name}.json`, note);

/** Every entity that an import changed, each as its newest event left it. */
export async function readChanged(uploads: Lake, job: Named & Pick<ImportJob, 'sent' | 'loaded'>): Promise<Map<string, Changed>> {
  const all = new Map<string, Changed>();
  for (let place = 0; place < job.sent; ) {
    const note = await readNote(uploads, job, job.loaded > 0 ? `load-${place}` : `${place}`);
    if (!note || note.count === 0) break;
    for (const each of note.changed) {
      const known = all.get(each.subject);
      if (!known || known.version <= each.version) all.set(each.subject, each);
    }
    place += note.count;
  }
  return all;
}

export type AllTakenBack = { [subject: string]: TakenBack };

export const writeTakenBack = (uploads: Lake, job: Named, all: AllTakenBack): Promise<void> =>
  putJson(uploads, `${prefixOf(job)}taken-back.json`, all);

/** What imports took back, the later ones over the earlier. `jobs` stand in the order of their ids. */
export async function readTakenBack(uploads: Lake, jobs: Named[]): Promise<Map<string, TakenBack>> {
  const all = new Map<string, TakenBack>();
  for (const job of jobs)
    for (const [subject, each] of Object.entries(
      (await readJson<AllTakenBack>(uploads, `${prefixOf(job)}taken-back.json`)) ?? {},
    )) {
      const known = all.get(subject);
      if (!known || known.version < each.version) all.set(subject, each);
    }
  return all;
}

/** How the source of an import's events ends, and of those that take it back. */
export const markOf = ({ id }: Pick<ImportJob, 'id'>): string => `#${id}`;

const entityOf = ({ type }: CloudEvent): string => type.split('.')[2] ?? '';

const eventsANote = 10_000;

/** Notes of a load: all that it tells is new. A load that begins anew tells the same again, and writes the same notes. */
export function openLoadNotes(uploads: Lake, job: Named) {
  let place = 0;
  let note: BatchNote = { count: 0, changed: [], versions: {} };
  const write = async () => {
    await writeNote(uploads, job, `load-${place}`, note);
    place += note.count;
    note = { count: 0, changed: [], versions: {} };
  };
  return {
    async add(events: CloudEvent[]): Promise<void> {
      for (const event of events) {
        const { subject, entityversion: version, data } = event;
        note.changed.push({ subject, entity: entityOf(event), version, hash: contentHash(data) });
      }
      note.count += events.length;
      if (note.count >= eventsANote) await write();
    },
    /** Writes what is left. */
    end: write,
  };
}

async function noteOf(batch: CloudEvent[], against: Against): Promise<BatchNote> {
  const held = await holdAgainst(batch, against);
  const versions: BatchNote['versions'] = {};
  for (const [place, { event, version }] of held.entries()) if (version !== event.entityversion) versions[place] = version;
  const changed = held.flatMap(({ event, change, version }): Changed[] => {
    const entity = entityOf(event);
    // A profile is not taken back: zones that were in force stay what they were.
    if (entity === 'creator' || change === 'unchanged' || change === 'older') return [];
    return [{ subject: event.subject, entity, version, hash: contentHash(event.data) }];
  });
  const left = held.flatMap((each, place) => (each.isTold ? [place] : []));
  return { count: batch.length, changed, versions, left };
}

/** A batch as it is sent: under the import's mark, after what it changes was noted. A batch that was noted before is sent as it was. */
export async function noted(
  batch: CloudEvent[],
  place: number,
  uploads: Lake,
  job: Named,
  against: Against,
): Promise<CloudEvent[]> {
  const known = await readNote(uploads, job, `${place}`);
  const note = known ?? (await noteOf(batch, against));
  if (!known) await writeNote(uploads, job, `${place}`, note);
  const left = new Set(note.left);
  return batch.flatMap((event, i) => {
    if (left.has(i)) return [];
    const version = note.versions[i];
    const source = `${event.source}${markOf(job)}`;
    return version === undefined
      ? [{ ...event, source }]
      : [{ ...event, source, id: `${event.id}+${version}`.slice(-256), entityversion: version }];
  });
}
