/** Which orders miss their ship-by if nobody does anything? The most urgent first. */
import { Link } from 'wouter';
import { Card } from '../../components/card.tsx';
import { useCreator, useHref } from '../../components/creator.tsx';
import { DefinitionButton } from '../../components/definition.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useTicking } from '../../components/use-ticking.ts';
import { serverNow } from '../../data/clock.ts';
import type { DashboardAnswer } from '../../data/queries.ts';
import { formatInstant } from '../../formatting/dates.ts';
import { formatLeft, formatNumber, none } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';

const wordsFor = (from: number | null, to: number): string =>
  from === null ? say(to === 0 ? 'risk.late' : 'risk.under', { to }) : say('risk.between', { from, to });
const toneOf = (to: number): string => (to <= 0 ? 'text-bad' : to <= 6 ? 'text-warn' : 'text-ink');

const aMinute = 60_000;
/** Whole hours from now to a deadline, negative when it has passed: counted here, since the list is asked for only when it changes. */
const hoursUntil = (shipBy: string): number => Math.floor((Date.parse(shipBy) - serverNow()) / (60 * aMinute));

export function AtRisk({ dashboard }: { dashboard: DashboardAnswer }) {
  const { currency, timeZone } = useCreator();
  const href = useHref();
  useTicking(aMinute);
  const { atRisk } = dashboard;
  if (!atRisk) return null;
  return (
    <Card
      title={
        <span className="flex items-center gap-1">
          {say('risk.title')}
          <DefinitionButton name={atRisk.name} title={say('risk.title')} freshness={dashboard} />
        </span>
      }
      aside={
        atRisk.value > 0 && (
          <Link href={href('rows', { atRisk: 'true' })} className="text-sm font-medium text-accent print:hidden">
            {say('risk.all', { count: atRisk.value })}
          </Link>
        )
      }
    >
      {atRisk.value === 0 ? (
        <Empty title={say('risk.none')}>{say('risk.noneWhy')}</Empty>
      ) : (
        <>
          <dl className="grid grid-cols-3 gap-3">
            {atRisk.breakdown.map(({ from, to, value }) => (
              <div key={to} className="min-w-0">
                <dt className="text-xs text-soft">{wordsFor(from, to)}</dt>
                <dd className={`text-2xl font-semibold tabular-nums ${value > 0 ? toneOf(to) : 'text-soft'}`}>
                  {formatNumber(value, { unit: 'count', currency })}
                </dd>
              </div>
            ))}
          </dl>
          <ul className="mt-3 border-t border-line text-sm">
            {atRisk.orders?.map(({ subject, orderId, shipBy = '' }) => {
              const hoursLeft = hoursUntil(shipBy);
              return (
                <li
                  key={subject}
                  className="flex flex-wrap justify-between gap-x-3 border-b border-line py-1.5 last:border-0 last:pb-0"
                >
                  <bdi className="[overflow-wrap:anywhere]">{orderId}</bdi>
                  <span className="text-soft tabular-nums">
                    <span className={hoursLeft < 0 ? 'font-medium text-bad' : 'font-medium text-ink'}>
                      {formatLeft(hoursLeft)}
                    </span>
                    {', '}
                    {say('risk.shipBy', { instant: shipBy ? formatInstant(shipBy, timeZone) : none })}
                  </span>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </Card>
  );
}
