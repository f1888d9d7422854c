/** How does any component know who is signed in? */
import { createContext, useContext } from 'react';
import type { Session } from './session.ts';

export const SessionContext = createContext<Session | undefined>(undefined);

/** The session. Throws outside of one. */
export function useSession(): Session {
  const session = useContext(SessionContext);
  if (!session) throw new Error('There is no session outside of SessionContext.');
  return session;
}

/** May this bearer change what belongs to a creator, not only look at it? */
export const mayChange = ({ claims }: Session, creatorId: string): boolean =>
  claims.creatorId === creatorId || claims.roles.includes('admin');

/** May this bearer repair what could not be counted, of whichever creator? */
export const repairs = ({ claims }: Session): boolean => claims.roles.includes('admin');

/** May this bearer look at other creators? */
export const seesAll = ({ claims }: Session): boolean => claims.roles.some((role) => role === 'analyst' || role === 'admin');
