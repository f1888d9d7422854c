/** What did samples cost, and who or which video paid for them? */
import { useState } from 'react';
import type { SamplesAnswer } from '../../../shared/api/samples.ts';
import { type SampleDimension, sampleDimensions } from '../../../shared/insight/free-samples/document.ts';
import { Card } from '../../components/card.tsx';
import { Choice } from '../../components/choice.tsx';
import { Computed } from '../../components/computed.tsx';
import { useCreator } from '../../components/creator.tsx';
import type { TableColumn } from '../../components/data-table.tsx';
import { Figures } from '../../components/figures.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatRange } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension } from '../../formatting/values.ts';
import { useDays } from '../../view/use-days.ts';

type Row = SamplesAnswer['rows'][number];

const count = (n: number | null): string => formatNumber(n, { unit: 'count', currency: '' });
const nameOf = ({ value, isOther }: Row): string => (isOther ? say('value.others') : value || say('samples.unnamed'));

function useWords() {
  const { currency } = useCreator();
  return {
    money: (amount: number | null) => formatNumber(amount, { unit: 'money', currency }),
    ratio: (share: number | null) => formatNumber(share, { unit: 'ratio', currency, isShort: true }),
  };
}

/** Did it pay? In one sentence. */
function Sentence({ result, cost, isAtLeast, isResultAtMost, sent, sold }: SamplesAnswer) {
  const { money } = useWords();
  const first = say('samples.sentence', { sent, sold, cost: `${isAtLeast ? '≥ ' : ''}${money(cost)}` });
  // What is this at most is no answer to whether it paid, unless it is a loss.
  if (result === null || (isResultAtMost && result >= 0)) return <>{first}</>;
  return <>{`${first} ${say(result < 0 ? 'samples.lost' : 'samples.won', { amount: money(Math.abs(result)) })}`}</>;
}

function Rows({ by, rows }: { by: SampleDimension; rows: Row[] }) {
  const { money, ratio } = useWords();
  const columns: TableColumn<Row>[] = [
    { title: formatDimension(by), cell: (row) => <Name text={nameOf(row)} />, sortBy: nameOf },
    by === 'content'
      ? { title: formatDimension('affiliate'), isWide: true, cell: ({ affiliate }) => <Name text={affiliate ?? ''} /> }
      : {
          title: say('samples.sent'),
          isWide: true,
          isNumber: true,
          cell: ({ sent, sold }) => say('samples.soldOf', { sold: count(sold), sent: count(sent) }),
          sortBy: ({ sent }) => sent,
        },
    {
      title: say('samples.cost'),
      isNumber: true,
      isWide: true,
      cell: ({ cost, isAtLeast }) => `${isAtLeast ? '≥ ' : ''}${money(cost)}`,
      sortBy: ({ cost }) => cost,
    },
    {
      title: say('samples.orders'),
      isNumber: true,
      isWide: true,
      cell: ({ orders }) => count(orders),
      sortBy: ({ orders }) => orders,
    },
    {
      title: say('samples.contribution'),
      isNumber: true,
      isWide: true,
      cell: ({ contribution, isAtMost }) => `${isAtMost ? '≤ ' : ''}${money(contribution)}`,
      sortBy: ({ contribution }) => contribution,
    },
    {
      title: say('samples.result'),
      isNumber: true,
      cell: ({ result, isResultAtMost }) =>
        result === null ? (
          <span className="text-soft">{say('profit.noCost')}</span>
        ) : (
          <span className={result < 0 ? 'text-bad' : ''}>{`${isResultAtMost ? '≤ ' : ''}${money(result)}`}</span>
        ),
      sortBy: ({ result }) => result,
    },
    {
      title: say('samples.return'),
      isNumber: true,
      isWide: true,
      cell: ({ returnOnSamples }) => ratio(returnOnSamples),
      sortBy: ({ returnOnSamples }) => returnOnSamples,
    },
  ];
  return (
    <SearchTable<Row>
      caption={`${say('samples.title')}: ${formatDimension(by)}`}
      rows={rows.filter(({ isOther }) => !isOther)}
      rest={rows.filter(({ isOther }) => isOther)}
      textOf={nameOf}
      sorting={{ column: 5, isDown: true }}
      keyOf={({ value, isOther }) => (isOther ? 'beyond the list' : `value ${value}`)}
      columns={columns}
    />
  );
}

function Numbers({ answer }: { answer: SamplesAnswer }) {
  const { money } = useWords();
  const { reasons, sent, sold, cost, isAtLeast, contribution, isAtMost, isResultAtMost, orders, result } = answer;
  if (reasons.includes('not_computed')) return <Empty title={say('samples.notComputed')} />;
  if (reasons.includes('no_samples')) return <Empty title={say('samples.none')}>{say('samples.noneHow')}</Empty>;
  const notes = [
    ...(isAtLeast ? [say('samples.someCosts')] : []),
    ...(reasons.includes('no_affiliates') ? [say('samples.noAffiliates')] : []),
    say('samples.how', { days: formatRange(answer.from, answer.to) }),
  ];
  return (
    <div className="grid grid-cols-1 gap-5">
      <p data-sentence className="max-w-prose text-lg font-medium">
        <Sentence {...answer} />
      </p>
      <Figures
        figures={[
          { title: say('samples.sent'), value: count(sent), note: say('samples.ofThemSold', { sold }) },
          { title: say('samples.cost'), value: `${isAtLeast ? '≥ ' : ''}${money(cost)}` },
          {
            title: say('samples.contribution'),
            value: `${isAtMost ? '≤ ' : ''}${money(contribution)}`,
            note: say('samples.ofOrders', { orders }),
          },
          {
            title: say('samples.result'),
            value: `${isResultAtMost && result !== null ? '≤ ' : ''}${money(result)}`,
            isBad: (result ?? 0) < 0,
          },
        ]}
      />
      <Rows by={answer.by} rows={answer.rows} />
      <ul className="grid grid-cols-1 gap-1 text-sm text-soft">
        {notes.map((note) => (
          <li key={note}>{note}</li>
        ))}
      </ul>
      <Computed {...answer} />
    </div>
  );
}

export function Samples() {
  const [by, setBy] = useState<SampleDimension>('content');
  const { from, to } = useDays();
  const samples = useComputed<SamplesAnswer>('/samples', { from, to, by, top: 100 });
  return (
    <Card title={say('samples.title')}>
      <div className="grid grid-cols-1 gap-4">
        <div className="grid grid-cols-1 sm:flex print:hidden">
          <Choice
            label={say('samples.by')}
            value={by}
            options={sampleDimensions.map((each): [SampleDimension, string] => [each, formatDimension(each)])}
            onChange={setBy}
          />
        </div>
        <Loaded query={samples} shape="h-60">
          {(answer) => <Numbers answer={answer} />}
        </Loaded>
      </div>
    </Card>
  );
}
