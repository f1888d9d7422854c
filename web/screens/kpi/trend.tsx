/** Where does the number stand, and where does it go? In sentences; the last half year, whatever range is looked at, since a trend needs days. */
import { useQuery } from '@tanstack/react-query';
import type { TrendsAnswer } from '../../../shared/api/trends.ts';
import { addDays } from '../../../shared/time.ts';
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import type { DictionaryKpi } from '../../data/queries.ts';
import { formatDay, formatRange } from '../../formatting/dates.ts';
import { formatChange, formatNumber, type Unit } from '../../formatting/numbers.ts';
import { locale, say } from '../../formatting/say.ts';
import { todayIn } from '../../view/use-view.ts';

const days = 182;

/** Numbers of a day; percentiles have a spread of their own. */
export const hasTrend = ({ kind }: DictionaryKpi): boolean => ['measure', 'sum', 'ratio'].includes(kind);

function useTrend(name: string) {
  const { creatorId, timeZone } = useCreator();
  const api = useApi();
  const path = ofCreator(creatorId, '/trends');
  const to = addDays(todayIn(timeZone), -1);
  const question = { name, from: addDays(to, 1 - days), to };
  return useQuery({
    queryKey: [path, question],
    queryFn: ({ signal }) => api.get<TrendsAnswer>(path, question, signal),
    staleTime: 600_000,
  });
}

/** 2 March 2026 was a Monday. */
const weekdayName = (weekday: number): string =>
  new Intl.DateTimeFormat(locale(), { weekday: 'long', timeZone: 'UTC' }).format(Date.UTC(2026, 2, 2 + weekday));

function sentencesOf({ n, unit, level, slope, weekdays, changes, yearBefore }: TrendsAnswer, currency: string): string[] {
  const number = (value: number) => formatNumber(unit === 'money' ? Math.round(value) : value, { unit: unit as Unit, currency });
  if (!level || !slope) return [say('trend.short', { count: n })];
  const week = (value: number) => number(7 * value);
  const isClear = slope.lower > 0 || slope.upper < 0;
  const direction = !isClear ? 'trend.flat' : slope.value > 0 ? 'trend.up' : 'trend.down';
  const [best, worst] = weekdays ? [weekdays.indexOf(Math.max(...weekdays)), weekdays.indexOf(Math.min(...weekdays))] : [0, 0];
  return [
    say('trend.level', { level: number(level.value), lower: number(level.lower), upper: number(level.upper) }),
    say(direction, { slope: week(Math.abs(slope.value)), lower: week(slope.lower), upper: week(slope.upper) }),
    ...changes.map(({ day, before, after }) =>
      say('trend.change', { day: formatDay(day), before: number(before), after: number(after) }),
    ),
    ...(best === worst ? [] : [say('trend.best', { best: weekdayName(best), worst: weekdayName(worst) })]),
    ...(yearBefore && yearBefore.change !== null
      ? [say('trend.year', { before: number(yearBefore.before), change: formatChange(yearBefore.change) })]
      : []),
  ];
}

export function TrendCard({ kpi }: { kpi: DictionaryKpi }) {
  const { currency } = useCreator();
  return (
    <Card title={say('trend.title')}>
      <Loaded query={useTrend(kpi.name)} shape="h-24">
        {(answer) => (
          <div className="grid grid-cols-1 gap-2">
            <p className="text-sm text-soft">{formatRange(answer.from, answer.to)}</p>
            <ul data-trend className="grid grid-cols-1 max-w-prose gap-1">
              {sentencesOf(answer, currency).map((sentence) => (
                <li key={sentence}>{sentence}</li>
              ))}
            </ul>
            {answer.level && <p className="max-w-prose text-xs text-soft">{say('trend.how')}</p>}
          </div>
        )}
      </Loaded>
    </Card>
  );
}
