/** What can be asked to be written into a file, and how is it told how far that is? */
import * as z from 'zod';
import { entityTables } from '../exports/entity-columns.ts';
import { formatNames } from '../exports/format-names.ts';
import { parametersOf, type ReadQuery, readReportQuery } from '../exports/report-query.ts';
import { type ReportName, reportNames } from '../exports/reports.ts';
import { headline } from '../kpis/headline.ts';
import { latestWith, mostYears } from '../most-years.ts';
import { endpoint, noQuery, readers } from './endpoint.ts';
import { day, kpisQuery, whole } from './kpis.ts';

const tables = [...entityTables.keys()] as [string, ...string[]];

export const entityName = z.enum(tables, {
  error: ({ input }) => `unknown entities ${input}; known are ${tables.join(', ')}`,
});
export const format = z.enum(formatNames, {
  error: ({ input }) => `${input === undefined ? 'is missing' : `unknown format ${input}`}; known are ${formatNames.join(', ')}`,
});

export const reportName = z.enum(reportNames, {
  error: ({ input }) => `unknown report ${input}; known are ${reportNames.join(', ')}`,
});
const parameters = reportNames.map((name) => `${name}: ${parametersOf(name).join(', ') || 'none'}`).join('; ');
export const reportQuery = z
  .record(z.string(), z.unknown(), { error: 'must be an object of the report’s parameters' })
  .describe(`parameters of the report, as its GET takes them. ${parameters}`);

type Refusal = [path: string, message: string];
interface Subjects {
  kpis?: unknown;
  entities?: string | undefined;
  report?: ReportName | undefined;
  query?: { [parameter: string]: unknown } | undefined;
}

/** What is wrong with a subject, if anything: it is one of the three. */
export function refusalOf(what: Subjects): Refusal | undefined {
  const [one, second] = (['kpis', 'entities', 'report'] as const).filter((name) => what[name] !== undefined);
  if (!one) return ['kpis', 'is missing: give kpis with the fields of GET …/kpis, entities with a name, or report with one'];
  if (second) return [second, `goes without ${one}: an export has one subject`];
  return what.query === undefined || what.report !== undefined ? undefined : ['query', 'goes with report: leave it out'];
}

/** Says at its place what is wrong with a report's query; answers the query where nothing is. */
export function refuseQuery({ issues, query }: ReadQuery, context: z.RefinementCtx, path: string[]) {
  for (const issue of issues ?? [])
    context.addIssue({ code: 'custom', path: [...path, 'query', ...issue.path.split('.')], message: issue.message });
  return query;
}

/** Days go with entities that have one. */
function refusalOfDays(what: Subjects & { from?: string | undefined; to?: string | undefined }): Refusal | undefined {
  const { entities, report, from, to } = what;
  if (from === undefined && to === undefined) return undefined;
  const given = from === undefined ? 'to' : 'from';
  if (report !== undefined) return [given, 'goes with entities; the days of a report stand in query'];
  if (entities === undefined) return [given, 'goes with entities; the days of kpis stand in kpis'];
  if (entityTables.get(entities)?.time === undefined) return [given, `${entities} have no day: leave it out`];
  if (from === undefined || to === undefined) return undefined;
  if (from > to) return ['from', 'is after to: give the earlier day first'];
  const latest = latestWith(from);
  return to > latest ? ['to', `is more than ${mostYears} years from the first day; ask for ${latest} at most`] : undefined;
}

export const exportWhat = z
  .strictObject({
    kpis: kpisQuery.optional(),
    entities: entityName.optional(),
    from: day.optional().describe('first local day of the entities’ own time; absent: from the first'),
    to: day.optional().describe('last local day, included; absent: to the last'),
    report: reportName.optional(),
    query: reportQuery.optional(),
  })
  .transform((what, context) => {
    for (const [path, message] of [refusalOf(what), refusalOfDays(what)].filter((each) => each !== undefined))
      context.addIssue({ code: 'custom', path: [path], message });
    if (what.report === undefined) return what;
    return { ...what, query: refuseQuery(readReportQuery(what.report, what.query ?? {}), context, []) };
  });

