/** Which request goes to which function, who may send it, and how often? */
import type { FunctionName } from './build.ts';

export interface Route {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  to: FunctionName;
  /** Answered without a token, and why that is right. Everything else passes the JWT authorizer first. */
  isPublic?: string;
  /** Requests per second over all callers, and how many may come at once. */
  rate: number;
  burst: number;
}

const ofEveryone = 'Public by design: it tells the state of the service or describes the API, never data.';
const byMailedToken = 'Public by design: the token that was mailed opens one file for a week, and nothing else.';

/** Every route of the API. There is no catch-all: what is not listed is a 404 of the gateway. */
export const routes: readonly Route[] = [
  { method: 'GET', path: '/v1/health', to: 'report', isPublic: ofEveryone, rate: 20, burst: 40 },
  { method: 'GET', path: '/v1/openapi.json', to: 'report', isPublic: ofEveryone, rate: 10, burst: 20 },
  { method: 'GET', path: '/v1/docs', to: 'report', isPublic: ofEveryone, rate: 10, burst: 20 },
  { method: 'POST', path: '/v1/events', to: 'collect-events', rate: 100, burst: 200 },
  { method: 'GET', path: '/v1/kpis', to: 'report', rate: 50, burst: 100 },
  { method: 'GET', path: '/v1/creators', to: 'report', rate: 20, burst: 40 },
  { method: 'GET', path: '/v1/creators/{creatorId}', to: 'report', rate: 50, burst: 100 },
  { method: 'PUT', path: '/v1/creators/{creatorId}', to: 'collect-events', rate: 10, burst: 20 },
  { method: 'GET', path: '/v1/creators/{creatorId}/kpis', to: 'report', rate: 200, burst: 400 },
  { method: 'GET', path: '/v1/creators/{creatorId}/dashboard', to: 'report', rate: 100, burst: 200 },
  { method: 'GET', path: '/v1/creators/{creatorId}/orders', to: 'report', rate: 50, burst: 100 },
  { method: 'GET', path: '/v1/creators/{creatorId}/saved-views', to: 'settings', rate: 50, burst: 100 },
  { method: 'PUT', path: '/v1/creators/{creatorId}/saved-views', to: 'settings', rate: 10, burst: 20 },
  { method: 'GET', path: '/v1/creators/{creatorId}/products', to: 'report', rate: 100, burst: 200 },
  { method: 'POST', path: '/v1/creators/{creatorId}/exports', to: 'request-export', rate: 5, burst: 20 },
  { method: 'GET', path: '/v1/creators/{creatorId}/exports', to: 'request-export', rate: 20, burst: 40 },
  { method: 'GET', path: '/v1/creators/{creatorId}/exports/{id}', to: 'request-export', rate: 50, burst: 100 },
  {
    method: 'GET',
    path: '/v1/creators/{creatorId}/exports/{id}/file',
    to: 'request-export',
    isPublic: byMailedToken,
    rate: 5,
    burst: 20,
  },
  { method: 'GET', path: '/v1/creators/{creatorId}/export-schedules', to: 'request-export', rate: 20, burst: 40 },
  { method: 'GET', path: '/v1/creators/{creatorId}/export-schedules/{id}', to: 'request-export', rate: 20, burst: 40 },
  { method: 'PUT', path: '/v1/creators/{creatorId}/export-schedules/{id}', to: 'request-export', rate: 5, burst: 20 },
  { method: 'DELETE', path: '/v1/creators/{creatorId}/export-schedules/{id}', to: 'request-export', rate: 5, burst: 20 },
];
