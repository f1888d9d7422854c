/** What does the first screen say? Today against the same hours of earlier days, the last 30 days, and what needs a hand. */
import type * as z from 'zod';
import type { dashboardAnswer } from '../api/dashboard.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { headline, today as todays } from '../kpis/headline.ts';
import { addDays, dayOf, hourOf, startOfHour, toLocal } from '../time.ts';
import { readAtRisk } from './at-risk.ts';
import { bucketsOf } from './buckets.ts';
import { type Cells, figureOf, readCells } from './cells.ts';
import { changeOf } from './compare.ts';
import { type Resolved, resolve } from './formula.ts';
import { lineOf } from './line.ts';
import { sourcesOf } from './profile.ts';
import { type Scope, standingOf } from './scope.ts';

export type DashboardAnswer = z.infer<typeof dashboardAnswer>;
type Today = DashboardAnswer['today'];

const sparkline = 30;

function aboutOf({ name, unit, restates }: Resolved) {
  const { title = name, better = 'neither' } = dictionary.entries.get(name)?.kpi ?? {};
  return { name, title, unit, better, ...(restates ? { restates: true as const } : {}) };
}

/** The hours of a day that lie before an hour of the clock; a repeated hour counts twice, a skipped one not at all. */
function hoursBefore(day: string, clockHour: number, { zones, now }: Scope): string[] {
  const buckets = bucketsOf('hour', { from: day, to: day }, zones, now);
  return buckets.flatMap(({ periods }) => periods).filter((hour) => Number(hour.slice(11, 13)) < clockHour);
}

async function readToday(scope: Scope, local: string): Promise<Today> {
  const day = dayOf(local);
  const thisHour = hourOf(local);
  const clockHour = Number(local.slice(11, 13));
  const kpis = todays.map((name) => resolve(name));
  const begun = bucketsOf('hour', { from: day, to: day }, scope.zones, scope.now).filter(
    ({ periods: [hour = ''] }) => startOfHour(hour) <= scope.now,
  );
  const compared = [
    { basis: 'yesterday' as const, day: addDays(day, -1) },
    { basis: 'same_weekday' as const, day: addDays(day, -7) },
  ].map((each) => ({ ...each, hours: hoursBefore(each.day, clockHour, scope) }));
  const formulas = kpis.map(({ formula }) => formula);
  const [cells, ...then] = (await Promise.all(
    [begun.flatMap(({ periods }) => periods), ...compared.map(({ hours }) => hours)].map((hours) =>
      readCells(scope, formulas, hours),
    ),
  )) as [Cells, ...Cells[]];
  return {
    day,
    through: `${thisHour.slice(0, 13)}:00:00${thisHour.slice(13)}`,
    kpis: kpis.map((kpi) => {
      const { total: value, ...line } = lineOf(cells, kpi.formula, begun);
      const throughValue = figureOf(cells, kpi.formula, hoursBefore(day, clockHour, scope)).value;
      const against = compared.map(({ basis, day: other, hours }, i) => {
        const before = figureOf(then[i] as Cells, kpi.formula, hours).value;
        return { basis, day: other, value: before, change: changeOf(throughValue, before) };
      });
      return { ...aboutOf(kpi), value, ...line, throughValue, against };
    }),
  };
}

/** The last whole days and as many before, in one read. */
async function readHeadline(scope: Scope, day: string): Promise<DashboardAnswer['headline']> {
  const kpis = headline.map((name) => resolve(name));
  const range = { from: addDays(day, -sparkline), to: addDays(day, -1) };
  const before = { from: addDays(range.from, -sparkline), to: addDays(range.from, -1) };
  const [now, then] = [range, before].map((each) => bucketsOf('day', each, scope.zones, scope.now)) as [Buckets, Buckets];
  const periods = [...then, ...now].flatMap((bucket) => bucket.periods);
  const formulas = kpis.map(({ formula }) => formula);
  const cells = await readCells(scope, formulas, periods);
  return kpis.map((kpi) => {
    const line = lineOf(cells, kpi.formula, now);
    const { total, points } = lineOf(cells, kpi.formula, then);
    return { ...aboutOf(kpi), ...line, compare: { ...before, total, change: changeOf(line.total, total), points } };
  });
}

type Buckets = ReturnType<typeof bucketsOf>;

async function readRisk(scope: Scope): Promise<DashboardAnswer['atRisk']> {
  const name = [...dictionary.entries.values()].find(({ kpi }) => kpi === dictionary.open)?.name;
  if (!name || !dictionary.open) return null;
  const { value, breakdown } = await readAtRisk(scope, dictionary.open.hours);
  return { name, value, breakdown };
}

/** Answers GET …/dashboard. */
export async function reportDashboard(scope: Scope): Promise<DashboardAnswer> {
  const local = toLocal(scope.now, scope.zones);
  const [today, days, atRisk] = await Promise.all([readToday(scope, local), readHeadline(scope, dayOf(local)), readRisk(scope)]);
  return { ...standingOf(scope), today, headline: days, atRisk, alerts: [], sources: sourcesOf(scope.progress) };
}
