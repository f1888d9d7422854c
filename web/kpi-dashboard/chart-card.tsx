/** How did the chosen number run, and which point of it is worth a look? As a chart, or as a table of the same points. */

import { useState } from 'react';
import { Link, useLocation } from 'wouter';
import type { Grain } from '../../shared/kpis/grains.ts';
import { addDays } from '../../shared/time.ts';
import { withoutAhead } from '../charts/ahead.ts';
import { Legend } from '../charts/legend.tsx';
import { TimeChart } from '../charts/time-chart.tsx';
import { Button, buttonLook } from '../components/button.tsx';
import { Card } from '../components/card.tsx';
import { useCreator, useHref } from '../components/creator.tsx';
import { DataTable, type TableColumn } from '../components/data-table.tsx';
import { NumberMark } from '../components/number-mark.tsx';
import { useCalendarEntries } from '../data/calendar.ts';
import type { DictionaryKpi, Series } from '../data/queries.ts';
import { formatBucket, formatCovered, formatRange } from '../formatting/dates.ts';
import { formatNumber } from '../formatting/numbers.ts';
import { say } from '../formatting/say.ts';
import { nowIn, todayIn, useView } from '../view/use-view.ts';
import { daysOfView } from '../view/view.ts';
import { Annotations } from './annotations.tsx';
import { hasRows } from './has-rows.ts';
import { marksOf } from './marks.ts';
import { pairsOf } from './pairs.ts';
import { useSample } from './sample.ts';

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
  const { creatorId, currency, timeZone, calendar } = useCreator();
  const { data: kept } = useCalendarEntries(creatorId);
  const [asTable, setAsTable] = useState(isTable);
  const [path, navigate] = useLocation();
  const href = useHref();
  const { compare, unit } = series;
  const points = withoutAhead(series.points, nowIn(timeZone));
  const days = daysOfView(useView().view, todayIn(timeZone), calendar);
  const linkOf = usePointHref(kpi, grain, days.to);
  const hrefOf = (at: string) => linkOf(at, points[points.findIndex((point) => point.at === at) + 1]?.at);
  const marks = marksOf(kept?.entries ?? [], points);
  const format = { unit, currency };
  const formatSample = useSample(kpi.name);
  const then = pairsOf(points, compare?.points ?? [], grain);
  const isCompared = then.some((point) => point !== undefined);
  const canOpen = hrefOf(points[0]?.at ?? '') !== undefined;
  const open = (at: string): void => {
    const target = hrefOf(at);
    if (target) navigate(target);
  };
  const rows = points.map((point, i) => ({ ...point, before: then[i] })).toReversed();
  const beforeColumn: TableColumn<(typeof rows)[number]> = {
    title: say('table.before'),
    isNumber: true,
    cell: ({ before }) =>
      before && (
        <>
          {formatNumber(before.value, format)}{' '}
          <span className="text-xs text-soft max-sm:hidden">{formatBucket(before.at, grain)}</span>
        </>
      ),
  };
  return (
    <Card
      title={isTable ? say(`chart.by.${grain}`, { title: kpi.title }) : kpi.title}
      aside={
        <span className="flex items-center gap-1 print:hidden">
          <Button look="quiet" aria-pressed={asTable} onClick={() => setAsTable(!asTable)}>
            {say(asTable ? 'chart.asChart' : 'chart.asTable')}
          </Button>
          {!path.includes('/kpi/') && (
            <Link href={href(`kpi/${kpi.name}`)} className={buttonLook('quiet')}>
              {say('chart.inDetail')}
            </Link>
          )}
        </span>
      }
    >
      {compare && isCompared && !asTable && (
        <p className="mb-2 flex flex-wrap gap-x-4 text-sm text-soft">
          <Legend now={formatRange(days.from, days.to)} before={formatCovered(compare)} />
        </p>
      )}
      {asTable ? (
        <DataTable
          caption={say(`chart.by.${grain}`, { title: kpi.title })}
          rows={rows}
          keyOf={({ at }) => at}
          columns={[
            {
              title: say(grain === 'total' ? 'table.day' : `table.${grain}`),
              cell: ({ at, to, isCut, state }) => (
                <span className="flex flex-wrap items-center gap-x-2">
                  {formatBucket(at, grain, { to, isCut })}
                  <NumberMark state={state} />
                </span>
              ),
            },
            {
              title: kpi.title,
              isNumber: true,
              cell: ({ at, value, noData, isAhead }) => {
                const target = hrefOf(at);
                const text = noData ? say('chart.noData') : isAhead ? say('chart.notYet') : formatNumber(value, format);
                return target && !isAhead ? (
                  <Link href={target} className="font-medium text-accent underline-offset-2 hover:underline">
                    {text}
                  </Link>
                ) : (
                  text
                );
              },
            },
            ...(isCompared ? [beforeColumn] : []),
          ]}
        />
      ) : (
        <TimeChart
          title={kpi.title}
          points={points}
          then={then}
          grain={grain}
          format={format}
          isAdditive={kpi.isAdditive}
          formatSample={formatSample}
          marks={marks.map(({ number, entry, first, last }) => ({ number, title: entry.title, first, last }))}
          onPick={canOpen ? open : undefined}
          height={height}
        />
      )}
      {!asTable && <Annotations marks={marks} day={points.at(-1)?.at.slice(0, 10) ?? ''} />}
    </Card>
  );
}
