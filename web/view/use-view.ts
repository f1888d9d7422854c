/** How does a screen read and change what is looked at? */
import { useMemo } from 'react';
import { useLocation, useSearch } from 'wouter';
import { dayOf, toLocal } from '../../shared/time.ts';
import { serverNow } from '../data/clock.ts';
import { readView, type View, writeView } from './view.ts';

/** The view of the address, what is wrong with it, and how to change a part of it. */
export function useView(): {
  view: View;
  problems: string[];
  change: (part: Partial<View>, how?: { replace: boolean }) => void;
  search: string;
  /** The address of this screen with a part of the view changed. */
  hrefWith: (part: Partial<View>) => string;
} {
  const search = useSearch();
  const [path, navigate] = useLocation();
  const { view, problems } = useMemo(() => readView(search), [search]);
  const hrefWith = (part: Partial<View>): string => {
    const next = writeView({ ...view, ...part });
    return next ? `${path}?${next}` : path;
  };
  const change = (part: Partial<View>, how?: { replace: boolean }): void => navigate(hrefWith(part), how);
  return { view, problems, change, search, hrefWith };
}

/** The creator's local day, by the service's clock. */
export const todayIn = (timeZone: string): string => dayOf(toLocal(serverNow(), [{ from: '', zone: timeZone }]));

/** Now, as an instant and as the creator's local day, by the service's clock. */
export const nowIn = (timeZone: string): { instant: string; today: string } => ({
  instant: new Date(serverNow()).toISOString(),
  today: todayIn(timeZone),
});
