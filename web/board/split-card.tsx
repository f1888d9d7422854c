/** What is a number made of? Its parts by a dimension, the largest first, each with its change. */
import type { ReactNode } from 'react';
import { Link } from 'wouter';
import { type DictionaryKpi, type Series, useProductTitles } from '../data/queries.ts';
import { Empty } from '../parts/blank.tsx';
import { Card } from '../parts/card.tsx';
import { Change } from '../parts/change.tsx';
import { Choice } from '../parts/choice.tsx';
import { useCreator, useHref } from '../parts/creator.tsx';
import { DataTable, type TableColumn } from '../parts/data-table.tsx';
import { Loaded } from '../parts/loaded.tsx';
import { Name } from '../parts/name.tsx';
import { todayIn, useView } from '../view/use-view.ts';
import { daysOfView } from '../view/view.ts';
import { tellRange } from '../words/dates.ts';
import { tell } from '../words/numbers.ts';
import { noValue, tellValue } from '../words/values.ts';
import { hasRows } from './has-rows.ts';
import { useSplit } from './use-board.ts';

const named: Record<string, string> = {
  product: 'Product',
  channel: 'Channel',
  category: 'Category',
  carrier: 'Carrier',
  region: 'Region',
  source: 'Source',
  failure: 'Failure',
};

/** A part's size beside the largest one. */
function Bar({ value, most }: { value: number | null; most: number }) {
  const share = most > 0 && value !== null ? Math.max(0, value / most) : 0;
  return (
    <div aria-hidden className="h-1.5 min-w-16 overflow-hidden rounded-full bg-line">
      <div className="h-full rounded-full bg-chart" style={{ inlineSize: `${100 * share}%` }} />
    </div>
  );
}

/** The parts as a table; of a single day each leads to the rows behind it. */
function Parts({ kpi, by, parts }: { kpi: DictionaryKpi; by: string; parts: Series[] }) {
  const { creatorId, currency, timeZone } = useCreator();
  const { view } = useView();
  const href = useHref();
  const { from, to } = daysOfView(view, todayIn(timeZone));
  const values = by === 'product' ? parts.flatMap(({ value, isOther }) => (value && !isOther ? [value] : [])) : [];
  const titles = useProductTitles(creatorId, values);
  const most = Math.max(0, ...parts.map(({ total }) => total ?? 0));
  if (parts.length === 0) return <Empty title="Nothing in this range" />;
  const nameOf = ({ value = '', isOther }: Series): ReactNode => {
    if (isOther) return <span className="text-soft">all others</span>;
    const name = <Name text={tellValue(by, value, titles)} />;
    if (from !== to || !hasRows(kpi) || value === noValue) return name;
    return <Link href={href('rows', { kpi: kpi.name, day: from, by, value })}>{name}</Link>;
  };
  const changed: TableColumn<Series> = {
    title: 'Change',
    isNumber: true,
    cell: ({ compare }) =>
      compare && <Change change={compare.change} better={kpi.better} than={tellRange(compare.from, compare.to)} />,
  };
  return (
    <DataTable
      caption={`${kpi.title} by ${by}`}
      rows={parts}
      keyOf={({ value, isOther }) => (isOther ? 'beyond the top' : `value ${value}`)}
      columns={[
        { title: named[by] ?? by, cell: nameOf },
        { title: <span className="sr-only">Size</span>, isWide: true, cell: ({ total }) => <Bar value={total} most={most} /> },
        { title: kpi.title, isNumber: true, cell: ({ total, unit }) => tell(total, { unit, currency }) },
        ...(view.compare === 'none' ? [] : [changed]),
      ]}
    />
  );
}

export interface SplitCardProps {
  kpi: DictionaryKpi;
  /** Of the KPI's own dimensions, those offered, the first unasked. */
  dimensions: readonly string[];
}

/** A part of its own for each number and dimension: what was there of another is never shown under this title. */
function Split({ kpi, by }: { kpi: DictionaryKpi; by: string }) {
  return (
    <Loaded query={useSplit(kpi.name, by)} shape="h-64">
      {({ series }) => <Parts kpi={kpi} by={by} parts={series.filter(({ dimension }) => dimension === by)} />}
    </Loaded>
  );
}

export function SplitCard({ kpi, dimensions }: SplitCardProps) {
  const { view, change } = useView();
  const offered = dimensions.filter((name) => kpi.dimensions.includes(name));
  const by = view.by && offered.includes(view.by) ? view.by : offered[0];
  if (!by) return null;
  return (
    <Card
      title={`${kpi.title} by ${(named[by] ?? by).toLowerCase()}`}
      aside={
        offered.length > 1 && (
          <div className="print:hidden">
            <Choice
              label="Split by"
              value={by}
              options={offered.map((name) => [name, `By ${(named[name] ?? name).toLowerCase()}`])}
              onChange={(name) => change({ by: name })}
            />
          </div>
        )
      }
    >
      <Split key={`${kpi.name} ${by}`} kpi={kpi} by={by} />
    </Card>
  );
}
