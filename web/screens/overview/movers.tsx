/** What moved, and by how much? The parts of net sales that differ most from what the range is compared with. */

import { movers } from '../../../shared/kpis/kpi-dashboards.ts';
import { Card } from '../../components/card.tsx';
import { Change } from '../../components/change.tsx';
import { useCreator } from '../../components/creator.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Failure } from '../../components/failure.tsx';
import { Name } from '../../components/name.tsx';
import { Empty, Skeleton } from '../../components/skeleton.tsx';
import { type DashboardAnswer, type Series, type Sign, useKpis, useProductTitles } from '../../data/queries.ts';
import { formatRange } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension, formatValue } from '../../formatting/values.ts';
import { todayIn, useView } from '../../view/use-view.ts';
import { comparisonOf, daysOfView, isUsual, type View } from '../../view/view.ts';

const shown = 7;
/** So many parts are looked at, the largest of the range: one that sold out of sight behind them is not told. */
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

/** While the headline of the same days stays as it is, so do the parts of its sum; one that moved to another part shows after so long (ms). */
const seldom = 300_000;

/** What tells that parts moved; nothing where the headline is of other days. */
function signOf(view: View, { headline }: DashboardAnswer): Sign | undefined {
  const whole = isUsual(view) && headline.find(({ name }) => name === movers.name);
  if (!whole) return undefined;
  const days = [...whole.points, ...(whole.compare?.points ?? [])];
  return { of: days.map(({ at, value }) => `${at} ${value}`).join(), every: seldom };
}

function useMovers(dimension: string, dashboard: DashboardAnswer) {
  const { creatorId, timeZone, calendar } = useCreator();
  const { view } = useView();
  // Without a comparison nothing moves: then it is the period before.
  const compare = view.compare === 'none' ? 'previous' : view.compare;
  const query = {
    names: movers.name,
    ...daysOfView(view, todayIn(timeZone), calendar),
    grain: 'total',
    by: dimension,
    top: looked,
    ...comparisonOf({ ...view, compare }),
  };
  return useKpis(creatorId, query, signOf(view, dashboard));
}

export function Movers({ dashboard }: { dashboard: DashboardAnswer }) {
  const { creatorId, currency } = useCreator();
  const [byProduct, byChannel] = [useMovers(movers.dimensions[0], dashboard), useMovers(movers.dimensions[1], dashboard)];
  const all = moversOf([...(byProduct.data?.series ?? []), ...(byChannel.data?.series ?? [])]).slice(0, shown);
  const titles = useProductTitles(
    creatorId,
    all.filter(({ dimension }) => dimension === 'product').map(({ value }) => value),
  );
  const isThere = byProduct.data !== undefined && byChannel.data !== undefined;
  const error = byProduct.error ?? byChannel.error;
  const retry = () => void Promise.all([byProduct.refetch(), byChannel.refetch()]);
  const answer = byProduct.data;
  const compare = answer?.series[0]?.compare;
  return (
    <Card
      title={say('movers.title')}
      aside={
        answer &&
        compare && (
          <p className="text-sm text-soft">
            {say('movers.about', { days: formatRange(answer.from, answer.to), range: formatRange(compare.from, compare.to) })}
          </p>
        )
      }
    >
      {!isThere && (error ? <Failure reason={error} retry={retry} /> : <Skeleton className="h-72" />)}
      {isThere && all.length === 0 && <Empty title={say('movers.none')}>{say('movers.noneWhy')}</Empty>}
      {isThere && all.length > 0 && (
        <DataTable
          caption={say('movers.caption')}
          rows={all}
          keyOf={({ dimension, value }) => `${dimension} ${value}`}
          columns={[
            {
              title: say('movers.what'),
              cell: ({ dimension, value }) => (
                <span className="grid">
                  <Name text={formatValue(dimension, value, titles)} />
                  <span className="text-xs text-soft">{formatDimension(dimension)}</span>
                </span>
              ),
            },
            {
              title: say('movers.by'),
              isNumber: true,
              cell: ({ by }) => <span dir="ltr">{`${by > 0 ? '+' : ''}${formatNumber(by, { unit: 'money', currency })}`}</span>,
            },
            {
              title: say('table.change'),
              isNumber: true,
              cell: ({ series: { compare: then } }) =>
                then && <Change compare={then} unit="money" better="up" than={formatRange(then.from, then.to)} />,
            },
          ]}
        />
      )}
    </Card>
  );
}
