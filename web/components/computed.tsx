/** How old is a number that a job computes? */
import { formatInstant } from '../formatting/dates.ts';
import { say } from '../formatting/say.ts';
import { useCreator } from './creator.tsx';

export function Computed({ computedAt, seenUntil }: { computedAt: string | null; seenUntil: string | null }) {
  const { timeZone } = useCreator();
  if (!computedAt || !seenUntil) return null;
  return (
    <p className="text-sm text-soft">
      {say('profit.computed', { when: formatInstant(computedAt, timeZone), seen: formatInstant(seenUntil, timeZone) })}
    </p>
  );
}
