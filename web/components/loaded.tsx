/** What stands where an answer will be: a shape of it, then the answer, or why there is none and another try. */
import type { ReactNode } from 'react';
import { Failure } from './failure.tsx';
import { Skeleton } from './skeleton.tsx';

export interface LoadedProps<Data> {
  query: { data: Data | undefined; error: unknown; refetch: () => unknown };
  /** Classes of the shape: its height above all, so that nothing moves. */
  shape: string;
  children: (data: Data) => ReactNode;
}

/** What was known stays when asking again fails: the header tells how old it is. */
export function Loaded<Data>({ query: { data, error, refetch }, shape, children }: LoadedProps<Data>) {
  if (data !== undefined) return children(data);
  return error ? <Failure reason={error} retry={() => void refetch()} /> : <Skeleton className={shape} />;
}
