/** What is paid out, what is still to come and since when, and which orders were paid otherwise than expected? */
import type { PayoutsAnswer } from '../../../shared/api/payouts.ts';
import { Card } from '../../components/card.tsx';
import { Computed } from '../../components/computed.tsx';
import { useCreator } from '../../components/creator.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Figures } from '../../components/figures.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatDay } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';

type Bucket = PayoutsAnswer['buckets'][number];
type Waiting = PayoutsAnswer['oldest'][number];
type Differing = PayoutsAnswer['differing'][number];

const ofOrders = (count: number): string => say('rows.count', { count });
const daysOf = ({ fromDays, toDays }: Bucket): string =>
  toDays === null ? say('payouts.daysMore', { days: fromDays - 1 }) : say('payouts.days', { from: fromDays, to: toDays });

function Sums({ settled, expected, waiting, short, payoutGap }: PayoutsAnswer) {
  const { currency } = useCreator();
  const money = (amount: number | null) => formatNumber(amount, { unit: 'money', currency });
  return (
    <Figures
      figures={[
        { title: say('payouts.settled'), value: money(settled.amount), note: ofOrders(settled.orders) },
        { title: say('payouts.expected'), value: money(expected.amount), note: ofOrders(expected.orders) },
        { title: say('payouts.short'), value: money(short.amount), note: ofOrders(short.orders), isBad: short.amount < 0 },
        {
          title: say('payouts.gap'),
          value: money(payoutGap),
          note: say('payouts.gapNote', { orders: ofOrders(waiting.orders) }),
        },
      ]}
    />
  );
}

/** What keeps the sums from being the last word, each in a sentence. */
function Notes({ statements, residual, unknownOrders, shortRefunded, twice, reasons }: PayoutsAnswer) {
  const { currency } = useCreator();
  const money = (amount: number) => formatNumber(amount, { unit: 'money', currency });
  const lines = [
    ...(reasons.includes('no_statements') ? [say('payouts.noStatements')] : []),
    ...(reasons.includes('no_deliveries') ? [say('payouts.noDeliveries')] : []),
    ...(reasons.includes('expected_from_sales') ? [say('payouts.fromSales')] : []),
    ...(shortRefunded.orders
      ? [say('payouts.shortRefunded', { orders: ofOrders(shortRefunded.orders), amount: money(shortRefunded.amount) })]
      : []),
    ...(twice.orders ? [say('payouts.twice', { orders: ofOrders(twice.orders), amount: money(twice.amount) })] : []),
    ...(unknownOrders.statements
      ? [say('payouts.unknown', { count: unknownOrders.statements, amount: money(unknownOrders.amount) })]
      : []),
    ...(statements.statements
      ? [say('payouts.residual', { count: residual.statements, of: statements.statements, amount: money(residual.amount) })]
      : []),
  ];
  return (
    <ul className="grid grid-cols-1 gap-1 text-sm text-soft">
      {lines.map((line) => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  );
}

function Ages({ buckets }: { buckets: Bucket[] }) {
  const { currency } = useCreator();
  return (
    <DataTable
      caption={say('payouts.ages')}
      rows={buckets}
      keyOf={({ fromDays }) => String(fromDays)}
      columns={[
        { title: say('payouts.since'), cell: daysOf },
        { title: say('profit.orders'), isNumber: true, cell: ({ orders }) => formatNumber(orders, { unit: 'count', currency }) },
        {
          title: say('payouts.expected'),
          isNumber: true,
          cell: ({ amount }) => formatNumber(amount, { unit: 'money', currency }),
        },
      ]}
    />
  );
}

/** The oldest and the largest, each once. */
function WaitingOrders({ oldest, largest }: PayoutsAnswer) {
  const { currency } = useCreator();
  const rows = [...new Map([...oldest, ...largest].map((order) => [order.orderId, order])).values()];
  if (rows.length === 0) return null;
  return (
    <SearchTable<Waiting>
      caption={say('payouts.oldest')}
      rows={rows}
      keyOf={({ orderId }) => orderId}
      textOf={({ orderId }) => orderId}
      sorting={{ column: 2, isDown: true }}
      columns={[
        { title: say('rows.order'), cell: ({ orderId }) => <Name text={orderId} />, sortBy: ({ orderId }) => orderId },
        {
          title: say('payouts.delivered'),
          isWide: true,
          cell: ({ deliveredOn }) => formatDay(deliveredOn),
          sortBy: ({ deliveredOn }) => deliveredOn,
        },
        {
          title: say('payouts.waited'),
          isNumber: true,
          cell: ({ days }) => formatNumber(days, { unit: 'count', currency }),
          sortBy: ({ days }) => days,
        },
        {
          title: say('payouts.expected'),
          isNumber: true,
          cell: ({ expected }) => formatNumber(expected, { unit: 'money', currency }),
          sortBy: ({ expected }) => expected,
        },
      ]}
    />
  );
}

function DifferingOrders({ rows }: { rows: Differing[] }) {
  const { currency } = useCreator();
  const money = (amount: number) => formatNumber(amount, { unit: 'money', currency });
  if (rows.length === 0) return null;
  return (
    <SearchTable<Differing>
      caption={say('payouts.differing')}
      rows={rows}
      keyOf={({ orderId }) => orderId}
      textOf={({ orderId }) => orderId}
      sorting={{ column: 3, isDown: false }}
      columns={[
        {
          title: say('rows.order'),
          cell: ({ orderId, isTwice }) => <Name text={isTwice ? say('payouts.orderTwice', { order: orderId }) : orderId} />,
          sortBy: ({ orderId }) => orderId,
        },
        {
          title: say('payouts.expected'),
          isNumber: true,
          isWide: true,
          cell: ({ expected }) => money(expected),
          sortBy: ({ expected }) => expected,
        },
        {
          title: say('payouts.settled'),
          isNumber: true,
          cell: ({ settled }) => money(settled),
          sortBy: ({ settled }) => settled,
        },
        {
          title: say('payouts.difference'),
          isNumber: true,
          cell: ({ difference }) => <span className={difference < 0 ? 'text-bad' : ''}>{money(difference)}</span>,
          sortBy: ({ difference }) => difference,
        },
      ]}
    />
  );
}

function Numbers({ answer }: { answer: PayoutsAnswer }) {
  if (answer.reasons.includes('not_computed')) return <Empty title={say('payouts.notComputed')} />;
  if (answer.reasons.includes('no_orders') && answer.statements.statements === 0)
    return <Empty title={say('payouts.none')}>{say('payouts.noneHow')}</Empty>;
  return (
    <div className="grid grid-cols-1 gap-5">
      {answer.from && <p className="text-sm text-soft">{say('payouts.of', { day: formatDay(answer.from) })}</p>}
      <Sums {...answer} />
      <Notes {...answer} />
      <h3 className="font-semibold">{say('payouts.ages')}</h3>
      <Ages buckets={answer.buckets} />
      <WaitingOrders {...answer} />
      {answer.differing.length > 0 && <h3 className="font-semibold">{say('payouts.differing')}</h3>}
      <DifferingOrders rows={answer.differing} />
      <Computed {...answer} />
    </div>
  );
}

export function Payouts() {
  const payouts = useComputed<PayoutsAnswer>('/payouts');
  return (
    <Card title={say('payouts.title')}>
      <Loaded query={payouts} shape="h-60">
        {(answer) => <Numbers answer={answer} />}
      </Loaded>
    </Card>
  );
}
