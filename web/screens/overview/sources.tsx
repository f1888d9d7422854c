/** How far does each source reach? */
import { serverNow } from '../../data/clock.ts';
import type { DashboardAnswer } from '../../data/queries.ts';
import { Card } from '../../parts/card.tsx';
import { ageOf, tellAge } from '../../words/ages.ts';

const titles: Record<string, string> = { events: 'Events' };
const states = { fresh: ['bg-good', 'up to date'], behind: ['bg-warn', 'behind'] } as const;

export const Sources = ({ dashboard }: { dashboard: DashboardAnswer }) => (
  <Card title="Freshness of sources">
    <ul className="text-sm">
      {dashboard.sources.map(({ name, state, asOf, lagSeconds }) => (
        <li key={name} className="flex items-center justify-between gap-3 py-1">
          <span className="flex items-center gap-2">
            <span aria-hidden className={`size-2 rounded-full ${states[state][0]}`} />
            {titles[name] ?? name}: {states[state][1]}
          </span>
          <span className="text-soft tabular-nums">
            {asOf ? `newest ${tellAge(ageOf(asOf, serverNow()))}` : 'nothing yet'}
            {lagSeconds > 0 && `, ${Math.round(lagSeconds)} s wait`}
          </span>
        </li>
      ))}
    </ul>
  </Card>
);
