/** What did I earn after everything, what brought it, and what is not known of it? */
import { useState } from 'react';
import { Link } from 'wouter';
import type { ProfitabilityAnswer } from '../../../shared/api/profitability.ts';
import { type ProfitDimension, profitDimensions } from '../../../shared/kpis/profit-steps.ts';
import { buttonLook } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { Choice } from '../../components/choice.tsx';
import { Computed } from '../../components/computed.tsx';
import { useCreator, useHref } from '../../components/creator.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatRange } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension } from '../../formatting/values.ts';
import { RangeChoice } from '../../kpi-dashboard/range-controls.tsx';
import { RangeWords } from '../../kpi-dashboard/range-words.tsx';
import { useDays } from '../../view/use-days.ts';
import { Payouts } from './payouts.tsx';
import { ProfitRows } from './rows.tsx';
import { Waterfall } from './waterfall.tsx';

/** The answer to the first question, in a seller's words. */
function Sentence({ netSales, profit, isAtMost, margin }: ProfitabilityAnswer) {
  const { currency } = useCreator();
  const money = (amount: number) => formatNumber(amount, { unit: 'money', currency });
  const sales = money(netSales);
  if (profit === null) return <>{say('profit.sentenceNone', { sales })}</>;
  const words = say(isAtMost ? 'profit.sentenceAtMost' : 'profit.sentence', { sales, profit: money(profit) });
  return (
    <>{margin === null ? words : `${words} ${say('profit.margin')}: ${formatNumber(margin, { unit: 'ratio', currency })}.`}</>
  );
}

/** How much of it is known: costs of goods, and statements. */
function HowSure({ costCoverage, settledShare, unstatedShare, reasons, orders, computedAt, seenUntil }: ProfitabilityAnswer) {
  const { currency } = useCreator();
  const href = useHref();
  const share = (of: number | null) => formatNumber(of, { unit: 'ratio', currency });
  return (
    <div className="grid grid-cols-1 gap-2 text-sm text-soft">
      {costCoverage !== null && costCoverage < 1 && (
        <p data-coverage className="flex flex-wrap items-center gap-x-3 gap-y-1">
          {say('profit.coverageWords', { share: share(costCoverage) })}
          <Link href={href('sources')} className={buttonLook('plain')}>
            {say('profit.addCosts')}
          </Link>
        </p>
      )}
      {settledShare !== null && settledShare < 1 && (orders ?? 0) > 0 && (
        <p>{say('profit.settledWords', { share: share(settledShare) })}</p>
      )}
      {(unstatedShare ?? 0) > 0 && <p>{say('profit.unstatedWords', { share: share(unstatedShare) })}</p>}
      {reasons.includes('not_kept') && <p>{say('profit.notKept')}</p>}
      <Computed computedAt={computedAt} seenUntil={seenUntil} />
    </div>
  );
}

function Numbers({ answer, by }: { answer: ProfitabilityAnswer; by: ProfitDimension }) {
  const { reasons, rows = [], rowsFrom, rowsTo } = answer;
  if (reasons.includes('not_computed')) return <Notice>{say('profit.notComputed')}</Notice>;
  if (reasons.includes('no_orders') && reasons.includes('not_kept')) return <Empty title={say('profit.notKept')} />;
  if (reasons.includes('no_orders') && answer.profit === 0)
    return <Empty title={say('profit.noOrders')}>{say('profit.noOrdersHow')}</Empty>;
  return (
    <>
      <p data-sentence className="max-w-prose text-lg font-medium">
        <Sentence {...answer} />
      </p>
      <Card title={say('profit.steps')}>
        <div className="grid grid-cols-1 gap-4">
          <Waterfall figures={answer} />
          <HowSure {...answer} />
        </div>
      </Card>
      <Card title={`${say('profit.by')} ${formatDimension(by).toLocaleLowerCase()}`}>
        <div className="grid grid-cols-1 gap-3">
          {rowsFrom && rowsTo && (
            <p className="text-sm text-soft">{say('profit.rowsOf', { days: formatRange(rowsFrom, rowsTo) })}</p>
          )}
          <ProfitRows by={by} rows={rows} />
        </div>
      </Card>
    </>
  );
}

export function Screen() {
  const [by, setBy] = useState<ProfitDimension>('product');
  const days = useDays();
  const profit = useComputed<ProfitabilityAnswer>('/profitability', { ...days, by, top: 100 });
  return (
    <>
      <div className="grid grid-cols-1 gap-3">
        <div>
          <PageTitle title={say('screen.profit')} />
          <RangeWords days={days} />
        </div>
        <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap print:hidden">
          <RangeChoice days={days} />
          <Choice
            label={say('profit.by')}
            value={by}
            options={profitDimensions.map((each): [ProfitDimension, string] => [each, formatDimension(each)])}
            onChange={setBy}
          />
        </div>
      </div>
      <Loaded query={profit} shape="h-85">
        {(answer) => <Numbers answer={answer} by={by} />}
      </Loaded>
      <Payouts />
    </>
  );
}
