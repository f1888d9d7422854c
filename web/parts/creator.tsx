/** Whose numbers are looked at? Known to every component of a screen, with what telling them needs. */
import { createContext, type ReactNode, useContext } from 'react';
import { useSearch } from 'wouter';
import type { ProfileAnswer } from '../data/queries.ts';

export interface Creator {
  creatorId: string;
  name: string;
  timeZone: string;
  currency: string;
  profile: ProfileAnswer;
}

const CreatorContext = createContext<Creator | undefined>(undefined);

export const CreatorProvider = ({ profile, children }: { profile: ProfileAnswer; children: ReactNode }) => {
  const { creatorId, name, timeZone, currency } = profile;
  return <CreatorContext.Provider value={{ creatorId, name, timeZone, currency, profile }}>{children}</CreatorContext.Provider>;
};

/** The creator. Throws outside of a creator's pages. */
export function useCreator(): Creator {
  const creator = useContext(CreatorContext);
  if (!creator) throw new Error('There is no creator outside of CreatorProvider.');
  return creator;
}

export const pathOf = (creatorId: string, screen: string): string => `/c/${encodeURIComponent(creatorId)}/${screen}`;

const carried = ['range', 'from', 'to', 'compare', 'grain', 'refundsBy'];

/** Makes the address of another screen of the same creator, with the same range and comparison. */
export function useHref(): (screen: string, more?: Record<string, string>) => string {
  const { creatorId } = useCreator();
  const now = new URLSearchParams(useSearch());
  return (screen, more = {}) => {
    const next = new URLSearchParams([...now].filter(([name]) => carried.includes(name)));
    // Days told one by one stand in place of a range with a name.
    if ('from' in more) next.delete('range');
    for (const [name, value] of Object.entries(more)) next.set(name, value);
    const search = next.toString();
    return pathOf(creatorId, screen) + (search ? `?${search}` : '');
  };
}
