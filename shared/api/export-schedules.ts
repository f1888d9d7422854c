/** What can be asked to be exported again and again? The same as once, without days: each run is of the period that has just ended. */
import * as z from 'zod';
import { formatNames } from '../exports/format-names.ts';
import { cadences, periodOf, slotOf } from '../exports/periods.ts';
import { scheduledQuery } from '../exports/report-query.ts';
import { headline } from '../kpis/headline.ts';
import { mailAddress } from '../mail/address.ts';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import { entityName, format, refusalOf, refuseQuery, reportName, reportQuery } from './exports.ts';
import { kpisFields, kpisQuery } from './kpis.ts';

const { from: _from, to: _to, ...timeless } = kpisFields;
const someTime = { local: '2026-03-02T12:00:00+00:00', hour: 0 };

export const exportSchedule = z
  .strictObject({
    cadence: z.enum(cadences, { error: `must be one of ${cadences.join(', ')}` }),
    hour: z.int({ error: 'must be a whole hour from 0 to 23' }).min(0).max(23).describe('local hour from which a run is due'),
    what: z.strictObject({
      kpis: z.strictObject(timeless).optional(),
      entities: entityName.optional(),
      report: reportName.optional(),
      query: reportQuery.optional(),
    }),
    format,
    mailTo: mailAddress
      .nullable()
      .optional()
      .describe('to whom a link to each file is mailed; left out: as it was; null: nobody'),
  })
  .superRefine(({ cadence, what }, context) => {
    const refuse = (path: PropertyKey[], message: string) =>
      context.addIssue({ code: 'custom', path: ['what', ...path], message });
    const refusal = refusalOf(what);
    if (refusal) refuse([refusal[0]], refusal[1]);
    // With the days of some period it must be a query that the report takes.
    const { from, to } = periodOf(cadence, slotOf(cadence, someTime.hour, someTime.local));
    if (what.report) refuseQuery(scheduledQuery(what.report, what.query ?? {}, { from, to }), context, ['what']);
    if (!what.kpis) return;
    const asked = kpisQuery.safeParse({ ...what.kpis, from, to });
    for (const { path, message } of asked.error?.issues ?? []) refuse(['kpis', ...path], message);
  });
export type ExportSchedule = z.infer<typeof exportSchedule>;

const scheduleAnswer = z.object({
  id: z.string(),
  cadence: z.enum(cadences),
  hour: z.int(),
  what: z.record(z.string(), z.unknown()),
  format: z.enum(formatNames),
  isMailed: z.boolean(),
  mailTo: z.string().optional().describe('told to the creator and to admins'),
  lastDue: z.string().describe('local day on which it was last due; the next one is the first that is started'),
});
export type ExportScheduleAnswer = z.infer<typeof scheduleAnswer>;

const path = '/v1/creators/{creatorId}/export-schedules';
const common = { roles: readers, query: noQuery, status: 200 } as const;

export const getExportSchedules = endpoint({
  ...common,
  method: 'GET',
  path,
  gate: { to: 'request-export', rate: 20, burst: 40 },
  summary: 'The scheduled exports.',
  answer: z.object({ schedules: z.array(scheduleAnswer) }),
});

export const getExportSchedule = endpoint({
  ...common,
  method: 'GET',
  path: `${path}/{id}`,
  gate: { to: 'request-export', rate: 20, burst: 40 },
  summary: 'One scheduled export.',
  answer: scheduleAnswer,
});

export const putExportSchedule = endpoint({
  ...common,
  roles: owners,
  method: 'PUT',
  path: `${path}/{id}`,
  gate: { to: 'request-export', rate: 5, burst: 20 },
  summary:
    'Exports the day, week or month before, every day, on the first day of every week (as the creator’s weeks begin) or month, from a local hour on.',
  body: {
    types: ['application/json'],
    schema: exportSchedule,
    example: {
      cadence: 'weekly',
      hour: 6,
      what: { kpis: { names: headline, grain: 'day' } },
      format: 'xlsx',
      mailTo: 'ana@example.com',
    },
  },
  answer: scheduleAnswer,
});

export const deleteExportSchedule = endpoint({
  ...common,
  roles: owners,
  method: 'DELETE',
  path: `${path}/{id}`,
  gate: { to: 'request-export', rate: 5, burst: 20 },
  summary: 'Ends a scheduled export; files that were written stay for their 30 days.',
  answer: z.object({ id: z.string() }),
});
