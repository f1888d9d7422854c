/** How do files of Seller Center and a seller's own come in by the page, and how is it told what is in them and how far they are? */
import * as z from 'zod';
import { limits, uploadDays } from '../imports/limits.ts';
import { isCurrency } from '../money.ts';
import { marketCodes } from '../sources/seller-center/rules/markets.ts';
import { zoneNames } from '../zone-names.ts';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import { whole } from './kpis.ts';

const megabytes = (bytes: number): string => `${bytes / 1_000_000} MB`;

const answers = {
  market: z
    .enum(marketCodes, { error: ({ input }) => `unknown market ${input}; known are ${marketCodes.join(', ')}` })
    .optional()
    .describe('where the shop sells; told by its currency where absent'),
  zone: z
    .string()
    .refine((zone) => zoneNames.has(zone), 'is no IANA name of a zone, such as Asia/Jakarta')
    .optional()
    .describe('of the clocks in the files; the market’s where absent'),
  currency: z.string().refine(isCurrency, 'is no ISO 4217 code, such as IDR').optional().describe('the creator’s where absent'),
  exportedAt: z.iso
    .datetime({ offset: true, error: 'must be an instant, such as 2026-11-20T23:58:00+07:00' })
    .optional()
    .describe('when files were exported whose names do not say it'),
};
export const importAnswers = z.strictObject(answers);
export type ImportAnswers = z.infer<typeof importAnswers>;

const announced = z.strictObject({
  name: z
    .string()
    .max(300)
    .regex(
      /\.(xlsx|csv)$/i,
      'is no .xlsx or .csv file; give the files as Seller Center wrote them, or your own tables as one of the two',
    )
    .describe('as it was downloaded: it says when it was exported'),
  bytes: whole(1, limits.fileBytes),
  modifiedAt: z.iso.datetime({ offset: true }).optional().describe('of the file, where its name says no time of export'),
});

export const newImport = z
  .strictObject({ files: z.array(announced).min(1, 'is empty: name a file').max(limits.files), ...answers })
  .refine(({ files }) => files.reduce((sum, { bytes }) => sum + bytes, 0) <= limits.bytes, {
    path: ['files'],
    error: `hold more than ${megabytes(limits.bytes)} together: import them in two parts`,
  });
export type NewImport = z.infer<typeof newImport>;

const count = z.object({ what: z.string(), count: z.int(), examples: z.array(z.string()) });
export const surveyAnswer = z.object({
  market: z.string().nullable(),
  currency: z.string(),
  zone: z.string(),
  days: z.object({ from: z.string(), to: z.string() }).nullable().describe('local days that the files are about'),
  files: z.array(
    z.object({
      name: z.string(),
      exportedAt: z.string(),
      tables: z.array(
        z.object({
          kind: z.string(),
          sheet: z.string(),
          rows: z.int(),
          ids: z.int().describe('different orders, returns or whatever its rows are of'),
          dates: z.string().describe('which of day and month comes first, and how that is known'),
          amount: z.string().describe('one of its amounts, as it is written'),
          columns: z.array(z.string()),
          first: z.array(z.array(z.string())).describe('the first rows, without columns about persons'),
        }),
      ),
    }),
  ),
  events: z.int().describe('snapshots that confirming sends'),
  entities: z.array(z.object({ entity: z.string(), count: z.int() })),
  changes: z
    .array(z.object({ entity: z.string(), created: z.int(), changed: z.int(), unchanged: z.int(), older: z.int() }))
    .optional()
    .describe('what confirming would do, as far as is counted at the moment; older: the service knows something newer'),
  refusedFiles: z.array(z.string()).optional().describe('files of the rows that are left out, see …/refused'),
  wrong: z.array(count).describe('left out because the file is wrong: file, row, column and remedy'),
  skipped: z.array(count).describe('left out as the mapping says'),
  notes: z.array(count),
});
export type SurveyAnswer = z.infer<typeof surveyAnswer>;

