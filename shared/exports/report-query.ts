/** What is asked of a report that is exported? The parameters that its GET takes, without those of paging: a file holds all pages. */
import type { Issue } from '../errors.ts';
import { type ReportName, reports } from './reports.ts';

type Given = { [parameter: string]: unknown };
export type ReadQuery = { query: Given; issues?: undefined } | { query?: undefined; issues: Issue[] };

const ofPaging = ['cursor', 'limit'];
const ofTime = ['from', 'to', 'day'];

/** The names of a report's parameters. */
export const parametersOf = (report: ReportName): string[] =>
  Object.keys(reports[report].endpoint.query.shape).filter((name) => !ofPaging.includes(name));

/** A parameter of a query is text: true is written `true`. */
const asInQuery = (given: Given): Given =>
  Object.fromEntries(Object.entries(given).map(([name, value]) => [name, typeof value === 'boolean' ? String(value) : value]));

/** The query as the report's own schema reads it, or what is wrong with it. */
export function readReportQuery(report: ReportName, given: Given): ReadQuery {
  const paging = ofPaging.filter((name) => name in given && name in reports[report].endpoint.query.shape);
  if (paging.length) return { issues: paging.map((path) => ({ path, message: 'a file holds all pages: leave it out' })) };
  const parsed = reports[report].endpoint.query.safeParse(asInQuery(given));
  if (parsed.success)
    return { query: Object.fromEntries(Object.entries(parsed.data).filter(([name]) => !ofPaging.includes(name))) };
  const known = parametersOf(report).join(', ') || 'none';
  return {
    issues: parsed.error.issues.flatMap((issue): Issue[] =>
      issue.code === 'unrecognized_keys'
        ? issue.keys.map((path) => ({ path, message: `is no parameter of the report ${report}; known are ${known}` }))
        : [{ path: issue.path.join('.'), message: issue.message }],
    ),
  };
}

/** The query of a scheduled run: a period's days go in where the report takes days, a day where it takes one. */
export function scheduledQuery(report: ReportName, given: Given, { from, to }: { from: string; to: string }): ReadQuery {
  const takes = (name: string): boolean => name in reports[report].endpoint.query.shape;
  const timed = ofTime.filter((name) => name in given && takes(name));
  if (timed.length) return { issues: timed.map((path) => ({ path, message: 'is given by the schedule: leave it out' })) };
  if (takes('from') && takes('to')) return readReportQuery(report, { ...given, from, to });
  const asItIs = readReportQuery(report, given);
  if (asItIs.query || !takes('day')) return asItIs;
  if (from === to) return readReportQuery(report, { ...given, day: from });
  const ofADay = 'is given by the schedule, and only a daily one has it: make it daily';
  return { issues: asItIs.issues.map((issue) => (issue.path === 'day' ? { ...issue, message: ofADay } : issue)) };
}
