/** How is an import done? Its files are laid on disk, read as the command reads them, and shown, or sent once that was confirmed. */
import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import type { ImportAnswers, SurveyAnswer } from '../api/imports.ts';
import { readShopReach } from '../connections/shop-reach.ts';
import type { CloudEvent } from '../events/parse.ts';
import { acceptBatch } from '../ingest/accept.ts';
import type { Past } from '../lake/before.ts';
import { deleteObject } from '../lake/download.ts';
import type { Lake } from '../lake/store.ts';
import { sourcesOfFiles } from '../sources/csv/sources.ts';
import { importOperation } from '../sources/files/import-operation.ts';
import { newReport, type Tally } from '../sources/files/import-report.ts';
import { creatorEvent, sellerCenterEvents } from '../sources/seller-center/events.ts';
import { type ImportPlan, PlanError } from '../sources/seller-center/plan.ts';
import { changeImport, type ImportJob, type ImportState, readImport } from '../store/import-jobs.ts';
import { type Profile, readProfiles } from '../store/profiles.ts';
import { type Against, type Changes, counting, type Payouts } from './compare.ts';
import { fetchFiles } from './fetch-files.ts';
import { keyOf } from './keys.ts';
import { finishLoad, type Loaded, loadImport } from './load.ts';
import { noted, readTakenBack } from './notes.ts';
import { ownEvents, surveyOwn } from './own.ts';
import { planFor } from './plan.ts';
import { keepRefused } from './refused.ts';
import { type Door, type Sent, sendEvents } from './send.ts';
import { countsOf, surveyOf } from './survey.ts';
import { takeBack, takenBackJobs } from './undo.ts';

export interface ImportStores extends Door {
  /** Bucket of the uploaded files. */
  uploads: Lake;
  /** What was known before: what an undo goes back to. */
  past: Past;
  /** How long an undo waits for the stream and the lake; three minutes where absent. */
  patience?: { looks: number; ms: number };
  /** The lake, for history that is loaded; where absent, all events go through the stream. */
  lake?: Lake;
}

/** What names an import: the event that starts a run. */
export interface ImportEvent {
  creatorId: string;
  id: string;
}

export type ImportOutcome = 'surveyed' | 'done' | 'undone' | 'failed' | 'nothing to do' | 'taken over';

/** What is wrong or asked, as it is kept. */
export interface Trouble {
  refusals: string[];
  questions: PlanError['questions'];
}

/** As often as Lambda runs it: once, and again twice. */
export const mostAttempts = 3;

/** The import is no longer this run's: erased, or taken over by another one. */
class ImportLost extends Error {}

const givenUp: Trouble = {
  refusals: [`It failed ${mostAttempts} times; that was logged. Choose the files again: what was counted is not counted twice.`],
  questions: [],
};

/**
 * Does the step that an import stands at: reads it for the dry run, or sends it. One that stands at none is left alone, so that the same
 * event may come again. Files that are refused end it in words; anything else throws, so that Lambda tries again, until the last attempt.
 */
