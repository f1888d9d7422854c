/** What is left of this month so far? One line, and the way to how it comes about; nothing before it was computed. */
import { Link } from 'wouter';
import { monthOf } from '../../../shared/time.ts';
import { useCreator, useHref } from '../../components/creator.tsx';
import { formatBucket } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { todayIn } from '../../view/use-view.ts';
import { useProfitability } from '../profit/use-profitability.ts';

export function ProfitLine() {
  const { currency, timeZone } = useCreator();
  const href = useHref();
  const today = todayIn(timeZone);
  const from = `${monthOf(today)}-01`;
  const { data } = useProfitability({ from, to: today });
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
