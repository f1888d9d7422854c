/** Does the description tell of exactly what there is? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { routes as collectRoutes } from '../../functions/collect-events/routes.ts';
import { routes as connectRoutes } from '../../functions/connect/routes.ts';
import { routes as quarantineRoutes } from '../../functions/quarantine/routes.ts';
import { routes as webhookRoutes } from '../../functions/receive-webhook/routes.ts';
import { routes as reportRoutes } from '../../functions/report/routes.ts';
import { routes as exportRoutes } from '../../functions/request-export/routes.ts';
import { routes as importRoutes } from '../../functions/request-import/routes.ts';
import { routes as settingsRoutes } from '../../functions/settings/routes.ts';
import { routes as deployed } from '../../infra/routes.ts';
import { endpoints } from '../../shared/api/endpoints.ts';
import { exportRequest } from '../../shared/api/exports.ts';
import { entities } from '../../shared/events/entities.ts';
import { parseEvent } from '../../shared/events/parse.ts';
import { reportNames } from '../../shared/exports/reports.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
});
afterAll(() => shop.close());

const keyOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
const openApi = async () => (await shop.ask({ route: 'GET /v1/openapi.json', roles: null })).json;

describe('every endpoint', () => {
  it('that is described is deployed, with the same protection, and answered by the function it goes to', () => {
    const answered = [
      ...reportRoutes.map(({ endpoint }) => `report ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
      ...exportRoutes.map(({ endpoint }) => `request-export ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
      ...importRoutes.map(({ endpoint }) => `request-import ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
      ...settingsRoutes.map(({ endpoint }) => `settings ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
      ...connectRoutes.map(({ endpoint }) => `connect ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
      ...webhookRoutes.map(({ endpoint }) => `receive-webhook ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
      ...quarantineRoutes.map(({ endpoint }) => `quarantine ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
      ...collectRoutes.map(({ endpoint }) => `collect-events ${keyOf(endpoint)} ${endpoint.roles === 'public'}`),
    ];
    expect(answered.sort()).toEqual(
      deployed.map((route) => `${route.to} ${keyOf(route)} ${route.isPublic !== undefined}`).sort(),
    );
    expect(endpoints.map(keyOf).sort()).toEqual(deployed.map(keyOf).sort());
  });
});

describe('the OpenAPI document', () => {
  it('is 3.1 and lists every endpoint with its parameters and refusals', async () => {
    const { openapi, info, paths } = await openApi();
    expect([openapi, info.version]).toEqual(['3.1.0', '1.2.3']);
    const { parameters, responses, security } = paths['/v1/creators/{creatorId}/kpis'].get;
    const needed = parameters.map(({ name, required }: { name: string; required: boolean }) => [name, required]);
    expect(Object.fromEntries(needed)).toEqual({
      creatorId: true,
      names: true,
      from: true,
      to: true,
      grain: false,
      by: false,
      top: false,
      where: false,
      compare: false,
      refundsBy: false,
      compareFrom: false,
      compareTo: false,
    });
    expect(Object.keys(responses)).toEqual(
      expect.arrayContaining(['200', '304', '400', '401', '403', '404', '429', '500', '503']),
    );
    expect(security).toEqual([{ token: [] }]);
    expect(paths['/v1/health'].get.security).toEqual([]);
  });

  it('names every KPI, the shape of a refusal and how to sign in', async () => {
    const { components } = await openApi();
    expect(components.schemas.KpiName.enum).toEqual([...dictionary.entries.keys()]);
    expect(components.schemas.Problem.properties).toHaveProperty('code.enum');
    expect(components.securitySchemes.token).toMatchObject({ type: 'http', scheme: 'bearer' });
  });

  it('says which reports can be exported, with which parameters, and where a mailed link leads', async () => {
    const { paths } = await openApi();
    const { schema, examples } = paths['/v1/creators/{creatorId}/exports'].post.requestBody.content['application/json'];
    const { report, query } = schema.properties.what.properties;
    expect(report.enum).toEqual(reportNames);
    expect(query.description).toContain('orders: kpi, day, by, value, where, refundsBy, atRisk');
    for (const { value } of Object.values(examples) as { value: unknown }[]) expect(exportRequest.parse(value)).toBeDefined();
    const { responses, security } = paths['/v1/creators/{creatorId}/exports/{id}/file'].get;
    expect([responses[302].headers, responses[200], security]).toMatchObject([{ location: {} }, undefined, []]);
  });

  it('points only at schemas that it has', async () => {
    const document = await openApi();
    const refs = JSON.stringify(document).matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    for (const [, name = ''] of refs) expect(document.components.schemas).toHaveProperty(name);
  });

  it('shows one whole event of every entity, each of which is taken as it stands', async () => {
    const examples = (await openApi()).paths['/v1/events'].post.requestBody.content['application/json'].example;
    expect(examples).toHaveLength(entities.size);
    for (const example of examples) expect(parseEvent(example, Date.parse('2026-04-01T00:00:00Z'))).toMatchObject({ ok: true });
  });
});

describe('the page', () => {
  it('stands alone: no scripts, nothing loaded, every endpoint and KPI on it', async () => {
    const { text, headers } = await shop.ask({ route: 'GET /v1/docs', roles: null });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(text).not.toMatch(/<script|<link|src=|https?:\/\//);
    for (const { path } of endpoints) expect(text).toContain(path);
    for (const name of dictionary.entries.keys()) expect(text).toContain(name);
  });
});

describe('the dictionary', () => {
  it('tells of each KPI what it means, when it counts and how it can be split', async () => {
    const { json } = await shop.ask({ route: 'GET /v1/kpis' });
    expect(json.kpis).toHaveLength(dictionary.entries.size);
    expect(json.kpis.find(({ name }: { name: string }) => name === 'netSales')).toEqual({
      name: 'netSales',
      topic: 'sales',
      subject: 'sales',
      title: 'Net sales',
      unit: 'money',
      better: 'up',
      formula: expect.any(String),
      timeBasis: 'mixed',
      definedBy: expect.any(String),
      dimensions: ['product', 'category', 'channel'],
      kind: 'sum',
      grains: ['hour', 'day', 'week', 'month', 'total'],
      isAdditive: true,
      restates: false,
      version: '1',
    });
    expect(json.kpis.find(({ name }: { name: string }) => name === 'refundRate')).toMatchObject({
      kind: 'ratio',
      numerator: 'refunds',
      denominator: 'grossSales',
    });
  });
});

describe('what the gateway answers by itself', () => {
  it('is told: 401 and 429 with its message, 431 without', async () => {
    const { json } = await shop.ask({ route: 'GET /v1/openapi.json' });
    const { responses, parameters } = json.paths['/v1/creators/{creatorId}/orders'].get;
    expect(Object.keys(responses['401'].content)).toEqual(['application/json']);
    expect(Object.keys(responses['429'].content).sort()).toEqual(['application/json', 'application/problem+json']);
    expect(responses['431'].content).toBeUndefined();
    const { schema } = parameters.find(({ name }: { name: string }) => name === 'atRisk');
    expect(schema.anyOf).toEqual([{ const: true }, expect.objectContaining({ type: 'integer' })]);
  });

  it('no page is shown within another', async () => {
    const { headers } = await shop.ask({ route: 'GET /v1/docs' });
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
});

describe('health', () => {
  const health = async () => (await shop.ask({ route: 'GET /v1/health', roles: null })).json;

  it('is ok while the store answers, with the version and how far behind each reader of the stream is', async () => {
    const at = '2026-03-20T16:30:00.000Z';
    expect(await health()).toEqual({
      status: 'ok',
      version: '1.2.3',
      connections: [],
      definitionVersion: String(dictionary.latest),
      sources: [
        { name: 'stream', state: 'ok', lagSeconds: 0, degradedAfterSeconds: 60, at },
        { name: 'archive', state: 'ok', lagSeconds: 0, degradedAfterSeconds: 420, at },
      ],
    });
  });
});
