/** Where is the drop zone loaded for a shop that is not known yet? When it is shown. */
import { lazy, Suspense } from 'react';

const Loaded = lazy(async () => ({ default: (await import('./imports.tsx')).Imports }));

export const Imports = (props: { creatorId: string; timeZone: string }) => (
  <Suspense>
    <Loaded {...props} />
  </Suspense>
);
