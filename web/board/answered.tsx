/** How does a screen of numbers wait, fail, and tell that what it shows is of before? */
import type { ReactNode } from 'react';
import type { KpisAnswer } from '../data/queries.ts';
import { Failure } from '../parts/failure.tsx';
import { Notice } from '../parts/notice.tsx';
import type { BoardAnswer } from './use-board.ts';

export interface AnsweredProps {
  answer: BoardAnswer;
  /** Stands there until there is an answer. */
  shape: ReactNode;
  children: (data: KpisAnswer) => ReactNode;
}

/** Numbers of another range stay, dimmed, until those of this one are there. */
export function Answered({ answer: { data, error, isPlaceholderData, retry }, shape, children }: AnsweredProps) {
  if (!data) return error ? <Failure reason={error} retry={retry} /> : shape;
  return (
    <>
      {error && (
        <Notice tone="warn">
          {isPlaceholderData ? 'These are the numbers of before' : 'These are the last known numbers'}: {error.message}
        </Notice>
      )}
      <div className={`grid gap-5 transition-opacity ${isPlaceholderData ? 'opacity-60' : ''}`} aria-busy={isPlaceholderData}>
        {children(data)}
      </div>
    </>
  );
}