export const exportRequest = z.strictObject({ what: exportWhat, format });
export type ExportRequest = z.infer<typeof exportRequest>;

export const exportJob = z.object({
  id: z.string(),
  status: z.enum(['queued', 'running', 'done', 'failed']),
  what: z.record(z.string(), z.unknown()),
  format: z.enum(formatNames),
  progress: z.object({ rows: z.int(), of: z.int().nullable().describe('null: not known before the end') }),
  rowCount: z.int().nullable().describe('null until it is done'),
  bytes: z.int().nullable(),
  sha256: z.string().nullable().describe('of the file, in hex'),
  name: z.string().nullable().describe('of the file'),
  url: z.string().nullable().describe('signed link to the file, good until expiresAt; ask again for a new one'),
  manifestUrl: z.string().nullable().describe('signed link to the manifest: query, columns, asOf, rows, bytes, sha256'),
  expiresAt: z.string().nullable().describe('of the links'),
  requestedAt: z.string(),
  finishedAt: z.string().nullable(),
  keptUntil: z.string().describe('afterwards job and file are gone'),
  schedule: z.string().nullable().describe('id of the schedule that asked for it'),
  mail: z
    .object({
      status: z.enum(['waiting', 'sending', 'sent', 'failed']).describe('failed: it is tried again, three times at most'),
      at: z.string().nullable(),
      linkUntil: z.string().nullable().describe('until when the mailed link is good'),
      reason: z.string().optional().describe('why it failed'),
    })
    .nullable()
    .describe('null where its schedule asks for none'),
  error: z.object({ code: z.string(), message: z.string() }).optional(),
});
export type ExportJobAnswer = z.infer<typeof exportJob>;

const path = '/v1/creators/{creatorId}/exports';
/** Jobs on a page. */
const mostJobs = 200;

export const postExport = endpoint({
  method: 'POST',
  path,
  gate: { to: 'request-export', rate: 5, burst: 20 },
  summary: 'Writes a report, KPIs or entities into a file of any size: answers a job; ask for it until it is done.',
  roles: readers,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: exportRequest,
    example: {
      what: { kpis: { names: headline, from: '2026-03-01', to: '2026-03-31', grain: 'day' } },
      format: 'csv',
    },
    examples: {
      report: { what: { report: 'dashboard', query: {} }, format: 'xlsx' },
      entities: { what: { entities: 'order_lines', from: '2026-03-01', to: '2026-03-31' }, format: 'parquet' },
    },
  },
  status: 202,
  answer: exportJob,
});

export const getExport = endpoint({
  method: 'GET',
  path: `${path}/{id}`,
  gate: { to: 'request-export', rate: 50, burst: 100 },
  summary: 'How far an export is, and once it is done a signed link to its file.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: exportJob,
});

export const getExports = endpoint({
  method: 'GET',
  path,
  gate: { to: 'request-export', rate: 20, burst: 40 },
  summary: 'The exports of the last 30 days, newest first; ask for one to get its links.',
  roles: readers,
  query: z.strictObject({ limit: whole(1, mostJobs).default(mostJobs), cursor: z.string().max(2000).optional() }),
  status: 200,
  answer: z.object({
    exports: z.array(exportJob),
    cursor: z.string().nullable().describe('give it back for the next page; null on the last'),
  }),
});

export const getExportFile = endpoint({
  method: 'GET',
  path: `${path}/{id}/file`,
  // Over everyone: a stranger who tries tokens must not shut out those who were mailed one.
  gate: { to: 'request-export', rate: 50, burst: 100 },
  summary: 'The file of an export, for whoever has the token that was mailed; 404 once it is good no more.',
  roles: 'public',
  publicBecause: 'Public by design: the token that was mailed opens one file for a week, and nothing else.',
  query: z.strictObject({ token: z.string().max(100).describe('of the mailed link') }),
  status: 302,
  answer: 'redirect',
});