export async function runImport(stores: ImportStores, { creatorId, id }: ImportEvent): Promise<ImportOutcome> {
  const { table } = stores.collector;
  const job = await readImport(table, creatorId, id, stores.clock());
  if (job?.status !== 'surveying' && job?.status !== 'importing' && job?.status !== 'undoing') return 'nothing to do';
  const worker = randomUUID();
  const end = endOf(stores, job, worker);
  const attempts = job.attempts + 1;
  if (!(await changeImport(table, job, { from: [job.status] }, { worker, attempts, touchedAt: nowIn(stores) })))
    return 'nothing to do';
  const folder = await mkdtemp(join(tmpdir(), 'import-'));
  try {
    return await steps[job.status](stores, job, worker, folder);
  } catch (error) {
    if (error instanceof ImportLost) return 'taken over';
    if (!(error instanceof PlanError)) {
      if (attempts >= mostAttempts) await end({ status: failedAt(job), trouble: JSON.stringify(givenUp) });
      throw error;
    }
    const { questions } = error;
    const trouble: Trouble = { refusals: error.message.split('\n'), questions };
    const isAsked = job.status === 'surveying' && questions.length > 0;
    const kept = job.status === 'undoing' ? {} : { survey: '' };
    return (await end({ status: isAsked ? 'to_confirm' : failedAt(job), trouble: JSON.stringify(trouble), ...kept }))
      ? isAsked
        ? 'surveyed'
        : 'failed'
      : 'taken over';
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** An import that could not be undone counts as it did. */
const failedAt = ({ status }: ImportJob): 'done' | 'failed' => (status === 'undoing' ? 'done' : 'failed');

const nowIn = ({ clock }: ImportStores): string => new Date(clock()).toISOString();

/** Changes an import that this run still has; sets when it ended where it did. */
const endOf = (stores: ImportStores, job: ImportJob, worker: string) => (set: Partial<ImportState>) => {
  const now = nowIn(stores);
  const isOver = job.status !== 'undoing' && (set.status === 'done' || set.status === 'failed');
  const ended = { worker: '', touchedAt: now, ...(isOver ? { finishedAt: now } : {}), ...set };
  return changeImport(stores.collector.table, job, { from: [job.status], worker }, ended);
};

type Step = (stores: ImportStores, job: ImportJob, worker: string, folder: string) => Promise<ImportOutcome>;

/** What is in the files, and whether the creator is known. The instant of `at` decides what lies in the future: the same in each run of a step. */
async function open(stores: ImportStores, job: ImportJob, folder: string, at: number) {
  const { creatorId } = job;
  const profile = (await readProfiles(stores.collector.table, [creatorId])).get(creatorId);
  const paths = await fetchFiles(stores.uploads, job, folder);
  const answers = JSON.parse(job.answers || '{}') as ImportAnswers;
  const { sources, others } = await sourcesOfFiles(paths, { report: newReport(), exportedAt: undefined, encoding: undefined });
  if (sources.length > 0 && others.length > 0)
    throw new PlanError(
      others
        .map(
          ({ path, reason }) =>
            reason ?? `${basename(path)}: of Seller Center or not known, beside files of your own tables; drop the two apart`,
        )
        .join('\n'),
    );
  if (sources.length > 0) return { profile, own: { sources, creatorId, profile, answers, now: at } };
  return { profile, plan: await planFor(paths, { creatorId, profile, answers, now: at }) };
}

/** A few orders that nobody knows are ordinary, none that is known is not. */
const strangePayouts =
  'payout of an order that this shop does not know, and none of one that it knows: if its orders of that time were imported before, these files are of another shop, so do not count them';

const survey: Step = async (stores, job, worker, folder) => {
  const now = stores.clock();
  const { plan, own, profile } = await open(stores, job, folder, now);
  const changes = new Map<string, Changes>();
  const against = await againstOf(stores, job, profile);
  const payouts: Payouts = { all: 0, ofKnownOrders: 0 };
  const watch = (events: AsyncIterable<CloudEvent>) => counting(events, changes, payouts, against);
  let found: SurveyAnswer;
  if (own) {
    const back = join(folder, 'refused');
    await mkdir(back);
    const { survey: read, refused } = await surveyOwn(own, back, watch);
    found = { ...read, refusedFiles: await keepRefused(stores.uploads, job, refused) };
  } else found = await surveyOf(plan, now, watch);
  if (profile && !changes.has('order') && payouts.all >= 5 && payouts.ofKnownOrders === 0)
    found.notes.unshift({ what: strangePayouts, count: payouts.all, examples: [] });
  found.changes = [...changes].map(([entity, counts]) => ({ entity, ...counts }));
  const set = { status: 'to_confirm', survey: JSON.stringify(found), trouble: '' } as const;
  return (await endOf(stores, job, worker)(set)) ? 'surveyed' : 'taken over';
};

const send: Step = async (stores, job, worker, folder) => {
  const at = Date.parse(job.confirmedAt);
  const opened = await open(stores, job, folder, at);
  const note = async (set: Partial<ImportState>): Promise<void> => {
    const changed = { ...set, touchedAt: nowIn(stores) };
    if (!(await changeImport(stores.collector.table, job, { from: ['importing'], worker }, changed))) throw new ImportLost();
  };
  const so = (await load(stores, job, opened, note)) ?? (await sendAll(stores, job, opened, note));
  await sendOne(importOperation({ creatorId: job.creatorId, at, wrong: wrongOf(job), ...so }), stores);
  const isOurs = await endOf(stores, job, worker)({ ...kept(so), status: 'done' });
  if (!isOurs) return 'taken over';
  await forget(stores.uploads, job);
  return 'done';
};

const undo: Step = async (stores, job, worker) => {
  const { back, stay } = await takeBack(stores, job, stores.patience);
  return (await endOf(stores, job, worker)({ status: 'undone', back, stay })) ? 'undone' : 'taken over';
};

const steps: { [status in 'surveying' | 'importing' | 'undoing']: Step } = { surveying: survey, importing: send, undoing: undo };

/** What the events of an import are held against. */
async function againstOf(stores: ImportStores, job: ImportJob, profile: Profile | undefined): Promise<Against> {
  const takenBack = await readTakenBack(stores.uploads, await takenBackJobs(stores, job.creatorId));
  const { table } = stores.collector;
  return { table, profile, takenBack, reach: await readShopReach(table, job.creatorId), now: stores.clock() };
}

type Opened = Awaited<ReturnType<typeof open>>;
type Note = (set: Partial<ImportState>) => Promise<void>;

/**
 * Loads all of it as history where nobody knows the creator; undefined where it has to be sent. The last attempt sends: what it has sent it
 * need not send again, while a load that is cut off begins anew.
 */
async function load(
  { collector, lake, uploads, clock }: ImportStores,
  job: ImportJob,
  { plan, profile }: Opened,
  note: Note,
): Promise<Sent | undefined> {
  const { table } = collector;
  if (profile?.loadedBy === job.id) {
    await finishLoad(table, profile);
    return { sent: job.loaded, accepted: job.accepted, refused: refusedOf(job) };
  }
  if (profile || !plan || !lake || job.attempts + 1 >= mostAttempts) return undefined;
  const asKept = ({ events, accepted, refused }: Loaded) => ({
    loaded: events,
    accepted,
    refused: JSON.stringify(countsOf(refused)),
  });
  const at = Date.parse(job.confirmedAt);
  const so = await loadImport({ table, lake, uploads, track: collector.track }, plan, { id: job.id, at }, (now) =>
    note(asKept(now)),
  );
  if (so?.told.length) await acceptBatch(so.told, collector, clock());
  return so && { sent: so.events, accepted: so.accepted, refused: so.refused };
}

async function sendAll(stores: ImportStores, job: ImportJob, { plan, own, profile }: Opened, note: Note): Promise<Sent> {
  if (!profile && plan) await introduce(plan, stores);
  // What a load counted that came to nothing was not sent.
  const before: Sent =
    job.sent > 0
      ? { sent: job.sent, accepted: job.accepted, refused: refusedOf(job) }
      : { sent: 0, accepted: 0, refused: new Map() };
  const events = own
    ? ownEvents(own, newReport())
    : sellerCenterEvents(plan, { report: newReport(), now: Date.parse(job.confirmedAt) });
  const against = await againstOf(stores, job, profile);
  const prepare = (batch: CloudEvent[], place: number) => noted(batch, place, stores.uploads, job, against);
  return sendEvents(events, stores, before, (so) => note({ ...kept(so), loaded: 0 }), prepare);
}

/** The creator's own event comes before what is theirs. */
async function introduce(plan: ImportPlan, { collector, clock }: ImportStores): Promise<void> {
  await sendOne(creatorEvent(plan), { collector, clock });
}

/** An event that is none of the files' own. */
async function sendOne(event: CloudEvent, { collector, clock }: Pick<ImportStores, 'collector' | 'clock'>): Promise<void> {
  await sendEvents(once(event), { collector, clock }, { sent: 0, accepted: 0, refused: new Map() }, async () => {});
}

async function* once<Value>(value: Value): AsyncGenerator<Value> {
  yield value;
}

const kept = ({ sent, accepted, refused }: Sent): Partial<ImportState> => ({
  sent,
  accepted,
  refused: JSON.stringify(countsOf(refused)),
});

/** Rows that the dry run left out. */
const wrongOf = ({ survey: found }: ImportJob): number =>
  (JSON.parse(found || '{"wrong":[]}') as Pick<SurveyAnswer, 'wrong'>).wrong.reduce((sum, { count }) => sum + count, 0);

const refusedOf = ({ refused }: ImportJob): Map<string, Tally> =>
  new Map((JSON.parse(refused || '[]') as SurveyAnswer['wrong']).map(({ what, ...rest }) => [what, rest]));

/** Files that were counted are needed no more; what cannot be deleted now goes by itself after some days. */
async function forget(uploads: Lake, { creatorId, id, files }: ImportJob): Promise<void> {
  for (const index of files.keys()) await deleteObject(uploads, keyOf(creatorId, id, index)).catch(() => {});
}
