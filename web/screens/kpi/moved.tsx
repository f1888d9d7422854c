/** Why did the number change? Its parts that moved most, of each kind; all of a kind add up to the change. */
import { useQuery } from '@tanstack/react-query';
import type { MoversAnswer } from '../../../shared/api/movers.ts';
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Name } from '../../components/name.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import { type DictionaryKpi, useProductTitles } from '../../data/queries.ts';
import { formatCovered } from '../../formatting/dates.ts';
import { formatNumber, type Unit } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension, formatValue } from '../../formatting/values.ts';
import { todayIn, useView } from '../../view/use-view.ts';
import { comparisonOf, daysOfView } from '../../view/view.ts';

type Kind = MoversAnswer['dimensions'][number];
type Row = Kind['rows'][number] & { isRest?: true };

function useMoved(kpi: DictionaryKpi) {
  const { creatorId, timeZone, calendar } = useCreator();
  const { view } = useView();
  const api = useApi();
  const path = ofCreator(creatorId, '/movers');
  // Days chosen by hand have parts of their own in the split; here it is the period before.
  const compare = view.compare === 'none' || view.compare === 'custom' ? 'previous' : view.compare;
  const question = {
    name: kpi.name,
    ...daysOfView(view, todayIn(timeZone), calendar),
    ...comparisonOf({ ...view, compare }),
    refundsBy: view.refundsBy,
  };
  return useQuery({
    queryKey: [path, question],
    queryFn: ({ signal }) => api.get<MoversAnswer>(path, question, signal),
    staleTime: 60_000,
  });
}

function Parts({ kind: { dimension, rows, rest }, unit }: { kind: Kind; unit: Unit }) {
  const { creatorId, currency } = useCreator();
  const titles = useProductTitles(creatorId, dimension === 'product' ? rows.map(({ value }) => value) : []);
  const number = (value: number) => formatNumber(value, { unit, currency });
  const all: Row[] = [...rows, ...(rest.values > 0 ? [{ ...rest, value: '', isRest: true as const }] : [])];
  const nameOf = ({ value, isRest }: Row) =>
    isRest ? say('moved.rest', { count: rest.values }) : formatValue(dimension, value, titles);
  return (
    <DataTable
      caption={`${say('moved.title')}: ${formatDimension(dimension)}`}
      rows={all.filter(({ change }) => change !== 0)}
      keyOf={({ value, isRest }) => (isRest ? 'the rest' : `value ${value}`)}
      columns={[
        { title: formatDimension(dimension), cell: (row) => <Name text={nameOf(row)} /> },
        {
          title: say('moved.change'),
          isNumber: true,
          cell: ({ change }) => <span dir="ltr">{`${change > 0 ? '+' : ''}${number(change)}`}</span>,
        },
      ]}
    />
  );
}

export function Moved({ kpi }: { kpi: DictionaryKpi }) {
  const { currency } = useCreator();
  const moved = useMoved(kpi);
  const unit = kpi.unit as Unit;
  return (
    <Card title={say('moved.title')}>
      <Loaded query={moved} shape="h-40">
        {({ from, to, until, against, change, dimensions }) => {
          const kinds = dimensions.filter(({ rows }) => rows.some((row) => row.change !== 0));
          if (kinds.length === 0) return <Empty title={say('moved.none')} />;
          const signed = `${change > 0 ? '+' : ''}${formatNumber(change, { unit, currency })}`;
          return (
            <div className="grid grid-cols-1 gap-4">
              <p className="text-sm text-soft">
                {say('moved.about', { days: formatCovered({ from, to, until }), range: formatCovered(against), change: signed })}
              </p>
              <div className="grid grid-cols-1 gap-5 lg:grid-cols-2">
                {kinds.map((kind) => (
                  <Parts key={kind.dimension} kind={kind} unit={unit} />
                ))}
              </div>
            </div>
          );
        }}
      </Loaded>
    </Card>
  );
}
