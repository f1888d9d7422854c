/** What was taken on the way from sales to profit? A step each, its bar where the one before it ended; a table, so that it can be read aloud. */
import { Link } from 'wouter';
import type { ProfitabilityAnswer } from '../../../shared/api/profitability.ts';
import { firstStep, lastStepOfSales, numberOfStep } from '../../../shared/kpis/profit-steps.ts';
import { useCreator, useHref } from '../../components/creator.tsx';
import { DataTable } from '../../components/data-table.tsx';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';

interface Bar {
  title: string;
  /** The number whose page leads to its rows. */
  number?: string | undefined;
  amount: number;
  /** Where the bar begins and ends, in minor units. */
  from: number;
  to: number;
  isSum: boolean;
}

/** Net sales stand behind the steps that they are made of, the profit at the end. */
function barsOf({ steps, netSales, profit, isAtMost }: ProfitabilityAnswer): Bar[] {
  const bars: Bar[] = [];
  let so = 0;
  for (const { step, amount } of steps) {
    if (amount !== 0 || step === firstStep)
      bars.push({
        title: say(`profit.step.${step}`),
        number: numberOfStep[step],
        amount,
        from: so,
        to: so + amount,
        isSum: step === firstStep,
      });
    so += amount;
    if (step === lastStepOfSales)
      bars.push({ title: say('profit.netSales'), amount: netSales, from: 0, to: netSales, isSum: true });
  }
  if (profit !== null)
    bars.push({ title: say(isAtMost ? 'profit.atMost' : 'profit.profit'), amount: profit, from: 0, to: profit, isSum: true });
  return bars;
}

function Piece({ bar: { from, to, isSum }, least, most }: { bar: Bar; least: number; most: number }) {
  const place = (amount: number): number => (100 * (amount - least)) / Math.max(1, most - least);
  const [start, end] = [Math.min(from, to), Math.max(from, to)];
  const tone = isSum ? (to < 0 ? 'bg-bad' : 'bg-accent') : to < from ? 'bg-chart-then' : 'bg-chart';
  return (
    <div aria-hidden className="relative h-3 min-w-24">
      <div
        className={`absolute inset-y-0 rounded-sm ${tone}`}
        style={{ insetInlineStart: `${place(start)}%`, inlineSize: `${Math.max(0.5, place(end) - place(start))}%` }}
      />
    </div>
  );
}

export function Waterfall({ figures }: { figures: ProfitabilityAnswer }) {
  const { currency } = useCreator();
  const href = useHref();
  const days = { from: figures.from, to: figures.to };
  const bars = barsOf(figures);
  const least = Math.min(0, ...bars.flatMap(({ from, to }) => [from, to]));
  const most = Math.max(0, ...bars.flatMap(({ from, to }) => [from, to]));
  const { netSales } = figures;
  return (
    <DataTable
      caption={say('profit.steps')}
      rows={bars}
      keyOf={({ title }) => title}
      columns={[
        {
          title: say('profit.step'),
          cell: ({ title, number, isSum }) => {
            const look = isSum ? 'font-semibold' : '';
            if (!number) return <span className={look}>{title}</span>;
            return (
              <Link href={href(`kpi/${number}`, days)} className={`${look} underline-offset-2 hover:underline`}>
                {title}
              </Link>
            );
          },
        },
        {
          title: <span className="sr-only">{say('table.size')}</span>,
          isWide: true,
          cell: (bar) => <Piece bar={bar} least={least} most={most} />,
        },
        {
          title: say('profit.amount'),
          isNumber: true,
          cell: ({ amount, isSum }) => (
            <span className={`${isSum ? 'font-semibold' : ''} ${amount < 0 && isSum ? 'text-bad' : ''}`}>
              {formatNumber(amount, { unit: 'money', currency })}
            </span>
          ),
        },
        {
          title: say('profit.ofSales'),
          isNumber: true,
          isWide: true,
          cell: ({ amount }) => formatNumber(netSales > 0 ? amount / netSales : null, { unit: 'ratio', currency, isShort: true }),
        },
      ]}
    />
  );
}
