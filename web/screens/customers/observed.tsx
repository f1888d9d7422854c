/** What did buyers do so far: who is new, who came back, what did a buyer bring, month by month? */
import type { CustomersAnswer } from '../../../shared/api/customers.ts';
import { Card } from '../../components/card.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { Figures } from '../../components/figures.tsx';
import { formatBucket } from '../../formatting/dates.ts';
import { none } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { useWords } from './words.ts';

type Window = CustomersAnswer['windows'][number];
type Month = CustomersAnswer['months'][number];

const monthsShown = 13;

export function Observed({
  answer: { windows, newBuyers, newBuyersBefore, repeaters, repeatShare, buyers },
}: {
  answer: CustomersAnswer;
}) {
  const { count, money, share } = useWords();
  return (
    <Card title={say('customers.observed')}>
      <Figures
        figures={[
          {
            title: say('customers.new'),
            value: count(newBuyers),
            note: say('customers.newBefore', { before: count(newBuyersBefore) }),
          },
          {
            title: say('customers.repeatShare'),
            value: share(repeatShare),
            note: say('customers.someOf', { some: count(repeaters), all: count(buyers) }),
          },
          ...windows.map(({ days, netSales, valued, interval }) => ({
            title: say('customers.value', { days }),
            value: money(netSales),
            note: [
              valued ? say('customers.ofBuyers', { n: valued }) : say('customers.nobodyOld', { days }),
              ...(interval ? [say('customers.between', { lower: money(interval.lower), upper: money(interval.upper) })] : []),
            ].join(' '),
          })),
        ]}
      />
    </Card>
  );
}

export function ComeBack({ answer: { windows, isAtMost } }: { answer: CustomersAnswer }) {
  const { count, money, share } = useWords();
  return (
    <Card title={say('customers.comeBack')}>
      <DataTable<Window>
        caption={say('customers.comeBack')}
        rows={windows}
        keyOf={({ days }) => String(days)}
        columns={[
          { title: say('customers.afterDays'), cell: ({ days }) => say('customers.inDays', { days }) },
          { title: say('customers.boughtAgain'), isNumber: true, cell: ({ repeatShare }) => share(repeatShare) },
          {
            title: say('customers.ofKnown'),
            isNumber: true,
            cell: ({ repeated, known }) => (known ? say('customers.someOf', { some: count(repeated), all: count(known) }) : none),
          },
          {
            title: say('customers.brought'),
            isNumber: true,
            isWide: true,
            cell: ({ netSales, valued }) => (
              <>
                {money(netSales)}{' '}
                {valued > 0 && <span className="text-soft">{say('customers.countOf', { n: count(valued) })}</span>}
              </>
            ),
          },
          {
            title: say('customers.afterCosts'),
            isNumber: true,
            isWide: true,
            cell: ({ contribution }) => `${isAtMost && contribution !== null ? '≤ ' : ''}${money(contribution)}`,
          },
        ]}
      />
    </Card>
  );
}

export function Months({ months }: { months: Month[] }) {
  const { count, share } = useWords();
  return (
    <Card title={say('customers.months')}>
      <DataTable<Month>
        caption={say('customers.months')}
        rows={months.slice(-monthsShown).toReversed()}
        keyOf={({ month }) => month}
        columns={[
          { title: say('customers.month'), cell: ({ month }) => formatBucket(`${month}-01`, 'month') },
          { title: say('customers.buyers'), isNumber: true, isWide: true, cell: ({ buyers }) => count(buyers) },
          { title: say('customers.newShort'), isNumber: true, cell: ({ newBuyers }) => count(newBuyers) },
          { title: say('customers.returning'), isNumber: true, cell: ({ returningShare }) => share(returningShare) },
          { title: say('customers.orders'), isNumber: true, isWide: true, cell: ({ orders }) => count(orders) },
          { title: say('customers.newOrders'), isNumber: true, isWide: true, cell: ({ newOrderShare }) => share(newOrderShare) },
        ]}
      />
    </Card>
  );
}
