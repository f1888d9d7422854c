/** How is an export written? Take the job, stream its rows into an object, put the manifest beside it, say that it is done. */
import { randomUUID } from 'node:crypto';
import type { ExportRequest } from '../api/exports.ts';
import { noSuchCreator } from '../api/refusals.ts';
import { ApiError } from '../errors.ts';
import type { Lake } from '../lake/store.ts';
import { openUpload, putJson } from '../lake/upload.ts';
import { freshnessOf, openScope, type Scope } from '../reports/scope.ts';
import { readProfiles } from '../store/profiles.ts';
import type { Table } from '../store/table.ts';
import type { Exportable, Row } from './columns.ts';
import { formats } from './formats.ts';
import { type ExportJob, type ExportResult, failJob, finishJob, noteProgress, readJob, takeJob } from './items/jobs.ts';
import { keysOf } from './keys.ts';
import { rowsOf } from './rows-of.ts';
import { measure } from './sink.ts';

export interface ExportStores {
  table: Table;
  /** Bucket of the results. */
  results: Lake;
  /** The present instant in ms. */
  clock: () => number;
}

/** What names a job: the event that starts a run. */
export interface ExportEvent {
  creatorId: string;
  id: string;
}

export type Outcome = 'done' | 'failed' | 'nothing to do' | 'taken over';

/** As often as Lambda runs it: once, and again twice. */
export const mostAttempts = 3;
const rowsPerNote = 20_000;

/** The job is no longer this worker's: erased, or taken over by another run. */
class JobLost extends Error {}

/**
 * Runs a job to its end; one that is finished or gone is left alone, so that the same event may come again. What the caller can be told
 * ends the job as failed; anything else throws, so that Lambda tries again, and ends it at the last attempt.
 */
export async function runExport(stores: ExportStores, { creatorId, id }: ExportEvent): Promise<Outcome> {
  const { table, clock } = stores;
  const job = await readJob(table, creatorId, id, clock());
  if (!job) return 'nothing to do';
  const worker = randomUUID();
  if (!(await takeJob(table, job, worker, instantOf(clock)))) return 'nothing to do';
  try {
    const result = await write(stores, job, worker);
    return (await finishJob(table, job, worker, result, instantOf(clock))) ? 'done' : 'taken over';
  } catch (error) {
    if (error instanceof JobLost) return 'taken over';
    const told = tellable(error);
    if (!told && job.attempts + 1 < mostAttempts) throw error;
    await failJob(table, job, told ?? givenUp, instantOf(clock));
    if (told) return 'failed';
    throw error;
  }
}

const instantOf = (clock: () => number): string => new Date(clock()).toISOString();
const givenUp = { code: 'internal', message: `Writing it failed ${mostAttempts} times; it was logged. Ask for a new export.` };

function tellable(error: unknown): ExportJob['error'] {
  if (!(error instanceof ApiError)) return undefined;
  if (error.code === 'not_found') return { code: error.code, message: 'The creator is gone: there is nothing left to export.' };
  const issues = error.issues.map(({ path, message }) => ` ${path} ${message}.`);
  return { code: error.code, message: error.message + issues.join('') };
}

async function write(stores: ExportStores, job: ExportJob, worker: string): Promise<ExportResult> {
  const { table, results, clock } = stores;
  const { what, format } = JSON.parse(job.request) as ExportRequest;
  const scope = await openScope(table, job.creatorId, clock());
  const exportable = rowsOf(what, scope);
  const keys = keysOf(job, exportable.name, format);
  const count = { rows: 0 };
  const note = async () => {
    if (!(await noteProgress(table, job, worker, count.rows, instantOf(clock)))) throw new JobLost();
  };
  const upload = await openUpload(results, { key: keys.key, type: formats[format].type, fileName: keys.fileName });
  try {
    const sink = measure(upload);
    await formats[format].write({ ...exportable, rows: counted(exportable.rows, count, note) }, sink);
    await stillThere(table, job.creatorId);
    await note();
    await upload.complete();
    const file = { rows: count.rows, ...sink.result() };
    await putJson(
      results,
      keys.manifestKey,
      manifestOf(job, exportable, scope, { name: keys.fileName, ...file, writtenAt: instantOf(clock) }),
    );
    return { key: keys.key, manifestKey: keys.manifestKey, ...file };
  } catch (error) {
    // What cannot be aborted goes by itself after a day; the reason for it is what counts.
    await upload.abort().catch(() => {});
    throw error;
  }
}

async function* counted(rows: AsyncIterable<Row>, count: { rows: number }, note: () => Promise<void>): AsyncGenerator<Row> {
  for await (const row of rows) {
    yield row;
    count.rows += 1;
    if (count.rows % rowsPerNote === 0) await note();
  }
}

/** Nothing of a creator who was erased meanwhile comes into being. */
async function stillThere(table: Table, creatorId: string): Promise<void> {
  if (!(await readProfiles(table, [creatorId])).has(creatorId)) throw noSuchCreator();
}

function manifestOf(job: ExportJob, { columns }: Exportable, scope: Scope, file: object) {
  const { what, format } = JSON.parse(job.request) as ExportRequest;
  const described = columns.map(({ name, title = name, type, unit, isForPrograms, about }) => ({
    name,
    ...(isForPrograms ? {} : { title }),
    type,
    ...(unit === undefined ? {} : { unit }),
    about,
  }));
  return { id: job.id, query: what, format, ...file, ...freshnessOf(scope), columns: described };
}
