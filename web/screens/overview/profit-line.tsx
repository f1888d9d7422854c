/** What is left of this month so far? One line, and the way to how it comes about; nothing before it was computed. */
import { Link } from 'wouter';
import type { ProfitabilityAnswer } from '../../../shared/api/profitability.ts';
import { monthOf } from '../../../shared/time.ts';
import { useCreator, useHref } from '../../components/creator.tsx';
import { useComputed } from '../../data/use-computed.ts';
import { formatBucket } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { todayIn } from '../../view/use-view.ts';

export function ProfitLine() {
  const { currency, timeZone } = useCreator();
  const href = useHref();
  const today = todayIn(timeZone);
  const from = `${monthOf(today)}-01`;
  const { data } = useComputed<ProfitabilityAnswer>('/profitability', { from, to: today }, true);
  if (!data || data.reasons.includes('not_computed') || data.orders === 0) return null;
  const { profit, isAtMost } = data;
  const amount = profit === null ? say('overview.profitNone') : formatNumber(profit, { unit: 'money', currency });
  return (
    <p data-profit className="text-sm">
      {`${say('overview.profit', { month: formatBucket(from, 'month') })}: `}
      <Link href={href('profit', { range: 'month' })} className="font-semibold text-accent underline-offset-2 hover:underline">
        {profit !== null && isAtMost ? `${say('overview.profitAtMost')} ${amount}` : amount}
      </Link>
    </p>
  );
}
