/** What stands where numbers will be, or where there are none? */
import type { ReactNode } from 'react';

/** A grey shape of the size of what is being loaded, so that nothing moves when it comes. */
export const Skeleton = ({ className }: { className: string }) => (
  <div aria-hidden className={`animate-pulse rounded-lg bg-line/70 ${className}`} />
);

/** Says that something is on its way (`what`: "Loading the numbers"), to those who do not see the shapes. */
export const Loading = ({ what, children }: { what: string; children: ReactNode }) => (
  <div role="status" aria-label={what}>
    {children}
  </div>
);

/** `isPage`: nothing else is on the page, so its title heads it. */
export const Empty = ({ title, children, isPage = false }: { title: string; children?: ReactNode; isPage?: boolean }) => (
  <div className="grid place-items-center gap-1 px-4 py-10 text-center">
    {isPage ? <h1 className="text-xl font-semibold">{title}</h1> : <p className="font-medium">{title}</p>}
    {children && <div className="max-w-prose text-sm text-soft">{children}</div>}
  </div>
);
