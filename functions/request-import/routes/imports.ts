/** Which files come in by the page, what is in them, and how far are they? */
import {
  getImport,
  getImports,
  getRefusedFiles,
  postImport,
  postImportConfirm,
  postImportSurvey,
  type SurveyAnswer,
} from '../../../shared/api/imports.ts';
import { describeImport, listImport } from '../../../shared/imports/describe.ts';
import { keyOf } from '../../../shared/imports/keys.ts';
import { linksToRefused } from '../../../shared/imports/refused.ts';
import {
  announceImport,
  confirmImport,
  mostListed,
  noSuchImport,
  refuseStranger,
  surveyImport,
} from '../../../shared/imports/request.ts';
import { readImport, readNewestImports } from '../../../shared/store/import-jobs.ts';
import { route } from '../../http.ts';
import type { ImportsContext } from '../context.ts';

/** An address is good for an hour: long enough for a slow line. */
const uploadSeconds = 3600;

export const newImport = route(postImport, async ({ creatorId, body, identity, now }, { table, sign }: ImportsContext) => {
  await refuseStranger(table, creatorId, identity.creatorId === creatorId);
  const job = await announceImport(table, creatorId, body, now);
  const uploads = await Promise.all(
    job.files.map(async ({ name, bytes }, index) => ({
      name,
      url: await sign(keyOf(creatorId, job.id, index), bytes, uploadSeconds, now),
    })),
  );
  return { json: { ...describeImport(job, now), uploads, uploadUntil: new Date(now + uploadSeconds * 1000).toISOString() } };
});

export const survey = route(postImportSurvey, async ({ creatorId, id, body, now }, context: ImportsContext) => ({
  json: describeImport(await surveyImport(context, { creatorId, id, answers: body, now }), now),
}));

export const confirm = route(postImportConfirm, async ({ creatorId, id, body, now }, context: ImportsContext) => ({
  json: describeImport(await confirmImport(context, { creatorId, id, answers: body, now }), now),
}));

export const allImports = route(getImports, async ({ creatorId, identity, now }, { table }: ImportsContext) => {
  await refuseStranger(table, creatorId, identity.creatorId === creatorId);
  const jobs = await readNewestImports(table, creatorId, now, mostListed);
  return { json: { imports: jobs.map((job) => listImport(job, now)) } };
});

export const oneImport = route(getImport, async ({ creatorId, id, now }, { table }: ImportsContext) => {
  const job = await readImport(table, creatorId, id, now);
  if (!job) throw noSuchImport();
  return { json: describeImport(job, now) };
});

export const refusedFiles = route(getRefusedFiles, async ({ creatorId, id, now }, { table, link }: ImportsContext) => {
  const job = await readImport(table, creatorId, id, now);
  if (!job) throw noSuchImport();
  const { refusedFiles: files = [] } = JSON.parse(job.survey || '{}') as Partial<SurveyAnswer>;
  // They are as old as the dry run, which comes before whatever was done last.
  return { json: await linksToRefused(link, job, files, job.requestedAt, now) };
});
