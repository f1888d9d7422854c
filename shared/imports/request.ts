/** How is an import announced, read and confirmed? Each step is a conditional write, after which a run of it is started. */
import { randomBytes } from 'node:crypto';
import type { ImportAnswers, NewImport } from '../api/imports.ts';
import { noSuchCreator } from '../api/refusals.ts';
import { ApiError } from '../errors.ts';
import type { Start } from '../jobs/start.ts';
import {
  changeImport,
  type ImportJob,
  type ImportState,
  type ImportStatus,
  putImport,
  readImport,
  readNewestImports,
} from '../store/import-jobs.ts';
import { readProfiles } from '../store/profiles.ts';
import { takeSlot } from '../store/slots.ts';
import type { Table } from '../store/table.ts';
import { isLost } from './describe.ts';
import { safeName } from './keys.ts';
import type { Trouble } from './run.ts';

export interface Requests {
  table: Table;
  /** Starts a run of import. */
  start: Start;
}

/** Imports of one creator that may be unfinished within an hour. */
const mostAtOnce = 10;
/** Imports that a list shows. */
export const mostListed = 30;
const anHour = 3_600_000;
/** A run that was asked for is heard of within so many ms; after it, it is asked for again. */
const startsWithin = 15_000;

/** Ids sort by time; nobody guesses one. */
const makeId = (now: number): string => `${now.toString(36).padStart(9, '0')}-${randomBytes(9).toString('hex')}`;

export const noSuchImport = (): ApiError => new ApiError('not_found', 'There is no such import: after 30 days they are gone.');

/** Throws not_found for a creator that nobody knows, unless it is the caller's own: its files may be the first thing that is heard of it. */
export async function refuseStranger(table: Table, creatorId: string, isOwn: boolean): Promise<void> {
  if (!isOwn && !(await readProfiles(table, [creatorId])).has(creatorId)) throw noSuchCreator();
}

/** A new import that waits for its files. Throws too_many_requests while too many others do. */
export async function announceImport(
  table: Table,
  creatorId: string,
  { files, ...answers }: NewImport,
  now: number,
): Promise<ImportJob> {
  const others = await readNewestImports(table, creatorId, now, 100);
  const isOpen = (job: ImportJob): boolean => !job.finishedAt && !isLost(job, now) && now - Date.parse(job.touchedAt) < anHour;
  const counting = new Set(others.filter(isOpen).map(({ id }) => id));
  const ended = new Set(others.filter((job) => !isOpen(job)).map(({ id }) => id));
  const at = new Date(now).toISOString();
  const job: ImportJob = {
    id: makeId(now),
    creatorId,
    files: files.map(({ name, bytes, modifiedAt }) => ({ name: safeName(name), bytes, modifiedAt })),
    requestedAt: at,
    ...fresh,
    status: 'waiting',
    touchedAt: at,
    answers: JSON.stringify(answers),
  };
  if (!(await takeSlot(table, { creatorId, kind: 'import', most: mostAtOnce, id: job.id, counting, ended, now })))
    throw new ApiError('too_many_requests', `${mostAtOnce} imports are unfinished: finish one of them, or wait an hour.`);
  await putImport(table, job);
  return job;
}

const fresh = {
  confirmedAt: '',
  finishedAt: '',
  undoneAt: '',
  back: 0,
  stay: 0,
  worker: '',
  attempts: 0,
  sent: 0,
  accepted: 0,
  loaded: 0,
  survey: '',
  trouble: '',
  refused: '',
} as const satisfies Partial<ImportState>;

interface Step {
  creatorId: string;
  id: string;
  answers: ImportAnswers;
  now: number;
}

async function find(table: Table, { creatorId, id, now }: Step): Promise<ImportJob> {
  const job = await readImport(table, creatorId, id, now);
  if (!job) throw noSuchImport();
  return job;
}

const answersWith = (job: ImportJob, answers: ImportAnswers): string =>
  JSON.stringify({ ...(JSON.parse(job.answers || '{}') as ImportAnswers), ...answers });

/** Goes to a step from one of these states, and starts its run. Where the step stands already, it is only started if it was not heard of. */
async function goTo(
  { table, start }: Requests,
  step: Step,
  from: ImportStatus[],
  set: Partial<ImportState> & { status: ImportStatus },
): Promise<ImportJob> {
  const { creatorId, id, now } = step;
  const job = await find(table, step);
  const at = new Date(now).toISOString();
  const isUnheard = job.status === set.status && job.worker === '' && now - Date.parse(job.touchedAt) > startsWithin;
  const changed = isUnheard
    ? await changeImport(table, job, { from: [set.status], worker: '' }, { touchedAt: at })
    : await changeImport(table, job, { from }, { worker: '', attempts: 0, touchedAt: at, ...set });
  if (changed) await startOrGoBack({ table, start }, job, set.status);
  return find(table, { creatorId, id, answers: {}, now });
}

