/** How does any component reach the API of this session? */
import { createContext, type ReactNode, useContext } from 'react';
import type { Api } from './api.ts';

const ApiContext = createContext<Api | undefined>(undefined);

export const ApiProvider = ({ api, children }: { api: Api; children: ReactNode }) => (
  <ApiContext.Provider value={api}>{children}</ApiContext.Provider>
);

/** The API. Throws outside of a session. */
export function useApi(): Api {
  const api = useContext(ApiContext);
  if (!api) throw new Error('There is no API outside of ApiProvider.');
  return api;
}
