/** Does a write that is refused leave every store as it was, to the byte? Every writing route, for every reason there is; generated from the declarations. */
import { createHash } from 'node:crypto';
import { ScanCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes as collecting } from '../../functions/collect-events/routes.ts';
import { routes as connecting } from '../../functions/connect/routes.ts';
import { serve } from '../../functions/http.ts';
import { routes as holding } from '../../functions/quarantine/routes.ts';
import { routes as hearing } from '../../functions/receive-webhook/routes.ts';
import { routes as exporting } from '../../functions/request-export/routes.ts';
import { routes as importing } from '../../functions/request-import/routes.ts';
import { routes as keeping } from '../../functions/settings/routes.ts';
import { roles as allRoles, type Role } from '../../shared/api/endpoint.ts';
import { endpoints } from '../../shared/api/endpoints.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeCreator, makeOrder } from '../make/events.ts';
import { type Answered, type Asked, ask } from '../make/request.ts';

const now = Date.parse('2026-03-20T16:30:00Z');
const puts: unknown[] = [];
const stream = {
  name: 'events',
  send: async (command: { input: { Records: unknown[] } }) => {
    puts.push(...command.input.Records);
    return {
      Records: command.input.Records.map((_, i) => ({
        SequenceNumber: String(i).padStart(56, '4'),
        ShardId: 'shardId-000000000000',
      })),
    };
  },
};

let desk: ExportsContext;
let handler: unknown;
beforeAll(async () => {
  desk = await makeDesk('2026-03-20T16:30:00Z');
  for (const creator of ['c-1', 'c-2']) await desk.shop.load(creator, [makeOrder('o-1', { creator })]);
  const { table } = desk.shop;
  const vendors = {
    collector: { table, stream, epoch: 1 },
    keys: async () => ({ ownKey: 'a key of no value', tiktokShop: { appKey: 'a', appSecret: 'b' } }),
    send: async (message: unknown) => void puts.push(message),
    now: () => now,
  };
  const needs = {
    ...vendors,
    table,
    stream,
    epoch: 1,
    start: async () => {},
    sign: async () => '',
    sendsMail: true,
    cursorKey: 'a key',
  };
  handler = serve(
    [...collecting, ...exporting, ...importing, ...keeping, ...connecting, ...hearing, ...holding] as never,
    () => needs,
    () => now,
  );
  for (let i = 0; i < 20; i++)
    await ask(handler, {
      route: 'PUT /v1/creators/{creatorId}/export-schedules/{id}',
      creatorId: 'c-1',
      as: 'c-1',
      id: `s-${i}`,
      body: schedule,
    });
  for (let i = 0; i < 5; i++)
    await ask(handler, { route: 'POST /v1/creators/{creatorId}/exports', creatorId: 'c-1', as: 'c-1', body: exported });
});
afterAll(() => desk.close());

const marked = { money: 100, number: 3, judgedAfterDays: 14 };
const schedule = { cadence: 'daily', hour: 6, what: { kpis: { names: ['netSales'] } }, format: 'csv' };
const sale = { id: 'a', from: '2026-03-20', to: '2026-03-20', kind: 'promotion', title: 'Sale' };
const exported = { what: { entities: 'orders' }, format: 'csv' };

/** Everything that is stored, in one word. */
async function fingerprint(): Promise<string> {
  const { table } = desk.shop;
  const { Items = [], LastEvaluatedKey } = await table.send(new ScanCommand({ TableName: table.name, ConsistentRead: true }));
  expect(LastEvaluatedKey, 'all of the table').toBeUndefined();
  const items = Items.map((item) => JSON.stringify(Object.entries(item).sort())).sort();
  const keys = await desk.keys();
  const contents = await Promise.all(keys.map(async (key) => [key, (await desk.read(key)).toString('base64')]));
  return createHash('sha256')
    .update(JSON.stringify([items, contents, puts]))
    .digest('hex');
}

