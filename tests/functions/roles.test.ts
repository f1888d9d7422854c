/** Which role may ask for which route? The table, and that every route answers by it; a new route is named here or the test fails. */
import { expect, it } from 'vitest';
import { serve } from '../../functions/http.ts';
import { type Role, roles } from '../../shared/api/endpoint.ts';
import { endpoints } from '../../shared/api/endpoints.ts';
import { ask } from '../make/request.ts';

const reading: readonly Role[] = ['creator', 'analyst', 'admin'];
const changing: readonly Role[] = ['creator', 'admin'];
const sending: readonly Role[] = ['service'];
const table: { [route: string]: readonly Role[] | 'public' } = {
  'GET /v1/health': 'public',
  'GET /v1/quarantine': ['admin'],
  'GET /v1/quarantine/{id}': ['admin'],
  'POST /v1/quarantine/replay': ['admin'],
  'POST /v1/quarantine/discard': ['admin'],
  'GET /v1/openapi.json': 'public',
  'GET /v1/docs': 'public',
  'POST /v1/events': sending,
  'GET /v1/events/progress': sending,
  'GET /v1/kpis': reading,
  'GET /v1/creators': reading,
  'GET /v1/creators/{creatorId}': reading,
  'PUT /v1/creators/{creatorId}': changing,
  'GET /v1/creators/{creatorId}/kpis': reading,
  'GET /v1/creators/{creatorId}/dashboard': reading,
  'GET /v1/creators/{creatorId}/orders': reading,
  'GET /v1/creators/{creatorId}/saved-views': reading,
  'PUT /v1/creators/{creatorId}/saved-views': changing,
  'GET /v1/creators/{creatorId}/goals': reading,
  'PUT /v1/creators/{creatorId}/goals': changing,
  'GET /v1/creators/{creatorId}/stock-terms': reading,
  'PUT /v1/creators/{creatorId}/stock-terms': changing,
  'GET /v1/creators/{creatorId}/calendar': reading,
  'PUT /v1/creators/{creatorId}/calendar': changing,
  'GET /v1/creators/{creatorId}/movers': reading,
  'GET /v1/creators/{creatorId}/trends': reading,
  'GET /v1/creators/{creatorId}/products': reading,
  'GET /v1/creators/{creatorId}/profitability': reading,
  'GET /v1/creators/{creatorId}/payouts': reading,
  'GET /v1/creators/{creatorId}/samples': reading,
  'GET /v1/creators/{creatorId}/satisfaction': reading,
  'GET /v1/creators/{creatorId}/customers': reading,
  'GET /v1/creators/{creatorId}/forecasts': reading,
  'GET /v1/creators/{creatorId}/inventory': reading,
  'GET /v1/creators/{creatorId}/recommendations': reading,
  'POST /v1/creators/{creatorId}/recommendations/{id}/done': changing,
  'POST /v1/creators/{creatorId}/recommendations/{id}/dismiss': changing,
  'GET /v1/creators/{creatorId}/shipping': reading,
  'GET /v1/creators/{creatorId}/operations': reading,
  'POST /v1/creators/{creatorId}/exports': reading,
  'GET /v1/creators/{creatorId}/exports': reading,
  'GET /v1/creators/{creatorId}/exports/{id}': reading,
  'GET /v1/creators/{creatorId}/exports/{id}/file': 'public',
  'GET /v1/creators/{creatorId}/connections': reading,
  'GET /v1/creators/{creatorId}/sources': reading,
  'POST /v1/creators/{creatorId}/connections': changing,
  'POST /v1/creators/{creatorId}/connections/tiktok-shop': changing,
  'GET /v1/connect/tiktok-shop/callback': 'public',
  'POST /v1/webhooks/tiktok-shop': 'public',
  'POST /v1/webhooks/easypost': 'public',
  'POST /v1/webhooks/aftership': 'public',
  'POST /v1/webhooks/shippo': 'public',
  'POST /v1/webhooks/shopify': 'public',
  'GET /v1/connect/shopify/callback': 'public',
  'POST /v1/creators/{creatorId}/connections/shopify': changing,
  'GET /v1/creators/{creatorId}/privacy-requests': changing,
  'GET /v1/creators/{creatorId}/export-schedules': reading,
  'GET /v1/creators/{creatorId}/export-schedules/{id}': reading,
  'PUT /v1/creators/{creatorId}/export-schedules/{id}': changing,
  'DELETE /v1/creators/{creatorId}/export-schedules/{id}': changing,
  'POST /v1/creators/{creatorId}/imports': changing,
  'POST /v1/creators/{creatorId}/imports/{id}/survey': changing,
  'POST /v1/creators/{creatorId}/imports/{id}/confirm': changing,
  'POST /v1/creators/{creatorId}/imports/{id}/undo': changing,
  'GET /v1/creators/{creatorId}/imports/{id}/refused': reading,
  'GET /v1/import-templates': reading,
  'GET /v1/import-templates/{id}': reading,
  'GET /v1/creators/{creatorId}/unit-costs': reading,
  'POST /v1/creators/{creatorId}/unit-costs': changing,
  'GET /v1/creators/{creatorId}/imports': reading,
  'GET /v1/creators/{creatorId}/imports/{id}': reading,
};

it('names every route', () => {
  expect(Object.fromEntries(endpoints.map(({ method, path, roles: allowed }) => [`${method} ${path}`, allowed]))).toEqual(table);
});

const cases = Object.entries(table).flatMap(([route, allowed]) => roles.map((role) => [route, role, allowed] as const));

it.each(cases)('%s as %s', async (route, role, allowed) => {
  const endpoint = endpoints.find(({ method, path }) => `${method} ${path}` === route);
  let isReached = false;
  const answer = async () => {
    isReached = true;
    return { json: {} };
  };
  const handler = serve(
    [{ endpoint, answer }] as never,
    () => ({}),
    () => 0,
  );
  const ofCreator = route.includes('{creatorId}') ? { creatorId: 'c-1', id: 'x' } : {};
  const { status } = await ask(handler, { route, roles: [role], as: 'c-1', ...ofCreator });
  const isAllowed = allowed === 'public' || allowed.includes(role);
  // Past the role, what is asked may still be wrong; before it, nothing is looked at.
  expect([status === 403, isReached && !isAllowed]).toEqual([!isAllowed, false]);
});
