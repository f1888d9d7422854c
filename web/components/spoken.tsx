/** What makes the page speak another language at once? Everything in it is made anew. */
import { Fragment, type ReactNode, useSyncExternalStore } from 'react';
import { i18n } from '../formatting/say.ts';

export function Spoken({ children }: { children: ReactNode }) {
  const language = useSyncExternalStore(
    (changed) => i18n.on('change', changed),
    () => i18n.locale,
  );
  return <Fragment key={language}>{children}</Fragment>;
}
