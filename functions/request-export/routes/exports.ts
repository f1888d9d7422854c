/** Which files are asked for, and how far are they? */
import { getExport, getExportFile, getExports, postExport } from '../../../shared/api/exports.ts';
import { noSuchCreator } from '../../../shared/api/refusals.ts';
import { ApiError } from '../../../shared/errors.ts';
import { describeJob } from '../../../shared/exports/describe.ts';
import { openDownload } from '../../../shared/exports/download.ts';
import { readJob, readNewestJobs } from '../../../shared/exports/items/jobs.ts';
import { requestExport } from '../../../shared/exports/request.ts';
import { makeCursor, pageOf, readCursor } from '../../../shared/reports/cursor.ts';
import { readProfiles } from '../../../shared/store/profiles.ts';
import { route } from '../../http.ts';
import type { ExportsContext } from '../context.ts';

export const newExport = route(postExport, async ({ creatorId, body, now }, context: ExportsContext) => ({
  json: await describeJob(await requestExport(context, creatorId, body, now), now),
}));

export const oneExport = route(getExport, async ({ creatorId, id, now }, { table, sign }: ExportsContext) => {
  const job = await readJob(table, creatorId, id, now);
  if (!job) throw new ApiError('not_found', 'There is no such export: after 30 days they are gone.');
  return { json: await describeJob(job, now, sign) };
});

export const exportFile = route(getExportFile, async ({ creatorId, id, query: { token }, now }, context: ExportsContext) => ({
  redirect: await openDownload(context, { creatorId, id, token, now }),
}));

export const allExports = route(getExports, async ({ creatorId, query, now }, { table, cursorKey }: ExportsContext) => {
  const { limit } = query;
  const list = JSON.stringify(['exports', creatorId]);
  const olderThan = query.cursor === undefined ? undefined : readCursor(cursorKey, list, query.cursor);
  const [jobs, profiles] = await Promise.all([
    readNewestJobs(table, creatorId, now, { olderThan, most: limit + 1 }),
    readProfiles(table, [creatorId]),
  ]);
  if (!profiles.has(creatorId)) throw noSuchCreator();
  const described = await Promise.all(jobs.map((job) => describeJob(job, now)));
  const { page, cursor } = pageOf(described, limit, ({ id }) => makeCursor(cursorKey, list, id));
  return { json: { exports: page, cursor } };
});
