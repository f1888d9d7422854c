/** What must be known of a number before it is believed? That its time has not ended, or that it was changed afterwards. */
import { say } from '../formatting/say.ts';

const marks = {
  partial: ['mark.partial', 'mark.partialWhy'],
  restated: ['mark.restated', 'mark.restatedWhy'],
} as const;

export type State = 'partial' | 'restated' | 'complete';

export function NumberMark({ state }: { state: State }) {
  if (state === 'complete') return null;
  const [word, meaning] = marks[state];
  return (
    <details className="relative z-10 max-w-full text-xs text-soft">
      <summary className="inline-block list-none rounded-md border border-line px-1.5 text-start whitespace-normal underline decoration-dotted underline-offset-2 hover:border-line-strong">
        {say(word)}
      </summary>
      <p className="mt-1 max-w-56 text-start whitespace-normal">{say(meaning)}</p>
    </details>
  );
}
