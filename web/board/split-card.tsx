/** What is a number made of? Its parts by a dimension, the largest first, each with its change. */

import type { DictionaryKpi, Series } from '../data/queries.ts';
import { Empty, Skeleton } from '../parts/blank.tsx';
import { Card } from '../parts/card.tsx';
import { Change } from '../parts/change.tsx';
import { Choice } from '../parts/choice.tsx';
import { useCreator } from '../parts/creator.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Failure } from '../parts/failure.tsx';
import { Name } from '../parts/name.tsx';
import { useView } from '../view/use-view.ts';
import { tellRange } from '../words/dates.ts';
import { tell } from '../words/numbers.ts';
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

export interface SplitCardProps {
  kpi: DictionaryKpi;
  /** Of the KPI's own dimensions, those offered, the first unasked. */
  dimensions: readonly string[];
}

export function SplitCard({ kpi, dimensions }: SplitCardProps) {
  const { currency } = useCreator();
  const { view, change } = useView();
  const offered = dimensions.filter((name) => kpi.dimensions.includes(name));
  const by = view.by && offered.includes(view.by) ? view.by : offered[0];
  const { answer, titleOf } = useSplit(kpi.name, by);
  if (!by) return null;
  const rows = answer.data?.series.filter(({ dimension }) => dimension === by) ?? [];
  const most = Math.max(0, ...rows.map(({ total }) => total ?? 0));
  const keyOf = ({ value, isOther }: Series): string => (isOther ? 'beyond the top' : `value ${value}`);
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
      {answer.isPending && <Skeleton className="h-64" />}
      {answer.error && !answer.data && <Failure reason={answer.error} retry={() => void answer.refetch()} />}
      {answer.data && rows.length === 0 && <Empty title="Nothing in this range" />}
      {rows.length > 0 && (
        <DataTable
          caption={`${kpi.title} by ${by}`}
          rows={rows}
          keyOf={keyOf}
          columns={[
            {
              title: named[by] ?? by,
              cell: ({ value = '', isOther }) =>
                isOther ? <span className="text-soft">all others</span> : <Name text={titleOf(value)} />,
            },
            {
              title: <span className="sr-only">Size</span>,
              isWide: true,
              cell: ({ total }) => <Bar value={total} most={most} />,
            },
            { title: kpi.title, isNumber: true, cell: ({ total, unit }) => tell(total, { unit, currency }) },
            ...(view.compare === 'none'
              ? []
              : [
                  {
                    title: 'Change',
                    isNumber: true,
                    cell: ({ compare }: Series) =>
                      compare ? (
                        <Change change={compare.change} better={kpi.better} than={tellRange(compare.from, compare.to)} />
                      ) : null,
                  },
                ]),
          ]}
        />
      )}
    </Card>
  );
}
