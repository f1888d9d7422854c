/** How is an export asked for? A job is put among the creator's settings, and a run of it is started. */
import { randomBytes } from 'node:crypto';
import type { ExportRequest } from '../api/exports.ts';
import { noSuchCreator } from '../api/refusals.ts';
import { ApiError } from '../errors.ts';
import type { Start } from '../jobs/start.ts';
import { readProfiles } from '../store/profiles.ts';
import { takeSlot } from '../store/slots.ts';
import type { Table } from '../store/table.ts';
import { isLost } from './describe.ts';
import { type ExportJob, failJob, putJob, readJobs } from './items/jobs.ts';

/** Exports of one creator that may be under way at once. */
const mostAtOnce = 5;

/** A new job, queued at an instant (ms). */
export function makeJob(creatorId: string, id: string, request: ExportRequest, now: number): ExportJob {
  const at = new Date(now).toISOString();
  return {
    id,
    creatorId,
    status: 'queued',
    request: JSON.stringify(request),
    requestedAt: at,
    touchedAt: at,
    attempts: 0,
    rows: 0,
  };
}

/** Ids sort by time; nobody guesses one. */
const makeId = (now: number): string => `${now.toString(36).padStart(9, '0')}-${randomBytes(9).toString('hex')}`;

/** Throws not_found for an unknown creator, too_many_requests while others are under way, and what starting the run throws. */
export async function requestExport(
  { table, start }: { table: Table; start: Start },
  creatorId: string,
  request: ExportRequest,
  now: number,
): Promise<ExportJob> {
  const [profiles, jobs] = await Promise.all([readProfiles(table, [creatorId]), readJobs(table, creatorId, now)]);
  if (!profiles.has(creatorId)) throw noSuchCreator();
  const isUnderWay = (job: ExportJob): boolean => !job.finishedAt && !isLost(job, now);
  const counting = new Set(jobs.filter(isUnderWay).map(({ id }) => id));
  const ended = new Set(jobs.filter((job) => !isUnderWay(job)).map(({ id }) => id));
  const job = makeJob(creatorId, makeId(now), request, now);
  if (!(await takeSlot(table, { creatorId, kind: 'export', most: mostAtOnce, id: job.id, counting, ended, now })))
    throw new ApiError('too_many_requests', `${mostAtOnce} exports are under way: ask again when one of them is done.`);
  await putJob(table, job);
  await startOrFail(table, start, job, now);
  return job;
}

async function startOrFail(table: Table, start: Start, job: ExportJob, now: number): Promise<void> {
  try {
    await start({ creatorId: job.creatorId, id: job.id });
  } catch (error) {
    // Nobody will work on it: it must not look as if.
    await failJob(
      table,
      job,
      { code: 'unavailable', message: 'It could not be started: ask again.' },
      new Date(now).toISOString(),
    );
    throw error;
  }
}
