/** How far does each source reach? */

import { Card } from '../../components/card.tsx';
import { isBehind } from '../../components/freshness.tsx';
import { serverNow } from '../../data/clock.ts';
import type { DashboardAnswer } from '../../data/queries.ts';
import { ageOf, formatAge } from '../../formatting/ages.ts';
import { duration } from '../../formatting/numbers.ts';
import { say, sayIfKnown } from '../../formatting/say.ts';

const ageOfSource = (asOf: string | null): string =>
  asOf ? say('sources.newest', { age: formatAge(ageOf(asOf, serverNow())) }) : say('sources.nothing');

export function Sources({ dashboard }: { dashboard: DashboardAnswer }) {
  const isLate = isBehind(dashboard);
  return (
    <Card title={say('sources.title')}>
      <ul className="text-sm">
        {dashboard.sources.map(({ name, asOf }) => {
          const newest = ageOfSource(asOf);
          return (
            <li key={name} className="flex items-center justify-between gap-3 py-1">
              <span className="flex items-center gap-2">
                <span aria-hidden className={`size-2 rounded-full ${isLate ? 'bg-warn' : 'bg-good'}`} />
                {say(isLate ? 'sources.behind' : 'sources.ok', { name: sayIfKnown(`sources.${name}`) ?? name })}
              </span>
              <span className="text-soft tabular-nums">
                {isLate ? say('sources.waiting', { newest, time: duration(dashboard.lagSeconds) }) : newest}
              </span>
            </li>
          );
        })}
      </ul>
    </Card>
  );
}
