/** How does today go so far? Against yesterday and the same weekday until the same minute: fair at any time of the day. */

import { useState } from 'react';
import { Link } from 'wouter';
import type { ChartPoint } from '../../charts/frame.ts';
import { Legend } from '../../charts/legend.tsx';
import { TimeChart } from '../../charts/time-chart.tsx';
import { BigNumber } from '../../components/big-number.tsx';
import { Change } from '../../components/change.tsx';
import { useCreator, useHref } from '../../components/creator.tsx';
import { DefinitionButton } from '../../components/definition.tsx';
import { NumberMark } from '../../components/number-mark.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import type { DashboardAnswer } from '../../data/queries.ts';
import { formatWeekday } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { pairsOf } from '../../kpi-dashboard/pairs.ts';

type TodayKpi = DashboardAnswer['today']['kpis'][number];

/** Today's hours, those to come without a number, so that the whole of yesterday can stand behind them. */
function hoursOf({ points, against }: TodayKpi, day: string) {
  const whole = against[0]?.points ?? [];
  const clockOf = (at: string): string => at.slice(11, 13);
  const last = clockOf(points.at(-1)?.at ?? '');
  const ahead = whole
    .filter(({ at }) => clockOf(at) > last)
    .map(({ at }) => ({ at: `${day}${at.slice(10)}`, value: null, state: 'partial' as const, isAhead: true as const }));
  const hours: ChartPoint[] = [...points, ...ahead];
  return { hours, before: pairsOf(hours, whole, 'hour') };
}

function Figure({
  kpi,
  dashboard,
  isChosen,
  onChoose,
}: {
  kpi: TodayKpi;
  dashboard: DashboardAnswer;
  isChosen: boolean;
  onChoose: () => void;
}) {
  const { currency } = useCreator();
  const { name, title, unit, better, value, against } = kpi;
  const wordsOf = ({ basis, until, value: before }: (typeof against)[number]) => ({
    when: say(`basis.${basis}`),
    time: until,
    value: formatNumber(before, { unit, currency }),
  });
  return (
    <div
      className={`relative min-w-0 border-t-2 px-4 py-3 ${isChosen ? 'border-accent' : 'border-transparent hover:border-line-strong'}`}
    >
      <div className="flex items-start justify-between gap-1">
        <h2 className="min-w-0 pt-0.5 text-sm leading-tight text-soft">
          <button type="button" aria-pressed={isChosen} onClick={onChoose} className="text-start before:absolute before:inset-0">
            {title}
          </button>
        </h2>
        <DefinitionButton name={name} title={title} freshness={dashboard} />
      </div>
      <p data-today={name}>
        <BigNumber
          text={formatNumber(value, { unit, currency })}
          className="[--number-size:1.5rem] sm:[--number-size:1.875rem]"
        />
      </p>
      <ul className="mt-1 grid gap-1 text-xs text-soft">
        {against.map((other) => (
          <li key={other.basis} className="flex flex-wrap items-center gap-x-1.5">
            <Change
              compare={{ ...other, total: other.value }}
              unit={unit}
              better={better}
              than={say('today.than', wordsOf(other))}
            />
            <span className="tabular-nums">{say('today.until', wordsOf(other))}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}

export function Today({ dashboard }: { dashboard: DashboardAnswer }) {
  const { currency } = useCreator();
  const href = useHref();
  const { kpis, day } = dashboard.today;
  const [name, setName] = useState(kpis[0]?.name);
  const chosen = kpis.find((kpi) => kpi.name === name) ?? kpis[0];
  const lines = chosen && hoursOf(chosen, day);
  return (
    <section aria-label={say('range.today')}>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <PageTitle title={say('range.today')} />
        <NumberMark state="partial" />
        <span className="text-sm text-soft">{formatWeekday(day)}</span>
        <Link href={href('sales', { range: 'today' })} className="ms-auto text-sm font-medium text-accent print:hidden">
          {say('today.sales')}
        </Link>
      </div>
      <div className="card overflow-hidden rounded-card border border-line bg-card shadow-card">
        <div className="grid grid-cols-2 lg:grid-cols-4">
          {kpis.map((kpi) => (
            <Figure key={kpi.name} kpi={kpi} dashboard={dashboard} isChosen={kpi === chosen} onChoose={() => setName(kpi.name)} />
          ))}
        </div>
        {chosen && lines && (
          <div className="px-4 pt-2 pb-3">
            <p className="mb-1 flex flex-wrap gap-x-4 text-sm text-soft">
              <span>{say('today.chart', { title: chosen.title })}</span>
              <Legend now={say('range.today')} before={say('basis.yesterday')} />
            </p>
            <TimeChart
              title={say('today.chart', { title: chosen.title })}
              points={lines.hours}
              then={lines.before}
              grain="hour"
              format={{ unit: chosen.unit, currency }}
              isAdditive={chosen.numerator === undefined}
              height={150}
            />
          </div>
        )}
      </div>
    </section>
  );
}
