/** What do parcels cost by carrier and region, who keeps the promise, and what would another carrier have saved? */
import type { ShippingAnswer } from '../../../shared/api/shipping.ts';
import { Card } from '../../components/card.tsx';
import { Computed } from '../../components/computed.tsx';
import { useCreator } from '../../components/creator.tsx';
import type { TableColumn } from '../../components/data-table.tsx';
import { Figures } from '../../components/figures.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension } from '../../formatting/values.ts';
import { useDays } from '../../view/use-days.ts';

type Carrier = ShippingAnswer['carriers'][number];
type Region = ShippingAnswer['regions'][number];

const count = (n: number): string => formatNumber(n, { unit: 'count', currency: '' });
/** A figure with how many it is of. */
const ofMany = (figure: string, n: number) => (
  <span className="grid justify-items-end">
    <span>{figure}</span>
    <span className="text-xs text-soft">{say('parcels.ofMany', { n: count(n) })}</span>
  </span>
);
const nameOf = (name: string): string => (name === '' ? say('profit.unnamed') : name);
const reasonOf = ({ reason, isOther }: Region): string =>
  isOther ? say('parcels.reason.no_region') : reason ? say(`parcels.reason.${reason}`) : '';

function useWords() {
  const { currency } = useCreator();
  const money = (amount: number | null) => formatNumber(amount, { unit: 'money', currency });
  const ratio = (share: number | null) => formatNumber(share, { unit: 'ratio', currency, isShort: true });
  return { money, ratio };
}

type Counted = Pick<Carrier & Region, 'parcels' | 'meanCost' | 'costed'>;

const parcelsColumn = (): TableColumn<Counted> => ({
  title: say('parcels.parcels'),
  isWide: true,
  isNumber: true,
  cell: ({ parcels }) => count(parcels),
  sortBy: ({ parcels }) => parcels,
});
const costColumn = (money: (amount: number | null) => string): TableColumn<Counted> => ({
  title: say('parcels.meanCost'),
  isNumber: true,
  cell: ({ meanCost, costed }) => ofMany(money(meanCost), costed),
  sortBy: ({ meanCost }) => meanCost,
});

function Carriers({ rows }: { rows: Carrier[] }) {
  const { money, ratio } = useWords();
  return (
    <SearchTable<Carrier>
      caption={say('parcels.carriers')}
      rows={rows}
      keyOf={({ carrier }) => `carrier ${carrier}`}
      textOf={({ carrier }) => nameOf(carrier)}
      sorting={{ column: 1, isDown: true }}
      columns={[
        {
          title: formatDimension('carrier'),
          cell: ({ carrier }) => <Name text={nameOf(carrier)} />,
          sortBy: ({ carrier }) => nameOf(carrier),
        },
        parcelsColumn(),
        costColumn(money),
        {
          title: say('parcels.onTime'),
          isNumber: true,
          cell: ({ onTimeShare, due }) => ofMany(ratio(onTimeShare), due),
          sortBy: ({ onTimeShare }) => onTimeShare,
        },
      ]}
    />
  );
}

function Regions({ rows }: { rows: Region[] }) {
  const { money } = useWords();
  const titleOf = ({ region, isOther }: Region): string => (isOther ? say('value.others') : nameOf(region));
  return (
    <SearchTable<Region>
      caption={say('parcels.regions')}
      rows={rows}
      keyOf={({ region, isOther }) => (isOther ? 'beyond the list' : `region ${region}`)}
      textOf={titleOf}
      sorting={{ column: 1, isDown: true }}
      columns={[
        { title: formatDimension('region'), cell: (row) => <Name text={titleOf(row)} />, sortBy: titleOf },
        parcelsColumn(),
        { ...costColumn(money), isWide: true },
        {
          title: say('parcels.cheapest'),
          cell: (row) =>
            row.cheapest === null ? <span className="text-soft">{reasonOf(row)}</span> : <Name text={row.cheapest} />,
        },
        {
          title: say('parcels.saving'),
          isNumber: true,
          cell: ({ saving, savingParcels }) => (saving === null ? money(null) : ofMany(money(saving), savingParcels)),
          sortBy: ({ saving }) => saving,
        },
      ]}
    />
  );
}

/** What keeps the figures from being the last word. */
function Notes({ reasons, costed, parcels }: ShippingAnswer) {
  const lines = [
    ...(reasons.includes('no_costs') ? [say('parcels.noCosts')] : []),
    ...(reasons.includes('some_costs_missing') ? [say('parcels.someCosts', { known: costed, of: parcels })] : []),
    ...(reasons.includes('no_promises') ? [say('parcels.noPromises')] : []),
    ...(reasons.includes('no_regions') ? [say('parcels.noRegions')] : []),
    say('parcels.how'),
  ];
  return (
    <ul className="grid grid-cols-1 gap-1 text-sm text-soft">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Numbers({ answer }: { answer: ShippingAnswer }) {
  const { money, ratio } = useWords();
  const { reasons, parcels, cost, costed, meanCost, onTimeShare, due, saving, savingParcels } = answer;
  if (reasons.includes('not_computed')) return <Empty title={say('parcels.notComputed')} />;
  if (reasons.includes('no_parcels')) return <Empty title={say('parcels.none')}>{say('parcels.noneHow')}</Empty>;
  const of = (n: number): string => say('parcels.count', { count: n });
  return (
    <div className="grid grid-cols-1 gap-5">
      <Figures
        figures={[
          { title: say('parcels.meanCost'), value: money(meanCost), note: of(costed) },
          { title: say('parcels.cost'), value: money(costed === 0 ? null : cost), note: of(parcels) },
          { title: say('parcels.onTime'), value: ratio(onTimeShare), note: of(due) },
          { title: say('parcels.saving'), value: money(saving), note: of(savingParcels) },
        ]}
      />
      <Notes {...answer} />
      <Carriers rows={answer.carriers} />
      <h3 className="font-semibold">{say('parcels.regions')}</h3>
      <Regions rows={answer.regions} />
      <Computed {...answer} />
    </div>
  );
}

export function Parcels() {
  const { from, to } = useDays();
  const shipping = useComputed<ShippingAnswer>('/shipping', { from, to, top: 100 });
  return (
    <Card title={say('parcels.title')}>
      <Loaded query={shipping} shape="h-60">
        {(answer) => <Numbers answer={answer} />}
      </Loaded>
    </Card>
  );
}
