/** What must be known of a number before it is believed? That its time has not ended, or that it was changed afterwards. */

const marks = {
  partial: ['so far', 'The last part of this range has not ended: the number will move.'],
  restated: ['restated', 'Something that came later than a day after its end changed a day of this range.'],
} as const;

export type State = 'partial' | 'restated' | 'complete';

/** The state of several points: partial where the last one is, restated where any is. */
export function stateOf(points: readonly { state: State }[]): State {
  if (points.at(-1)?.state === 'partial') return 'partial';
  return points.some(({ state }) => state === 'restated') ? 'restated' : 'complete';
}

export function NumberMark({ state }: { state: State }) {
  if (state === 'complete') return null;
  const [word, meaning] = marks[state];
  return (
    <span title={meaning} className="rounded-md border border-line px-1.5 text-xs text-soft">
      {word}
      <span className="sr-only">: {meaning}</span>
    </span>
  );
}
