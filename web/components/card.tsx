/** What does a part of a screen stand on? */
import type { ReactNode } from 'react';

export interface CardProps {
  title?: ReactNode;
  /** At the end of the title's line. */
  aside?: ReactNode;
  children: ReactNode;
  className?: string;
}

export const Card = ({ title, aside, children, className = '' }: CardProps) => (
  <section className={`card min-w-0 rounded-card border border-line bg-card p-4 shadow-card sm:p-5 ${className}`}>
    {title !== undefined && (
      <header className="mb-3 flex flex-wrap items-center justify-between gap-2">
        <h2 className="text-base font-semibold">{title}</h2>
        {aside}
      </header>
    )}
    {children}
  </section>
);
