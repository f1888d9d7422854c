/** How does today go so far? Against the same hours of yesterday and of the same weekday: fair at any time of the day. */

import { useState } from 'react';
import { Link } from 'wouter';
import { TimeChart } from '../../charts/time-chart.tsx';
import type { DashboardAnswer } from '../../data/queries.ts';
import { Change } from '../../parts/change.tsx';
import { useCreator, useHref } from '../../parts/creator.tsx';
import { DefinitionButton } from '../../parts/definition.tsx';
import { NumberMark } from '../../parts/number-mark.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { tellWeekday } from '../../words/dates.ts';
import { tell } from '../../words/numbers.ts';

type TodayKpi = DashboardAnswer['today']['kpis'][number];
const bases = { yesterday: 'yesterday', same_weekday: 'a week ago' } as const;

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
  const { name, title, unit, better, value, throughValue, against } = kpi;
  const clock = dashboard.today.through.slice(11, 16);
  const telling = { unit, currency };
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
        <DefinitionButton name={name} title={title} standing={dashboard} />
      </div>
      <p className="text-2xl font-semibold tracking-tight tabular-nums sm:text-3xl" data-today={name}>
        {tell(value, { unit, currency })}
      </p>
      {/* Like with like: whole hours on either side, of today as of the day compared with. */}
      <p className="mt-1 text-xs text-soft tabular-nums">
        until {clock}: {tell(throughValue, telling)}
      </p>
      <ul className="mt-1 grid gap-1 text-xs text-soft">
        {against.map((other) => (
          <li key={other.basis} className="flex flex-wrap items-center gap-x-1.5">
            <Change
              change={other.change}
              better={better}
              than={`${tell(other.value, telling)} until ${clock} ${bases[other.basis]}`}
            />
            <span className="tabular-nums">
              {bases[other.basis]} {tell(other.value, telling)}
            </span>
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
  return (
    <section aria-label="Today">
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <PageTitle title="Today" />
        <NumberMark state="partial" />
        <span className="text-sm text-soft">{tellWeekday(day)}</span>
        <Link href={href('sales', { range: 'today' })} className="ms-auto text-sm font-medium text-accent print:hidden">
          Today’s sales
        </Link>
      </div>
      <div className="card overflow-hidden rounded-card border border-line bg-card shadow-card">
        <div className="grid grid-cols-2 lg:grid-cols-4">
          {kpis.map((kpi) => (
            <Figure key={kpi.name} kpi={kpi} dashboard={dashboard} isChosen={kpi === chosen} onChoose={() => setName(kpi.name)} />
          ))}
        </div>
        {chosen && (
          <div className="px-4 pt-2 pb-3">
            <TimeChart
              title={`${chosen.title} today, by hour`}
              points={chosen.points}
              grain="hour"
              telling={{ unit: chosen.unit, currency }}
              isAdditive={chosen.numerator === undefined}
              height={150}
            />
          </div>
        )}
      </div>
    </section>
  );
}
