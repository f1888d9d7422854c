/** Which files are asked for, and how far are they? */
import { getExport, getExportFile, getExports, postExport } from '../../../shared/api/exports.ts';
import { noSuchCreator } from '../../../shared/api/refusals.ts';
import { ApiError } from '../../../shared/errors.ts';
import { describeJob } from '../../../shared/exports/describe.ts';
import { openDownload } from '../../../shared/exports/download.ts';
import { requestExport } from '../../../shared/exports/request.ts';
import { readJob, readJobs } from '../../../shared/store/export-jobs.ts';
import { readProfiles } from '../../../shared/store/profiles.ts';
import { route } from '../../http.ts';
import type { Desk } from '../desk.ts';

export const newExport = route(postExport, async ({ creatorId, body, now }, desk: Desk) => ({
  json: await describeJob(await requestExport(desk, creatorId, body, now), now),
}));

export const oneExport = route(getExport, async ({ creatorId, id, now }, { table, sign }: Desk) => {
  const job = await readJob(table, creatorId, id, now);
  if (!job) throw new ApiError('not_found', 'There is no such export: after 30 days they are gone.');
  return { json: await describeJob(job, now, sign) };
});

export const exportFile = route(getExportFile, async ({ creatorId, id, query: { token }, now }, desk: Desk) => ({
  redirect: await openDownload(desk, { creatorId, id, token, now }),
}));

export const allExports = route(getExports, async ({ creatorId, now }, { table }: Desk) => {
  const [jobs, profiles] = await Promise.all([readJobs(table, creatorId, now), readProfiles(table, [creatorId])]);
  if (!profiles.has(creatorId)) throw noSuchCreator();
  return { json: { exports: await Promise.all(jobs.reverse().map((job) => describeJob(job, now))) } };
});