type Case = [reason: string, asked: Partial<Asked>];
const good: { [route: string]: Partial<Asked> } = {
  'POST /v1/events': { body: [makeOrder('o-9')], type: 'application/cloudevents-batch+json', roles: ['service'] },
  'PUT /v1/creators/{creatorId}': { body: { name: 'Rosa', timeZone: 'America/New_York', currency: 'USD' } },
  'PUT /v1/creators/{creatorId}/saved-views': { body: { version: 0, views: [] } },
  'PUT /v1/creators/{creatorId}/calendar': { body: { version: 0, entries: [] } },
  'PUT /v1/creators/{creatorId}/goals': { body: { version: 0, goals: [] } },
  'PUT /v1/creators/{creatorId}/stock-terms': { body: { version: 0, terms: [] } },
  'POST /v1/creators/{creatorId}/recommendations/{id}/done': { body: marked, id: 'runs_out-0123456789ab' },
  'POST /v1/creators/{creatorId}/recommendations/{id}/dismiss': { body: marked, id: 'runs_out-0123456789ab' },
  'POST /v1/creators/{creatorId}/exports': { body: exported },
  'PUT /v1/creators/{creatorId}/export-schedules/{id}': { body: schedule, id: 's-1' },
  'DELETE /v1/creators/{creatorId}/export-schedules/{id}': { id: 's-1' },
  'POST /v1/creators/{creatorId}/connections': { body: { vendor: 'tiktok-shop', back: 'code=1&state=2' } },
  'POST /v1/creators/{creatorId}/connections/tiktok-shop': {},
  'POST /v1/creators/{creatorId}/connections/shopify': { body: { shop: 'example.myshopify.com' } },
  // Without a signature whatever it says is refused.
  'POST /v1/webhooks/tiktok-shop': { roles: null, text: '{"type":1}' },
  'POST /v1/webhooks/easypost': { roles: null, text: '{"id":"1"}' },
  'POST /v1/webhooks/aftership': { roles: null, text: '{"event":"1"}' },
  'POST /v1/webhooks/shippo': { roles: null, text: '{"event":"1"}' },
  'POST /v1/webhooks/shopify': { roles: null, text: '{"id":1}' },
  'POST /v1/creators/{creatorId}/imports': { body: { files: [{ name: 'a.csv', bytes: 1 }] } },
  'POST /v1/creators/{creatorId}/imports/{id}/survey': { body: {}, id: 'nothing' },
  'POST /v1/creators/{creatorId}/imports/{id}/confirm': { body: {}, id: 'nothing' },
  'POST /v1/creators/{creatorId}/imports/{id}/undo': { body: {}, id: 'nothing' },
  'POST /v1/creators/{creatorId}/unit-costs': { body: { costs: [{ sku: 'S', validFrom: '2026-01-01', amount: 1 }] } },
  'POST /v1/quarantine/replay': { roles: ['admin'], body: { ids: ['1'] } },
  'POST /v1/quarantine/discard': { roles: ['admin'], body: { ids: ['1'] } },
};
/** Reasons of a route's own. */
const own: { [route: string]: Case[] } = {
  'POST /v1/events': [
    ['events that are none', { body: [1, null, 'x', {}] }],
    [
      'an event that is too large',
      { body: [makeCreator('c-7', { name: 'x'.repeat(190), preferences: { a: 'x'.repeat(270_000) } })] },
    ],
    ['an event nested too deeply', { text: `[{"data":${'['.repeat(50_000)}${']'.repeat(50_000)}}]` }],
    ['an event of an unknown creator', { body: [makeOrder('o-1', { creator: 'c-unknown' })] }],
    ['another currency of a creator', { body: [makeCreator('c-1', { currency: 'EUR' }, '2026-03-01T00:00:00Z')] }],
    ['a year that is none', { body: [makeOrder('o-1', { paidAt: '0001-01-01T00:00:00Z' })] }],
    ['half a character', { body: [makeOrder('o-\ud800')] }],
    [
      'an amount that cannot be converted',
      { body: [makeOrder('o-1', { unitPrice: 10_000_000_000_000, data: { currency: 'EUR', exchangeRate: '999999999999.9' } })] },
    ],
    ['a rate that is missing', { body: [makeOrder('o-1', { data: { currency: 'EUR' } })] }],
    ['more events than a batch has', { body: Array.from({ length: 501 }, (_, i) => makeOrder(`o-${i}`)) }],
  ],
  'PUT /v1/creators/{creatorId}': [
    ['a name that is too long', { body: { name: 'x'.repeat(300_000), timeZone: 'Asia/Tokyo', currency: 'USD' } }],
    [
      'a profile that is too large',
      { body: { name: 'Tokyo', timeZone: 'Asia/Tokyo', currency: 'USD', preferences: { a: 'x'.repeat(300_000) } } },
    ],
    ['another currency', { body: { name: 'Rosa', timeZone: 'Asia/Tokyo', currency: 'EUR' } }],
    ['a country that is none', { body: { name: 'Rosa', timeZone: 'Asia/Tokyo', currency: 'USD', country: 'UK' } }],
    [
      'a week that begins on no such day',
      { body: { name: 'Rosa', timeZone: 'Asia/Tokyo', currency: 'USD', preferences: { weekStart: 'friday' } } },
    ],
    ['a zone that is none', { body: { name: 'Rosa', timeZone: 'Mars/Base', currency: 'USD' } }],
  ],
  'PUT /v1/creators/{creatorId}/saved-views': [
    ['a version that is not the one', { body: { version: 7, views: [] } }],
    ['a view twice', { body: { version: 0, views: [1, 1].map(() => ({ id: 'a', name: 'A', path: '/x', search: '' })) } }],
    ['a path of another host', { body: { version: 0, views: [{ id: 'a', name: 'A', path: '//x', search: '' }] } }],
  ],
  'POST /v1/creators/{creatorId}/recommendations/{id}/done': [
    ['an id that is none', { body: marked, id: 'nothing' }],
    ['money below zero', { body: { ...marked, money: -1 }, id: 'runs_out-0123456789ab' }],
  ],
  'POST /v1/creators/{creatorId}/recommendations/{id}/dismiss': [['an id that is none', { body: marked, id: 'nothing' }]],
  'PUT /v1/creators/{creatorId}/stock-terms': [
    ['a version that is not the one', { body: { version: 7, terms: [] } }],
    ['terms without a SKU', { body: { version: 0, terms: [{ id: 'a' }] } }],
  ],
  'PUT /v1/creators/{creatorId}/goals': [
    ['a version that is not the one', { body: { version: 7, goals: [] } }],
    ['a goal twice', { body: { version: 0, goals: ['a', 'b'].map((id) => ({ id, name: 'gmv', month: '2026-03', target: 1 })) } }],
    ['no month', { body: { version: 0, goals: [{ id: 'a', name: 'gmv', month: 'March', target: 1 }] } }],
  ],
  'PUT /v1/creators/{creatorId}/calendar': [
    ['a version that is not the one', { body: { version: 7, entries: [] } }],
    ['an entry twice', { body: { version: 0, entries: [sale, sale] } }],
    ['days out of order', { body: { version: 0, entries: [{ ...sale, to: '2026-03-01' }] } }],
    ['days of no year', { body: { version: 0, entries: [{ ...sale, from: '0020-03-20' }] } }],
    ['a kind that is none', { body: { version: 0, entries: [{ ...sale, kind: 'party' }] } }],
  ],
  'POST /v1/creators/{creatorId}/exports': [
    ['more than may be under way', {}],
    ['days out of order', { body: { what: { entities: 'orders', from: '2026-03-02', to: '2026-03-01' }, format: 'csv' } }],
    ['days of no year', { body: { what: { entities: 'orders', from: '0020-03-02' }, format: 'csv' } }],
    ['a format that is none', { body: { ...exported, format: 'doc' } }],
  ],
  'PUT /v1/creators/{creatorId}/export-schedules/{id}': [
    ['one more than there may be', { id: 's-20' }],
    ['an id that is none', { id: 'a/b' }],
    ['an address that is none', { body: { ...schedule, mailTo: 'nobody' } }],
    ['an hour that no day has', { body: { ...schedule, hour: 24 } }],
  ],
  'DELETE /v1/creators/{creatorId}/export-schedules/{id}': [['one that is not there', { id: 'nothing' }]],
  'POST /v1/creators/{creatorId}/connections': [
    ['another vendor', { body: { vendor: 'x', back: 'code=1' } }],
    ['nothing that came back', { body: { vendor: 'shopify', back: '' } }],
  ],
  'POST /v1/creators/{creatorId}/connections/tiktok-shop': [],
  'POST /v1/webhooks/tiktok-shop': [
    ['a signature that is none', { headers: { authorization: 'x' } }],
    ['a body that is too large', { text: 'x'.repeat(1_100_000) }],
  ],
  'POST /v1/webhooks/easypost': [['a signature that is none', { headers: { 'x-hmac-signature': 'x' } }]],
  'POST /v1/webhooks/aftership': [['a signature that is none', { headers: { 'aftership-hmac-sha256': 'x' } }]],
  'POST /v1/creators/{creatorId}/connections/shopify': [['a shop elsewhere', { body: { shop: 'example.com' } }]],
  'POST /v1/webhooks/shopify': [['a signature that is none', { headers: { 'x-shopify-hmac-sha256': 'x' } }]],
  'POST /v1/webhooks/shippo': [['a signature that is none', { headers: { 'shippo-auth-signature': 't=1,v1=x' } }]],
  'POST /v1/creators/{creatorId}/imports': [
    ['a file that is too large', { body: { files: [{ name: 'a.csv', bytes: 600_000_001 }] } }],
    ['a market that is none', { body: { files: [{ name: 'a.csv', bytes: 1 }], market: 'XX' } }],
  ],
  'POST /v1/creators/{creatorId}/imports/{id}/survey': [['one that is not there', {}]],
  'POST /v1/creators/{creatorId}/imports/{id}/confirm': [['one that is not there', {}]],
  'POST /v1/creators/{creatorId}/imports/{id}/undo': [['one that is not there', {}]],
  'POST /v1/creators/{creatorId}/unit-costs': [
    ['a day that is none', { body: { costs: [{ sku: 'S', validFrom: '2026-02-30', amount: 1 }] } }],
    ['an amount below zero', { body: { costs: [{ sku: 'S', validFrom: '2026-01-01', amount: -1 }] } }],
  ],
  'POST /v1/quarantine/replay': [
    ['no id', { body: { ids: [] } }],
    ['an id that is none', { body: { ids: ['../a'] } }],
  ],
  'POST /v1/quarantine/discard': [['an id that is none', { body: { ids: ['../a'] } }]],
};

