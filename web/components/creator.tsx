/** Whose numbers are looked at? Known to every component of a screen, with what telling them needs. */
import { createContext, type ReactNode, useContext } from 'react';
import { useSearch } from 'wouter';
import { type Calendar, readCalendar } from '../../shared/calendar.ts';
import type { CreatorAnswer } from '../data/queries.ts';

export interface Creator {
  creatorId: string;
  name: string;
  timeZone: string;
  currency: string;
  calendar: Calendar;
  profile: CreatorAnswer;
}

const CreatorContext = createContext<Creator | undefined>(undefined);

export const CreatorProvider = ({ profile, children }: { profile: CreatorAnswer; children: ReactNode }) => {
  const { creatorId, name, timeZone, currency, preferences } = profile;
  const creator = { creatorId, name, timeZone, currency, calendar: readCalendar(preferences), profile };
  return <CreatorContext.Provider value={creator}>{children}</CreatorContext.Provider>;
};

/** The creator. Throws outside of a creator's pages. */
export function useCreator(): Creator {
  const creator = useContext(CreatorContext);
  if (!creator) throw new Error('There is no creator outside of CreatorProvider.');
  return creator;
}

export const pathOf = (creatorId: string, screen: string): string => `/c/${encodeURIComponent(creatorId)}/${screen}`;

/** The creator of an address; undefined for one that is of nobody. */
export function creatorOf(path: string): string | undefined {
  const [, start, id] = path.split('/');
  if (start !== 'c' || !id) return undefined;
  try {
    return decodeURIComponent(id);
  } catch {
    return undefined;
  }
}

const carried = ['range', 'from', 'to', 'compare', 'compareFrom', 'compareTo', 'grain', 'refundsBy'];
/** Screens that can be narrowed to values of a dimension. */
const narrowed = /^(sales|products|shipping|satisfaction|operations|rows$|kpi\/)/;

/** Makes the address of another screen of the same creator, with the same range and comparison; `more` changes or adds to them. */
export function useHref(): (screen: string, more?: Record<string, string>) => string {
  const { creatorId } = useCreator();
  const now = new URLSearchParams(useSearch());
  return (screen, more = {}) => {
    const next = new URLSearchParams(
      [...now].filter(([name]) => carried.includes(name) || (name === 'where' && narrowed.test(screen))),
    );
    // One value of a dimension stands in place of what the page was narrowed to.
    if ('by' in more) next.delete('where');
    // Days told one by one stand in place of a range with a name.
    if ('from' in more) next.delete('range');
    for (const [name, value] of Object.entries(more)) next.set(name, value);
    const search = next.toString();
    return pathOf(creatorId, screen) + (search ? `?${search}` : '');
  };
}