/** Nobody will work on a step that could not be started: it must not look as if. */
async function startOrGoBack({ table, start }: Requests, job: ImportJob, status: ImportStatus): Promise<void> {
  try {
    await start({ creatorId: job.creatorId, id: job.id });
  } catch (error) {
    const back = job.status === status ? 'failed' : job.status;
    await changeImport(table, job, { from: [status], worker: '' }, { status: back });
    throw error;
  }
}

/** Has the files read. Throws conflict for an import that was confirmed. */
export async function surveyImport(requests: Requests, step: Step): Promise<ImportJob> {
  const job = await find(requests.table, step);
  if (job.confirmedAt) throw new ApiError('conflict', 'This import was confirmed: choose the files again for a new one.');
  const set = { answers: answersWith(job, step.answers), survey: '', trouble: '', finishedAt: '' };
  return goTo(requests, step, ['waiting', 'to_confirm', 'failed'], { status: 'surveying', ...set });
}

/** Has the events sent. Throws conflict before the dry run is there, bad_request while a question is open. */
export async function confirmImport(requests: Requests, step: Step): Promise<ImportJob> {
  const job = await find(requests.table, step);
  if (job.status === 'waiting' || job.status === 'surveying' || (job.status === 'failed' && !job.confirmedAt))
    throw new ApiError('conflict', 'This import has nothing to confirm yet: have its files read first.');
  const { questions } = JSON.parse(job.trouble || '{"questions":[]}') as Trouble;
  const open = questions.filter((question) => step.answers[question] === undefined);
  if (job.status === 'to_confirm' && open.length)
    throw new ApiError(
      'bad_request',
      'A question is open: see issues.',
      open.map((path) => ({ path, message: 'is missing' })),
    );
  const set = { answers: answersWith(job, step.answers), confirmedAt: new Date(step.now).toISOString(), trouble: '' };
  return goTo(requests, step, ['to_confirm'], { status: 'importing', ...set, sent: 0, accepted: 0, loaded: 0, refused: '' });
}

const running: ImportStatus[] = ['importing', 'undoing'];

/** The import that can be undone: the last of those that were sent and still count. None while one is being counted or taken back. */
export function undoableOf(jobs: ImportJob[], now: number): string | undefined {
  if (jobs.some((job) => running.includes(job.status) && !isLost(job, now))) return undefined;
  const counted = jobs.filter(({ status, confirmedAt, sent }) => confirmedAt !== '' && sent > 0 && status !== 'undone');
  return counted.toSorted((a, b) => (a.confirmedAt < b.confirmedAt ? 1 : -1))[0]?.id;
}

const mostStanding = 200;

/**
 * Has the last import taken back. Done already, or under way, it is answered as it is. Throws conflict while it or another one is being
 * counted, where nothing of it was, and for one that is not the last.
 */
export async function undoImport(requests: Requests, step: Step): Promise<ImportJob> {
  const { table } = requests;
  const { creatorId, now } = step;
  const job = await find(table, step);
  if (job.status === 'undone' || (job.status === 'undoing' && !isLost(job, now))) return job;
  if (job.status === 'importing' && !isLost(job, now))
    throw new ApiError('conflict', 'This import is still being counted: wait until it is done, then undo it.');
  if (job.sent === 0) throw new ApiError('conflict', 'Nothing of this import was counted: there is nothing to undo.');
  const jobs = await readNewestImports(table, creatorId, now, mostStanding);
  const last = undoableOf(jobs, now);
  if (last === undefined)
    throw new ApiError('conflict', 'Another import is being counted or taken back: wait until it is done, then undo this one.');
  if (last !== job.id) {
    const name = jobs.find(({ id }) => id === last)?.files[0]?.name ?? last;
    throw new ApiError('conflict', `Only the last import can be undone: undo the later one, ${name}, first.`);
  }
  const set = { undoneAt: new Date(now).toISOString(), trouble: '' };
  return goTo(requests, step, ['done', 'failed', 'importing', 'undoing'], { status: 'undoing', ...set });
}
