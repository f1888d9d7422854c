/** How do the most important numbers stand, over the range that was chosen? The last 30 days come with the first answer; others are asked for. */
import { headline } from '../../../shared/kpis/headline.ts';
import { useCreator } from '../../components/creator.tsx';
import { Notice } from '../../components/notice.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import type { DashboardAnswer, KpisAnswer } from '../../data/queries.ts';
import { formatCovered, formatRange } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import { KpiCard } from '../../kpi-dashboard/kpi-card.tsx';
import { QueryState } from '../../kpi-dashboard/query-state.tsx';
import { RangeControls } from '../../kpi-dashboard/range-controls.tsx';
import { RangeWords } from '../../kpi-dashboard/range-words.tsx';
import { SavedViewsButton } from '../../kpi-dashboard/saved-views-button.tsx';
import { useKpiDashboard } from '../../kpi-dashboard/use-kpi-dashboard.ts';
import { presets } from '../../view/presets.ts';
import { todayIn, useView } from '../../view/use-view.ts';
import { daysOfView, isUsual } from '../../view/view.ts';

const grid = 'grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-4';

/** The numbers of another range than the usual. */
function ChosenRange() {
  const { asked, answer } = useKpiDashboard(headline);
  const aboutOf = (name: string) => asked.kpis.find((kpi) => kpi.name === name);
  return (
    <QueryState answer={answer} shape={<Skeleton className="h-80" />}>
      {(data: KpisAnswer) => (
        <div className={grid}>
          {data.series.map((series) => (
            <KpiCard
              key={series.name}
              series={series}
              title={aboutOf(series.name)?.title ?? series.name}
              better={aboutOf(series.name)?.better ?? 'neither'}
              freshness={data}
            />
          ))}
        </div>
      )}
    </QueryState>
  );
}

export function Headline({ dashboard }: { dashboard: DashboardAnswer }) {
  const { timeZone, calendar } = useCreator();
  const { view, problems } = useView();
  const days = daysOfView(view, todayIn(timeZone), calendar);
  const compare = dashboard.headline[0]?.compare;
  return (
    <section aria-labelledby="headline" className="grid gap-3">
      <div className="flex flex-wrap items-end justify-between gap-x-6 gap-y-3">
        <div>
          <h2 id="headline" className="text-base font-semibold">
            {typeof view.range === 'string' ? say(presets[view.range].title) : formatRange(view.range.from, view.range.to)}
          </h2>
          <RangeWords days={days} />
          {isUsual(view) && compare && (
            <p className="text-sm text-soft print:hidden">{say('range.against', { against: formatCovered(compare) })}</p>
          )}
        </div>
        <div className="grid grid-cols-2 gap-2 max-sm:w-full sm:flex sm:flex-wrap print:hidden">
          <RangeControls days={days} />
          <SavedViewsButton />
        </div>
      </div>
      {problems.length > 0 && <Notice tone="warn">{say('head.problems', { problems: problems.join('; ') })}</Notice>}
      {isUsual(view) ? (
        <div className={grid}>
          {dashboard.headline.map((series) => (
            <KpiCard key={series.name} series={series} title={series.title} better={series.better} freshness={dashboard} />
          ))}
        </div>
      ) : (
        <ChosenRange />
      )}
    </section>
  );
}
