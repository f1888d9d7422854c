/** Which product, channel or video brings buyers who come back? */
import { useMemo } from 'react';
import type { CustomersAnswer } from '../../../shared/api/customers.ts';
import { type FirstDimension, firstDimensions } from '../../../shared/insight/customers-report/buyers.ts';
import { windows } from '../../../shared/insight/customers-report/windows.ts';
import { Card } from '../../components/card.tsx';
import { Choice } from '../../components/choice.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { useProductTitles } from '../../data/queries.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension, formatValue } from '../../formatting/values.ts';
import { useWords } from './words.ts';

type Row = CustomersAnswer['rows'][number];

interface ByFirstProps {
  answer: CustomersAnswer;
  by: FirstDimension;
  days: string;
  onBy: (by: FirstDimension) => void;
  onDays: (days: string) => void;
}

export function ByFirst({ answer: { rows, isAtMost, ...answer }, by, days, onBy, onDays }: ByFirstProps) {
  const { creatorId } = useCreator();
  const { count, money, share } = useWords();
  const titles = useProductTitles(
    creatorId,
    useMemo(() => (answer.by === 'product' ? rows.flatMap(({ value }) => (value ? [value] : [])) : []), [rows, answer.by]),
  );
  const nameOf = ({ value, isOther }: Row): string => {
    if (isOther) return say('value.others');
    return value === '' ? say('value.none') : formatValue(answer.by, value, titles);
  };
  const title = say('customers.byFirst');
  return (
    <Card title={title}>
      <div className="grid grid-cols-1 gap-4">
        <div className="grid grid-cols-2 gap-2 sm:flex print:hidden">
          <Choice
            label={say('customers.firstOf')}
            value={by}
            options={firstDimensions.map((each): [FirstDimension, string] => [each, formatDimension(each)])}
            onChange={onBy}
          />
          <Choice
            label={say('customers.afterDays')}
            value={days}
            options={windows.map((each): [string, string] => [String(each), say('customers.inDays', { days: each })])}
            onChange={onDays}
          />
        </div>
        <SearchTable<Row>
          caption={`${title}: ${formatDimension(answer.by)}`}
          rows={rows.filter(({ isOther }) => !isOther)}
          rest={rows.filter(({ isOther }) => isOther)}
          textOf={nameOf}
          sorting={{ column: 1, isDown: true }}
          keyOf={({ value, isOther }) => (isOther ? 'beyond the list' : `value ${value}`)}
          columns={[
            { title: formatDimension(answer.by), cell: (row) => <Name text={nameOf(row)} />, sortBy: nameOf },
            {
              title: say('customers.buyers'),
              isNumber: true,
              cell: ({ buyers }) => count(buyers),
              sortBy: ({ buyers }) => buyers,
            },
            {
              title: say('customers.again', { days: answer.days }),
              isNumber: true,
              cell: ({ repeatShare, repeated, known }) => (
                <>
                  {share(repeatShare)}{' '}
                  <span className="text-soft max-sm:hidden">
                    {say('customers.counts', { some: count(repeated), all: count(known) })}
                  </span>
                </>
              ),
              sortBy: ({ repeatShare }) => repeatShare,
            },
            {
              title: say('customers.brought'),
              isNumber: true,
              isWide: true,
              cell: ({ netSales }) => money(netSales),
              sortBy: ({ netSales }) => netSales,
            },
            {
              title: say('customers.afterCosts'),
              isNumber: true,
              isWide: true,
              cell: ({ contribution }) => `${isAtMost && contribution !== null ? '≤ ' : ''}${money(contribution)}`,
              sortBy: ({ contribution }) => contribution,
            },
          ]}
        />
      </div>
    </Card>
  );
}