export const importJob = z.object({
  id: z.string(),
  status: z.enum(['waiting', 'surveying', 'to_confirm', 'importing', 'done', 'failed']).describe('waiting: for its files'),
  files: z.array(z.object({ name: z.string(), bytes: z.int() })),
  answers: z.object(answers),
  questions: z.array(z.enum(['market', 'zone', 'exportedAt'])).describe('to be answered before it can be confirmed'),
  refusals: z.array(z.string()).describe('why nothing was sent, a file or a question each, with the remedy'),
  survey: surveyAnswer.nullable().describe('what was recognised; null until it was read'),
  progress: z.object({ events: z.int(), of: z.int() }),
  accepted: z.int(),
  refused: z.array(count).describe('snapshots that were not taken, by reason'),
  requestedAt: z.string(),
  finishedAt: z.string().nullable(),
  keptUntil: z.string().describe(`afterwards the import is gone; its files go when it is done, after ${uploadDays} days at most`),
});
export type ImportJobAnswer = z.infer<typeof importJob>;

const path = '/v1/creators/{creatorId}/imports';

export const postImport = endpoint({
  method: 'POST',
  path,
  gate: { to: 'request-import', rate: 2, burst: 10 },
  summary: 'Announces files of Seller Center: answers an import and an address for each file, to PUT it to.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: newImport,
    example: { files: [{ name: 'All order-2026-11-20-23_58.csv', bytes: 48_210 }], market: 'US' },
  },
  status: 202,
  answer: importJob.extend({
    uploads: z.array(z.object({ name: z.string(), url: z.string() })).describe('in the order of the request'),
    uploadUntil: z.string().describe('until when the addresses are good'),
  }),
});

export const postImportSurvey = endpoint({
  method: 'POST',
  path: `${path}/{id}/survey`,
  gate: { to: 'request-import', rate: 2, burst: 10 },
  summary: 'Reads the files that were put, and sends nothing: ask for the import until it is to_confirm. Answers may come along.',
  roles: owners,
  query: noQuery,
  body: { types: ['application/json'], schema: importAnswers, example: { market: 'US' } },
  status: 202,
  answer: importJob,
});

export const postImportConfirm = endpoint({
  method: 'POST',
  path: `${path}/{id}/confirm`,
  gate: { to: 'request-import', rate: 2, burst: 10 },
  summary: 'Counts what was surveyed. Confirmed twice it is imported once.',
  roles: owners,
  query: noQuery,
  body: { types: ['application/json'], schema: importAnswers, example: {} },
  status: 202,
  answer: importJob,
});

export const getImports = endpoint({
  method: 'GET',
  path,
  gate: { to: 'request-import', rate: 20, burst: 40 },
  summary: 'The newest imports of the last 30 days.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: z.object({ imports: z.array(importJob) }),
});

export const getImport = endpoint({
  method: 'GET',
  path: `${path}/{id}`,
  gate: { to: 'request-import', rate: 50, burst: 100 },
  summary: 'What is in the files of an import, and how far it is.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: importJob,
});

export const getRefusedFiles = endpoint({
  method: 'GET',
  path: `${path}/{id}/refused`,
  gate: { to: 'request-import', rate: 10, burst: 20 },
  summary:
    'Files of the rows that an import of your own tables left out, each with what is wrong: to be mended and imported again.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: z.object({
    files: z.array(z.object({ name: z.string(), url: z.string().describe('good for an hour') })),
    keptUntil: z.string(),
  }),
});

const templateColumn = z.object({
  name: z.string(),
  isRequired: z.boolean(),
  kind: z.string().describe('what a cell holds'),
  note: z.string(),
  example: z.string(),
});
const template = z.object({ kind: z.string(), about: z.string(), columns: z.array(templateColumn) });

export const getTemplates = endpoint({
  method: 'GET',
  path: '/v1/import-templates',
  gate: { to: 'request-import', rate: 10, burst: 20 },
  summary: 'The tables that can be imported: their columns and what each means.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: z.object({ templates: z.array(template) }),
});

export const getTemplate = endpoint({
  method: 'GET',
  path: '/v1/import-templates/{id}',
  gate: { to: 'request-import', rate: 10, burst: 20 },
  summary: 'An empty file of a table with an example row: costs.csv, costs.xlsx and so on, in base64.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: z.object({ name: z.string(), type: z.string().describe('media type'), base64: z.string() }),
});
