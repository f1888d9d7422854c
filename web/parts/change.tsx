/** How is a change told? Direction by a sign and an arrow, good or bad by colour: never by colour alone. */
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import { none, tellChange } from '../words/numbers.ts';

const toneOf = (change: number, better: string): string => {
  if (change === 0 || better === 'neither') return 'bg-page text-soft';
  return change > 0 === (better === 'up') ? 'bg-good-wash text-good' : 'bg-bad-wash text-bad';
};

export interface ChangeProps {
  change: number | null | undefined;
  better: string;
  /** What it is compared with, read aloud and on hover. */
  than: string;
}

export function Change({ change, better, than }: ChangeProps) {
  if (change === undefined || change === null)
    return (
      <span className="text-sm text-soft" title={`Nothing to compare with: ${than}`}>
        {none}
        <span className="sr-only"> no change can be told against {than}</span>
      </span>
    );
  const Arrow = change === 0 ? ArrowRight : change > 0 ? ArrowUpRight : ArrowDownRight;
  return (
    <span
      title={`Against ${than}`}
      className={`inline-flex shrink-0 items-center whitespace-nowrap gap-0.5 rounded-md px-1.5 py-0.5 text-xs font-semibold tabular-nums ${toneOf(change, better)}`}
    >
      <Arrow size={13} aria-hidden />
      <span>{tellChange(change)}</span>
      <span className="sr-only"> against {than}</span>
    </span>
  );
}
