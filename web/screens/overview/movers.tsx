/** What moved, and by how much? The parts of net sales whose last 30 days differ most from the 30 before. */

import { movers } from '../../../shared/kpis/boards.ts';
import { addDays } from '../../../shared/time.ts';
import { type Series, useKpis, useProductTitles } from '../../data/queries.ts';
import { Empty, Skeleton } from '../../parts/blank.tsx';
import { Card } from '../../parts/card.tsx';
import { Change } from '../../parts/change.tsx';
import { useCreator } from '../../parts/creator.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Name } from '../../parts/name.tsx';
import { todayIn } from '../../view/use-view.ts';
import { tellRange } from '../../words/dates.ts';
import { tell } from '../../words/numbers.ts';
import { tellValue } from '../../words/values.ts';

const shown = 7;
/** So many parts are looked at, the largest of the last 30 days: one that sold out of sight behind them is not told. */
const looked = 50;

interface Mover {
  dimension: string;
  value: string;
  by: number;
  series: Series;
}

/** The parts that moved, the largest movement first, up or down. */
export function moversOf(series: Series[]): Mover[] {
  return series
    .flatMap((each): Mover[] => {
      const { dimension, value, isOther, total, compare } = each;
      if (dimension === undefined || value === undefined || isOther || !compare) return [];
      const by = (total ?? 0) - (compare.total ?? 0);
      return by === 0 ? [] : [{ dimension, value, by, series: each }];
    })
    .sort((a, b) => Math.abs(b.by) - Math.abs(a.by));
}

function useMovers(dimension: string) {
  const { creatorId, timeZone } = useCreator();
  const today = todayIn(timeZone);
  return useKpis(creatorId, {
    names: movers.name,
    from: addDays(today, -30),
    to: addDays(today, -1),
    grain: 'total',
    by: dimension,
    top: looked,
    compare: 'previous',
  });
}

export function Movers() {
  const { creatorId, currency } = useCreator();
  const [byProduct, byChannel] = [useMovers(movers.dimensions[0]), useMovers(movers.dimensions[1])];
  const all = moversOf([...(byProduct.data?.series ?? []), ...(byChannel.data?.series ?? [])]).slice(0, shown);
  const titles = useProductTitles(
    creatorId,
    all.filter(({ dimension }) => dimension === 'product').map(({ value }) => value),
  );
  const isThere = byProduct.data !== undefined && byChannel.data !== undefined;
  const error = byProduct.error ?? byChannel.error;
  const retry = () => void Promise.all([byProduct.refetch(), byChannel.refetch()]);
  const compare = byProduct.data?.series[0]?.compare;
  return (
    <Card
      title="What moved"
      aside={
        compare && <p className="text-sm text-soft">net sales, last 30 days against {tellRange(compare.from, compare.to)}</p>
      }
    >
      {!isThere && (error ? <Failure reason={error} retry={retry} /> : <Skeleton className="h-72" />)}
      {isThere && all.length === 0 && (
        <Empty title="Nothing moved">No product or channel sold differently than in the 30 days before.</Empty>
      )}
      {isThere && all.length > 0 && (
        <DataTable
          caption="Products and channels whose net sales changed most"
          rows={all}
          keyOf={({ dimension, value }) => `${dimension} ${value}`}
          columns={[
            {
              title: 'Part',
              cell: ({ dimension, value }) => (
                <span className="grid">
                  <Name text={tellValue(dimension, value, titles)} />
                  <span className="text-xs text-soft">{dimension}</span>
                </span>
              ),
            },
            {
              title: 'Moved by',
              isNumber: true,
              cell: ({ by }) => `${by > 0 ? '+' : ''}${tell(by, { unit: 'money', currency })}`,
            },
            {
              title: 'Change',
              isNumber: true,
              cell: ({ series: { compare: then } }) =>
                then && <Change change={then.change} better="up" than={tellRange(then.from, then.to)} />,
            },
          ]}
        />
      )}
    </Card>
  );
}
