/** What does the first screen say? Today against as much of earlier days, the last 30 days, and what needs a hand. */
import type * as z from 'zod';
import type { DashboardQuery, dashboardAnswer } from '../api/dashboard.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { headline, today as todays } from '../kpis/headline.ts';
import { calendarOf } from '../store/profiles.ts';
import { addDays, dayOf, startOfHour, toLocal } from '../time.ts';
import { readAtRisk } from './at-risk.ts';
import { bucketsOf } from './buckets.ts';
import { comparedRange } from './compare.ts';
import { compareSeries, type Earlier, type Question, readRanges } from './comparison.ts';
import { readDataFrom } from './data-from.ts';
import { type Resolved, resolve } from './formula.ts';
import { reportKpis } from './kpis.ts';
import { startOfMinute } from './mark.ts';
import { rowsAtRisk } from './orders.ts';
import { sourcesOf } from './profile.ts';
import { freshnessOf, type Scope } from './scope.ts';
import { seriesOf } from './series.ts';

export type DashboardAnswer = z.infer<typeof dashboardAnswer>;
type Today = DashboardAnswer['today'];

const sparkline = 30;
/** So many of the orders that run out of time are named. */
const urgent = 5;

function aboutOf({ name, unit, restates }: Resolved) {
  const { title = name, better = 'neither' } = dictionary.entries.get(name)?.kpi ?? {};
  return { name, title, unit, better, ...(restates ? { restates: true as const } : {}) };
}

const bases = [
  { basis: 'yesterday' as const, comparison: 'previous' as const },
  { basis: 'same_weekday' as const, comparison: 'previous_weekday_aligned' as const },
];

/** Today until this minute, against yesterday and the same weekday until the same minute of their clocks. */
async function readToday(scope: Scope, local: string): Promise<Today> {
  const day = dayOf(local);
  const range = { from: day, to: day };
  const question: Question = {
    kpis: todays.map((name) => resolve(name)),
    range,
    grain: 'hour',
    slice: 'total',
    calendar: calendarOf(scope.profile),
  };
  const begun = bucketsOf('hour', range, scope).filter(({ periods: [hour = ''] }) => startOfHour(hour) <= scope.now);
  const compared = bases.map(({ comparison }) => comparedRange(range, comparison));
  const [{ asked, earlier }, dataFrom] = await Promise.all([
    readRanges(question, begun, compared, scope),
    readDataFrom(scope, question.kpis),
  ]);
  return {
    day,
    through: `${local.slice(0, 16)}:00${local.slice(-6)}`,
    kpis: question.kpis.map((kpi) => {
      const context = { dataFrom: dataFrom.get(kpi.name) };
      const line = seriesOf(asked.totals, kpi.formula, begun, context);
      // The day runs: it is partial, whatever its hours are.
      const { total: value, state: _, noData: __, ...rest } = line;
      const against = bases.map(({ basis }, i) => {
        const then = compareSeries(kpi, line, asked, earlier[i] as Earlier, context, local);
        const {
          from: other,
          until = local.slice(11, 16),
          total,
          state,
          change,
          difference,
          points,
          noChange,
          dataFrom: since,
        } = then;
        return {
          basis,
          day: other,
          until,
          value: total,
          state,
          change,
          difference,
          points,
          ...(noChange ? { noChange } : {}),
          ...(since ? { dataFrom: since } : {}),
        };
      });
      return { ...aboutOf(kpi), value, ...rest, throughValue: value, against };
    }),
  };
}

/** The last whole days against as many before. */
async function readHeadline(scope: Scope, local: string): Promise<DashboardAnswer['headline']> {
  const day = dayOf(local);
  const query = {
    names: [...headline],
    from: addDays(day, -sparkline),
    to: addDays(day, -1),
    grain: 'day' as const,
    top: 1,
    compare: 'previous_days' as const,
    refundsBy: 'refund_date' as const,
  };
  const { series } = await reportKpis(query, scope);
  return series.map((each, i) => ({ ...each, ...aboutOf(resolve(headline[i] as string)) }));
}

/** What runs out of time, as the minute that runs began: so that nothing of the answer changes within it by the clock alone. */
async function readRisk(scope: Scope, isWhole: boolean): Promise<DashboardAnswer['atRisk']> {
  const name = [...dictionary.entries.values()].find(({ kpi }) => kpi === dictionary.open)?.name;
  if (!name || !dictionary.open) return null;
  const then = { ...scope, now: startOfMinute(scope.now) };
  const { value, breakdown, orders } = await readAtRisk(then, dictionary.open.hours);
  if (!isWhole) return { name, value, breakdown };
  return { name, value, breakdown, orders: await rowsAtRisk(then, orders.slice(0, urgent)) };
}

/** Answers GET …/dashboard; with `only` today without what changes seldom. */
export async function reportDashboard(scope: Scope, { only }: DashboardQuery = {}): Promise<DashboardAnswer> {
  const local = toLocal(scope.now, scope.zones);
  const isWhole = only === undefined;
  const [today, days, atRisk] = await Promise.all([
    readToday(scope, local),
    isWhole ? readHeadline(scope, local) : [],
    readRisk(scope, isWhole),
  ]);
  return { ...freshnessOf(scope), today, headline: days, atRisk, alerts: [], sources: sourcesOf(scope.progress) };
}
