/** Which request goes to which function, who may send it, and how often? As the endpoints declare it. */
import type { Endpoint, Gate } from '../shared/api/endpoint.ts';
import { endpoints } from '../shared/api/endpoints.ts';

export interface Route extends Gate {
  method: Endpoint['method'];
  path: string;
  /** Answered without a token, and why that is right. Everything else passes the JWT authorizer first. */
  isPublic?: string;
}

/** As many callers at their limits fit through the gateway at once; beyond it, it refuses whoever comes. */
const CALLERS = 10;

/** What the gateway lets through of a route over all callers: it knows no caller, so it must hold more than one of them may ask for. */
export const ceilingOf = ({ rate, burst, isPublic }: Route): { rate: number; burst: number } =>
  isPublic ? { rate, burst } : { rate: rate * CALLERS, burst: burst * CALLERS };

/** Requests per second of one caller, by route key, of the routes that lead to a function. */
export const callerLimitsOf = (name: Gate['to']): Record<string, number> =>
  Object.fromEntries(
    routes.filter(({ to, isPublic }) => to === name && !isPublic).map(({ method, path, rate }) => [`${method} ${path}`, rate]),
  );

function routeOf({ method, path, gate, roles, publicBecause }: Endpoint): Route {
  if (roles !== 'public') return { method, path, ...gate };
  if (!publicBecause) throw new Error(`${method} ${path} is public: publicBecause has to say why.`);
  return { method, path, ...gate, isPublic: publicBecause };
}

/** Every route of the API. There is no catch-all: what is not listed is a 404 of the gateway. */
export const routes: readonly Route[] = endpoints.map(routeOf);
