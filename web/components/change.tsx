/** How is a change told? Direction by a sign and an arrow, good or bad by colour: never by colour alone. */
import { ArrowDownRight, ArrowRight, ArrowUpRight } from 'lucide-react';
import type { ReasonForNoChange } from '../../shared/reports/compare.ts';
import { formatDay } from '../formatting/dates.ts';
import { formatChange, formatPoints } from '../formatting/numbers.ts';
import { type MessageId, say } from '../formatting/say.ts';

const toneOf = (change: number, better: string): string => {
  if (change === 0 || better === 'neither') return 'bg-page text-soft';
  return change > 0 === (better === 'up') ? 'bg-good-wash text-good' : 'bg-bad-wash text-bad';
};

/** What the API says of a comparison. */
export interface Compared {
  total: number | null;
  change: number | null;
  difference?: number | null | undefined;
  noChange?: ReasonForNoChange | undefined;
  dataFrom?: string | undefined;
}

export interface ChangeProps {
  compare: Compared;
  unit: string;
  better: string;
  /** What it is compared with, read aloud: whoever shows a change says it beside it, too. */
  than: string;
}

const reasons = {
  no_data: 'change.nothing',
  ahead: 'change.ahead',
  not_over: 'change.notOver',
  other_length: 'change.otherLength',
  no_number: 'change.nothing',
  zero: 'change.noneBefore',
  negative: 'change.belowZero',
} as const satisfies Record<ReasonForNoChange, MessageId>;

/** Why there is no change, in a few words. */
const whyNone = ({ noChange = 'no_number', dataFrom }: Compared): string =>
  dataFrom ? say('change.dataSince', { day: formatDay(dataFrom) }) : say(reasons[noChange]);

export function Change({ compare, unit, better, than }: ChangeProps) {
  // Rates change in points: a share of a share is misread.
  const isRate = unit === 'ratio';
  const change = isRate ? (compare.difference ?? null) : compare.change;
  if (change === null) return <span className="text-xs whitespace-normal text-soft">{whyNone(compare)}</span>;
  const Arrow = change === 0 ? ArrowRight : change > 0 ? ArrowUpRight : ArrowDownRight;
  return (
    <span
      className={`inline-flex shrink-0 items-center whitespace-nowrap gap-0.5 rounded-md px-1.5 py-0.5 text-xs font-semibold tabular-nums ${toneOf(change, better)}`}
    >
      <Arrow size={13} aria-hidden />
      {/* A sign stays before its number where words run from right to left, too. */}
      <span dir="ltr">{isRate ? formatPoints(change) : formatChange(change)}</span>
      <span className="sr-only"> {say('change.againstAloud', { than })}</span>
    </span>
  );
}
