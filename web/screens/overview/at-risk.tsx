/** Which orders miss their ship-by if nobody does anything? The most urgent first. */
import { Link } from 'wouter';
import { type DashboardAnswer, useAtRisk } from '../../data/queries.ts';
import { Empty } from '../../parts/blank.tsx';
import { Card } from '../../parts/card.tsx';
import { useCreator, useHref } from '../../parts/creator.tsx';
import { DefinitionButton } from '../../parts/definition.tsx';
import { tellInstant } from '../../words/dates.ts';

const wordsFor = (from: number | null, to: number): string =>
  from === null ? (to === 0 ? 'already late' : `under ${to} h left`) : `${from} to ${to} h left`;
const toneOf = (to: number): string => (to <= 0 ? 'text-bad' : to <= 6 ? 'text-warn' : 'text-ink');

export function AtRisk({ dashboard }: { dashboard: DashboardAnswer }) {
  const { creatorId, timeZone } = useCreator();
  const href = useHref();
  const { data } = useAtRisk(creatorId);
  const { atRisk } = dashboard;
  if (!atRisk) return null;
  return (
    <Card
      title={
        <span className="flex items-center gap-1">
          Orders at risk
          <DefinitionButton name={atRisk.name} title="Orders at risk" standing={dashboard} />
        </span>
      }
      aside={
        atRisk.value > 0 && (
          <Link href={href('rows', { atRisk: 'true' })} className="text-sm font-medium text-accent print:hidden">
            All {atRisk.value}
          </Link>
        )
      }
    >
      {atRisk.value === 0 ? (
        <Empty title="None">Every order has more than a day left to its ship-by.</Empty>
      ) : (
        <>
          <dl className="grid grid-cols-3 gap-3">
            {atRisk.breakdown.map(({ from, to, value }) => (
              <div key={to} className="min-w-0">
                <dt className="text-xs text-soft">{wordsFor(from, to)}</dt>
                <dd className={`text-2xl font-semibold tabular-nums ${value > 0 ? toneOf(to) : 'text-soft'}`}>{value}</dd>
              </div>
            ))}
          </dl>
          <ul className="mt-3 border-t border-line text-sm">
            {data?.orders.map(({ subject, orderId, shipBy }) => (
              <li key={subject} className="flex justify-between gap-3 border-b border-line py-1.5 last:border-0 last:pb-0">
                <bdi className="truncate">{orderId}</bdi>
                <span className="shrink-0 text-soft tabular-nums">ship by {shipBy ? tellInstant(shipBy, timeZone) : '–'}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </Card>
  );
}
