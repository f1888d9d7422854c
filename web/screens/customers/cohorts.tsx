/** Of those who first bought in a month: how many bought in each month after? A triangle; what is not over is blank. */
import type { CustomersAnswer } from '../../../shared/api/customers.ts';
import { Card } from '../../components/card.tsx';
import { formatBucket } from '../../formatting/dates.ts';
import { say } from '../../formatting/say.ts';
import { useWords } from './words.ts';

type Cohort = CustomersAnswer['cohorts'][number];

/** Cohorts and months after their own that are shown. */
const shown = 13;
const monthsAfter = 12;
const onPhones = 2;
/** A share of fewer buyers says little: it is grey. */
const leastBuyers = 20;
/** Most of the colour that a cell has; beyond, its text would be hard to read. */
const mostColour = 45;

const look = (n: number): string => `px-1.5 py-1.5 text-end tabular-nums ${n > onPhones ? 'max-sm:hidden print:table-cell' : ''}`;

function Cell({ cohort: { buyers, months }, n, most }: { cohort: Cohort; n: number; most: number }) {
  const { count, share } = useWords();
  const cell = months[n];
  if (!cell) return <td className={look(n)} />;
  const isSmall = buyers < leastBuyers;
  const colour = isSmall || most === 0 ? 0 : Math.round((mostColour * cell.share) / most);
  const counts = say('customers.someOf', { some: count(cell.buyers), all: count(buyers) });
  return (
    <td
      title={counts}
      className={`${look(n)} ${isSmall ? 'text-soft' : ''}`}
      style={{ background: `color-mix(in srgb, var(--chart) ${colour}%, transparent)` }}
    >
      {share(cell.share)}
      <span className="sr-only">{` (${counts})`}</span>
    </td>
  );
}

export function Cohorts({ cohorts }: { cohorts: Cohort[] }) {
  const { count } = useWords();
  const rows = cohorts.slice(-shown).toReversed();
  const after = Array.from(
    { length: Math.min(monthsAfter, Math.max(...rows.map(({ months }) => months.length)) - 1) },
    (_, i) => i + 1,
  );
  const shares = rows.filter(({ buyers }) => buyers >= leastBuyers).flatMap(({ months }) => months.slice(1, monthsAfter + 1));
  const most = Math.max(0, ...shares.map((cell) => cell?.share ?? 0));
  if (after.length === 0) return null;
  return (
    <Card title={say('customers.cohorts')}>
      <div className="grid grid-cols-1 gap-3">
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
        <section className="relative overflow-x-auto" tabIndex={0} aria-label={say('customers.cohorts')}>
          <table className="w-full border-collapse text-sm">
            <caption className="sr-only">{say('customers.cohortsHow', { least: leastBuyers })}</caption>
            <thead>
              <tr className="border-b border-line text-soft">
                <th scope="col" className="py-2 pe-2 text-start font-medium">
                  {say('customers.firstMonth')}
                </th>
                <th scope="col" className="px-1.5 py-2 text-end font-medium">
                  {say('customers.buyers')}
                </th>
                {after.map((n) => (
                  <th key={n} scope="col" className={`font-medium ${look(n)}`}>
                    {say('customers.monthsAfter', { n })}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {rows.map((cohort) => (
                <tr key={cohort.month} className="border-b border-line last:border-0">
                  <th scope="row" className="py-1.5 pe-2 text-start font-normal">
                    {formatBucket(`${cohort.month}-01`, 'month')}
                  </th>
                  <td className="px-1.5 py-1.5 text-end tabular-nums">{count(cohort.buyers)}</td>
                  {after.map((n) => (
                    <Cell key={n} cohort={cohort} n={n} most={most} />
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </section>
        <p className="text-sm text-soft">{say('customers.cohortsHow', { least: leastBuyers })}</p>
      </div>
    </Card>
  );
}
