/** How does a screen of numbers wait, fail, and say that what it shows is of before? */
import type { ReactNode } from 'react';
import { Button } from '../components/button.tsx';
import { Failure } from '../components/failure.tsx';
import { Notice } from '../components/notice.tsx';
import type { KpisAnswer } from '../data/queries.ts';
import { formatFailure } from '../formatting/refusals.ts';
import { say } from '../formatting/say.ts';
import type { KpiDashboardAnswer } from './use-kpi-dashboard.ts';

export interface QueryStateProps {
  answer: KpiDashboardAnswer;
  /** Stands there until there is an answer. */
  shape: ReactNode;
  children: (data: KpisAnswer) => ReactNode;
}

/** Numbers of another range stay, dimmed, until those of this one are there. */
export function QueryState({ answer: { data, error, isPlaceholderData, retry }, shape, children }: QueryStateProps) {
  if (!data) return error ? <Failure reason={error} retry={retry} /> : shape;
  return (
    <>
      {error && (
        <Notice tone="warn" action={<Button onClick={retry}>{say('failure.again')}</Button>}>
          {say(isPlaceholderData ? 'answered.before' : 'answered.lastKnown', { reason: formatFailure(error) })}
        </Notice>
      )}
      <div className={`grid gap-5 transition-opacity ${isPlaceholderData ? 'opacity-60' : ''}`} aria-busy={isPlaceholderData}>
        {children(data)}
      </div>
    </>
  );
}
