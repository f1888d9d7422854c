/** How far does each source reach? */
import { serverNow } from '../../data/clock.ts';
import type { DashboardAnswer } from '../../data/queries.ts';
import { Card } from '../../parts/card.tsx';
import { isBehind } from '../../parts/freshness.tsx';
import { ageOf, tellAge } from '../../words/ages.ts';
import { duration } from '../../words/numbers.ts';

const titles: Record<string, string> = { events: 'Events' };

export const Sources = ({ dashboard }: { dashboard: DashboardAnswer }) => (
  <Card title="Freshness of sources">
    <ul className="text-sm">
      {dashboard.sources.map(({ name, asOf }) => (
        <li key={name} className="flex items-center justify-between gap-3 py-1">
          <span className="flex items-center gap-2">
            <span aria-hidden className={`size-2 rounded-full ${isBehind(dashboard) ? 'bg-warn' : 'bg-good'}`} />
            {titles[name] ?? name}: {isBehind(dashboard) ? 'behind' : 'up to date'}
          </span>
          <span className="text-soft tabular-nums">
            {asOf ? `newest ${tellAge(ageOf(asOf, serverNow()))}` : 'nothing yet'}
            {isBehind(dashboard) && `, waiting for ${duration(dashboard.lagSeconds)}`}
          </span>
        </li>
      ))}
    </ul>
  </Card>
);
