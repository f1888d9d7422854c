/** Where are the first steps loaded? When they are shown: most readers have taken them long ago. */
import { lazy, Suspense } from 'react';
import type { FirstStepsProps } from './first-steps.tsx';

const Loaded = lazy(async () => ({ default: (await import('./first-steps.tsx')).FirstSteps }));

export const FirstSteps = (props: FirstStepsProps) => (
  <Suspense>
    <Loaded {...props} />
  </Suspense>
);