const writing = endpoints
  .filter(({ method }) => method !== 'GET')
  .map((endpoint) => ({ endpoint, route: `${endpoint.method} ${endpoint.path}` }));

/** Reasons that any route has: who asks, for whom, with what. */
function commonCases({ roles, path, body }: (typeof endpoints)[number]): Case[] {
  const forbidden = allRoles.filter((role) => roles !== 'public' && !roles.includes(role));
  const isOfCreator = path.includes('{creatorId}');
  return [
    ...forbidden.map((role: Role): Case => [`the role ${role}`, { roles: [role], as: 'c-1' }]),
    ['no role at all', { roles: [] }],
    ['no token', { roles: null }],
    ...(isOfCreator
      ? [
          ['another creator', { creatorId: 'c-2', as: 'c-1' }] as Case,
          ['no such creator', { creatorId: /(\{creatorId\}|imports)$/.test(path) ? 'no/such' : 'c-none', as: 'c-none' }] as Case,
        ]
      : []),
    ['a parameter that is not known', { query: { dryRun: 'true' } }],
    ...(body
      ? ([
          ['no body', { body: undefined, text: '' }],
          ['a body that is no JSON', { text: '{"a":' }],
          ['a body of another type', { type: 'text/plain' }],
          ['a body that is a list of lists', { body: [[]] }],
          ['a field that is not known', { body: { unknown: 1 } }],
          ['a body that is too large', { text: `["${'x'.repeat(1_100_000)}"]` }],
        ] as Case[])
      : []),
  ];
}

