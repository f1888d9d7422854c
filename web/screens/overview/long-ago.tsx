/** What does the overview of a shop show whose numbers are all old? Where they are, the way there, and the last thirty days of them. */
import { headline } from '../../../shared/kpis/headline.ts';
import { useCreator, useHref } from '../../components/creator.tsx';
import { DataLinks, formatDataDays } from '../../components/data-days.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Skeleton } from '../../components/skeleton.tsx';
import { type CreatorAnswer, useDictionary, useKpis } from '../../data/queries.ts';
import { formatRange } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import { KpiCard } from '../../kpi-dashboard/kpi-card.tsx';
import { newestDays } from '../../view/data-days.ts';
import type { Days } from '../../view/presets.ts';

function LastDays({ days }: { days: Days }) {
  const { creatorId } = useCreator();
  const dictionary = useDictionary();
  const { data } = useKpis(creatorId, { names: headline.join(), ...days, grain: 'day', compare: 'previous' });
  const compare = data?.series[0]?.compare;
  const range = formatRange(days.from, days.to);
  if (!data || dictionary.isPending) return <Skeleton className="h-80" />;
  return (
    <section aria-labelledby="newest">
      <div className="mb-3 flex flex-wrap items-baseline justify-between gap-2">
        <h2 id="newest" className="text-base font-semibold">
          {say('longAgo.newest')}
        </h2>
        <p className="text-sm text-soft">
          {compare ? say('overview.against', { range, before: formatRange(compare.from, compare.to) }) : range}
        </p>
      </div>
      <div className="grid grid-cols-2 gap-3 sm:gap-4 md:grid-cols-4">
        {data.series.map((series) => {
          const kpi = dictionary.data?.kpis.find(({ name }) => name === series.name);
          return (
            <KpiCard
              key={series.name}
              series={series}
              title={kpi?.title ?? series.name}
              better={kpi?.better ?? 'neither'}
              freshness={data}
              days={days}
            />
          );
        })}
      </div>
    </section>
  );
}

export function LongAgo({ days }: { days: CreatorAnswer }) {
  const href = useHref();
  const newest = newestDays(days);
  return (
    <>
      <div className="card flex flex-wrap items-center justify-between gap-4 rounded-card border border-line bg-card p-5 shadow-card">
        <div className="min-w-0">
          <PageTitle title={say('longAgo.title')} />
          <p className="mt-1 text-soft">{formatDataDays(days)}</p>
        </div>
        <DataLinks data={days} path={href('sales').split('?')[0] ?? ''} />
      </div>
      {newest && <LastDays days={newest} />}
    </>
  );
}
