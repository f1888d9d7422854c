/** How is an import taken back? What it created is withdrawn, what it changed goes back to what was known before; what others said since stays. */
import { setTimeout as pause } from 'node:timers/promises';
import { entities } from '../events/entities.ts';
import type { CloudEvent } from '../events/parse.ts';
import { parseSubject } from '../events/subject.ts';
import { withdrawn } from '../events/withdrawn.ts';
import type { Before, Past } from '../lake/before.ts';
import { snapshot } from '../sources/files/snapshot.ts';
import { PlanError } from '../sources/seller-center/plan.ts';
import { readEntities } from '../store/entities.ts';
import { type ImportJob, readNewestImports } from '../store/import-jobs.ts';
import { isApplied } from '../store/partition.ts';
import { readGenerationOf, readProfiles } from '../store/profiles.ts';
import { partitionOf } from '../store/table.ts';
import { standsFor } from './compare.ts';
import { type AllTakenBack, type Changed, markOf, readChanged, readTakenBack, type TakenBack, writeTakenBack } from './notes.ts';
import type { ImportStores } from './run.ts';
import { sendEvents } from './send.ts';

const rootsAtOnce = 100;
/** Looks at where the stream and the lake are, a second apart: the archive waits a minute for a full batch. */
const patience = { looks: 180, ms: 1000 };

/** The newest imports of a creator, as many as can stand on one another. */
const mostJobs = 200;

/** Imports that were taken back, or are being, in the order in which they were confirmed. */
export async function takenBackJobs(
  { collector, clock }: Pick<ImportStores, 'collector' | 'clock'>,
  creatorId: string,
): Promise<ImportJob[]> {
  const jobs = await readNewestImports(collector.table, creatorId, clock(), mostJobs);
  return jobs
    .filter(({ status, undoneAt }) => status === 'undoing' || status === 'undone' || undoneAt !== '')
    .toSorted((a, b) => (a.confirmedAt < b.confirmedAt ? -1 : 1));
}

async function until(holds: () => Promise<boolean>, refusal: string, { looks, ms } = patience): Promise<void> {
  for (let i = 0; !(await holds()); i++) {
    if (i >= looks) throw new PlanError(refusal);
    await pause(ms);
  }
}

/** What stands now as the import left it: of that alone anything is taken back. */
async function stillIts(
  changed: Map<string, Changed>,
  stores: ImportStores,
  partition: string,
  takenBack: ReadonlyMap<string, TakenBack>,
): Promise<(Changed & { current: number })[]> {
  const all = [...changed.values()];
  const its: (Changed & { current: number })[] = [];
  for (let i = 0; i < all.length; i += rootsAtOnce) {
    const some = all.slice(i, i + rootsAtOnce).flatMap((each) => {
      const declared = entities.get(each.entity);
      const subject = declared && parseSubject(declared, each.subject);
      return subject ? [{ each, subject }] : [];
    });
    const stored = await readEntities(
      stores.collector.table,
      partition,
      some.map(({ subject }) => subject.root),
    );
    for (const { each, subject } of some) {
      const part = stored.get(subject.root)?.parts[subject.part];
      const stands = standsFor(part, takenBack.get(each.subject));
      if (part && stands && stands.version === each.version && stands.hash === each.hash)
        its.push({ ...each, current: part.version });
    }
  }
  return its;
}

async function pastOf(past: Past, creatorId: string, its: Changed[], without: string[]): Promise<Map<string, Before>> {
  const found = new Map<string, Before>();
  for (const [entity, some] of Map.groupBy(its, ({ entity: name }) => name))
    for (const [subject, before] of await past.newest(
      creatorId,
      entity,
      some.map((each) => each.subject),
      without,
    ))
      found.set(subject, before);
  return found;
}

/** Takes an import back as far as nothing newer stands on it. Answers how many entities went back, and how many stay as others left them. */
export async function takeBack(
  stores: ImportStores,
  job: ImportJob,
  patiently = patience,
): Promise<{ back: number; stay: number }> {
  const { collector, uploads, past } = stores;
  const { creatorId } = job;
  const profile = (await readProfiles(collector.table, [creatorId])).get(creatorId);
  if (!profile) return { back: 0, stay: 0 };
  const partition = partitionOf(creatorId, readGenerationOf(profile));
  const accepted = await past.accepted(partition);
  await until(
    () => isApplied(collector.table, partition),
    'What the shop sent is still being counted: undo again in a minute.',
    patiently,
  );
  const behind = 'What was there before has not reached the archive yet: undo again in some minutes.';
  await until(() => past.has(creatorId, accepted), behind, patiently);
  const jobs = await takenBackJobs(stores, creatorId);
  const takenBack = await readTakenBack(uploads, jobs);
  const changed = await readChanged(uploads, job);
  const its = await stillIts(changed, stores, partition, takenBack);
  // What was taken back after it is no past of it: it only says what this import said.
  const since = jobs.filter(({ id, confirmedAt }) => id !== job.id && confirmedAt >= job.confirmedAt);
  const before = await pastOf(past, creatorId, its, [job, ...since].map(markOf));
  const all: AllTakenBack = Object.fromEntries((await readTakenBack(uploads, [job])).entries());
  const events = its.map(({ entity, subject, current }): CloudEvent => {
    const known = before.get(subject);
    const version = current + 1;
    all[subject] = { version, before: known ? { version: known.version, hash: known.hash } : null };
    const at = known?.at ?? version;
    const data = known?.data ?? withdrawn;
    return snapshot({ source: `/import/undo${markOf(job)}`, entity, creatorId, subject, at, version, data: { ...data } });
  });
  // Noted before it is sent: a run that goes on after a crash finds what it has sent already.
  await writeTakenBack(uploads, job, all);
  await sendEvents(each(events), stores, { sent: 0, accepted: 0, refused: new Map() }, async () => {});
  const back = Object.keys(all).length;
  return { back, stay: changed.size - back };
}

async function* each<Value>(values: Value[]): AsyncGenerator<Value> {
  yield* values;
}