const cases = writing.flatMap(({ endpoint, route }) =>
  [...commonCases(endpoint), ...(own[route] ?? [])].map(([reason, asked]) => [route, reason, asked] as const),
);

describe('every writing route', () => {
  it('is among those that are tried', () => {
    expect(writing.map(({ route }) => route).filter((route) => !(route in good) || !(route in own))).toEqual([]);
    console.log(`${writing.length} writing routes, ${cases.length} refusals`);
  });
});

describe('a write that is refused leaves everything as it was', () => {
  it.each(cases)('%s with %s', async (route, _, asked) => {
    const isOfCreator = route.includes('{creatorId}');
    const before = await fingerprint();
    // What stands in the text takes the place of the body.
    const { body, ...rest } = { ...(isOfCreator ? { creatorId: 'c-1', as: 'c-1' } : {}), ...good[route], ...asked } as Asked;
    const answer: Answered = await ask(handler, { ...rest, route, ...(rest.text === undefined ? { body } : {}) });
    const isRefused = answer.status >= 400 || (answer.json?.accepted === 0 && answer.json.rejected.length > 0);
    expect(isRefused, `${answer.status} ${answer.text.slice(0, 200)}`).toBe(true);
    expect(answer.status).toBeLessThan(500);
    expect(await fingerprint()).toBe(before);
  });

  it('and one that is taken would be seen', async () => {
    const before = await fingerprint();
    const route = 'PUT /v1/creators/{creatorId}';
    const { status } = await ask(handler, { route, creatorId: 'c-1', as: 'c-1', ...good[route] });
    expect([status, (await fingerprint()) === before]).toEqual([200, false]);
  });
});
