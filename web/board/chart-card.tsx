/** How did the chosen number run, and which point of it is worth a look? As a chart, or as a table of the same points. */
import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import { addDays } from '../../shared/time.ts';
import { TimeChart } from '../charts/time-chart.tsx';
import type { DictionaryKpi, Series } from '../data/queries.ts';
import { Button, buttonLook } from '../parts/button.tsx';
import { Card } from '../parts/card.tsx';
import { useCreator, useHref } from '../parts/creator.tsx';
import { DataTable, type TableColumn } from '../parts/data-table.tsx';
import { NumberMark } from '../parts/number-mark.tsx';
import { todayIn, useView } from '../view/use-view.ts';
import { daysOfView } from '../view/view.ts';
import { type Grain, tellBucket, tellRange } from '../words/dates.ts';
import { tell } from '../words/numbers.ts';
import { hasRows } from './has-rows.ts';
import { pairsOf } from './pairs.ts';

export interface ChartCardProps {
  series: Series;
  kpi: DictionaryKpi;
  grain: Grain;
  isTable?: boolean;
  height?: number;
}

/** Where a point leads: of a day to its rows, of a week or month to its days; an hour is kept without its rows. */
function usePointHref(
  kpi: DictionaryKpi,
  grain: Grain,
  last: string,
): (at: string, next: string | undefined) => string | undefined {
  const href = useHref();
  return (at, next) => {
    if (!hasRows(kpi) || grain === 'hour') return undefined;
    if (grain === 'day') return href('rows', { kpi: kpi.name, day: at });
    return href(`kpi/${kpi.name}`, { from: at, to: next ? addDays(next, -1) : last, grain: 'day' });
  };
}

export function ChartCard({ series, kpi, grain, isTable = false, height = 260 }: ChartCardProps) {
  const { currency, timeZone } = useCreator();
  const [asTable, setAsTable] = useState(isTable);
  const [path, navigate] = useLocation();
  const href = useHref();
  const { points, compare, unit } = series;
  const linkOf = usePointHref(kpi, grain, daysOfView(useView().view, todayIn(timeZone)).to);
  const hrefOf = (at: string) => linkOf(at, points[points.findIndex((point) => point.at === at) + 1]?.at);
  const telling = { unit, currency };
  const then = pairsOf(points, compare?.points ?? [], grain);
  const isCompared = then.some((point) => point !== undefined);
  const canOpen = hrefOf(points[0]?.at ?? '') !== undefined;
  const open = (at: string): void => {
    const target = hrefOf(at);
    if (target) navigate(target);
  };
  const rows = points.map((point, i) => ({ ...point, before: then[i] })).toReversed();
  const beforeColumn: TableColumn<(typeof rows)[number]> = {
    title: 'Before',
    isNumber: true,
    cell: ({ before }) =>
      before && (
        <>
          {tell(before.value, telling)} <span className="text-xs text-soft max-sm:hidden">{tellBucket(before.at, grain)}</span>
        </>
      ),
  };
  return (
    <Card
      title={isTable ? `${kpi.title} by ${grain}` : kpi.title}
      aside={
        <span className="flex items-center gap-1 print:hidden">
          <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {asTable ? 'Show as chart' : 'Show as table'}
          </Button>
          {!path.includes('/kpi/') && (
            <Link href={href(`kpi/${kpi.name}`)} className={buttonLook('quiet')}>
              In detail
            </Link>
          )}
        </span>
      }
    >
      {compare && isCompared && !asTable && (
        <p className="mb-2 flex flex-wrap gap-x-4 text-sm text-soft">
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="h-2.5 w-2.5 rounded-sm bg-chart" /> this range
          </span>
          <span className="flex items-center gap-1.5">
            <span aria-hidden className="h-0 w-4 border-t-2 border-dashed border-chart-then" />{' '}
            {tellRange(compare.from, compare.to)}
          </span>
        </p>
      )}
      {asTable ? (
        <DataTable
          caption={`${kpi.title} by ${grain}`}
          rows={rows}
          keyOf={({ at }) => at}
          columns={[
            {
              title: grain === 'hour' ? 'Hour' : grain === 'day' ? 'Day' : grain === 'week' ? 'Week' : 'Month',
              cell: ({ at }) => tellBucket(at, grain),
            },
            {
              title: kpi.title,
              isNumber: true,
              cell: ({ at, value }) => {
                const target = hrefOf(at);
                const text = tell(value, telling);
                return target ? (
                  <Link href={target} className="font-medium text-accent underline-offset-2 hover:underline">
                    {text}
                  </Link>
                ) : (
                  text
                );
              },
            },
            ...(isCompared ? [beforeColumn] : []),
            { title: <span className="sr-only">State</span>, cell: ({ state }) => <NumberMark state={state} /> },
          ]}
        />
      ) : (
        <TimeChart
          title={kpi.title}
          points={points}
          then={then}
          grain={grain}
          telling={telling}
          isAdditive={kpi.isAdditive}
          onPick={canOpen ? open : undefined}
          height={height}
        />
      )}
    </Card>
  );
}
