/** Who comes back, what do they bring, and what is expected of them? */
import { useState } from 'react';
import type { CustomersAnswer } from '../../../shared/api/customers.ts';
import type { FirstDimension } from '../../../shared/insight/customers-report/buyers.ts';
import { Computed } from '../../components/computed.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatDay } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import { ByFirst } from './by-first.tsx';
import { Cohorts } from './cohorts.tsx';
import { ExpectedValue } from './expected.tsx';
import { Groups } from './groups.tsx';
import { ComeBack, Months, Observed } from './observed.tsx';
import { useWords } from './words.ts';

/** Of 90 days where anybody is old enough, else of 30; of younger shops how many buyers there are. */
function Sentence({ answer: { windows, buyers } }: { answer: CustomersAnswer }) {
  const { money, share } = useWords();
  const known = windows.filter(({ known, valued, days }) => known > 0 && valued > 0 && days <= 90).at(-1);
  if (!known) return <>{say('customers.young', { n: buyers })}</>;
  return <>{say('customers.sentence', { share: share(known.repeatShare), days: known.days, value: money(known.netSales) })}</>;
}

function Notes({ answer }: { answer: CustomersAnswer }) {
  const { count } = useWords();
  const { reasons, namedOrders, orders, olderBuyers, until } = answer;
  const notes = [
    ...(reasons.includes('some_buyers_missing')
      ? [say('customers.someMissing', { named: count(namedOrders), orders: count(orders) })]
      : []),
    ...(reasons.includes('some_costs_missing') ? [say('customers.someCosts')] : []),
    ...(olderBuyers > 0 ? [say('customers.older', { n: olderBuyers })] : []),
    say('customers.how', { day: formatDay(until ?? '') }),
  ];
  return (
    <div className="grid grid-cols-1 gap-3">
      <ul className="grid grid-cols-1 gap-1 text-sm text-soft">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Computed {...answer} />
    </div>
  );
}

function Numbers({ answer, ...choices }: Parameters<typeof ByFirst>[0]) {
  const [reason] = answer.reasons;
  if (reason === 'not_computed') return <Empty title={say('customers.notComputed')} />;
  if (reason === 'no_orders') return <Empty title={say('customers.noOrders')}>{say('customers.noOrdersHow')}</Empty>;
  if (reason === 'no_buyers')
    return <Empty title={say('customers.noBuyers', { orders: answer.orders })}>{say('customers.noBuyersHow')}</Empty>;
  return (
    <>
      <p data-sentence className="max-w-prose text-lg font-medium">
        <Sentence answer={answer} />
      </p>
      <Observed answer={answer} />
      <ExpectedValue answer={answer} />
      <Cohorts cohorts={answer.cohorts} />
      <ComeBack answer={answer} />
      <ByFirst answer={answer} {...choices} />
      <Groups groups={answer.groups} />
      <Months months={answer.months} />
      <Notes answer={answer} />
    </>
  );
}

export function Screen() {
  const [by, setBy] = useState<FirstDimension>('product');
  const [days, setDays] = useState('90');
  const customers = useComputed<CustomersAnswer>('/customers', { by, days, top: 50 });
  return (
    <>
      <PageTitle title={say('screen.customers')} />
      <Loaded query={customers} shape="h-85">
        {(answer) => <Numbers answer={answer} by={by} days={days} onBy={setBy} onDays={setDays} />}
      </Loaded>
    </>
  );
}
