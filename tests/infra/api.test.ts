/** Does every request pass the door it should, and not more often than it may? */
import { describe, expect, it } from 'vitest';
import { routes } from '../../infra/routes.ts';
import { makeTemplates, only, resources } from './make-stacks.ts';

const { service } = makeTemplates();
const made = Object.values(resources(service, 'AWS::ApiGatewayV2::Route'));
const stage = only(service, 'AWS::ApiGatewayV2::Stage');
const authorizer = only(service, 'AWS::ApiGatewayV2::Authorizer');
const [authorizerId] = Object.keys(resources(service, 'AWS::ApiGatewayV2::Authorizer'));
const MAILED = 'GET /v1/creators/{creatorId}/exports/{id}/file';
const CONNECT = ['shopify', 'tiktok-shop'].map((vendor) => `GET /v1/connect/${vendor}/callback`);
const WEBHOOKS = ['aftership', 'easypost', 'shippo', 'shopify', 'tiktok-shop'].map((vendor) => `POST /v1/webhooks/${vendor}`);
const PUBLIC = [...CONNECT, MAILED, 'GET /v1/docs', 'GET /v1/health', 'GET /v1/openapi.json', ...WEBHOOKS];

describe('routes', () => {
  it('are those of the list and no others', () => {
    expect(made.map((route) => route.RouteKey).sort()).toEqual(routes.map((route) => `${route.method} ${route.path}`).sort());
  });
  it('are named one by one: nothing catches all', () => {
    for (const { RouteKey } of made) expect(RouteKey).not.toMatch(/ANY|\$default|\+\}/);
  });
  it('are open for health and description, for a file whose token was mailed, and for vendors with a proof of their own', () => {
    const open = made.filter((route) => route.AuthorizationType === 'NONE').map((route) => route.RouteKey);
    expect(open.sort()).toEqual(PUBLIC);
  });
  it.each(made.filter((route) => !PUBLIC.includes(route.RouteKey)))('$RouteKey asks for a token', (route) => {
    expect(route.AuthorizationType).toBe('JWT');
    expect(route.AuthorizerId).toEqual({ Ref: authorizerId });
  });
  it.each(made)('$RouteKey has a limit of its own, below that of the whole API', ({ RouteKey }) => {
    const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = stage.RouteSettings[RouteKey];
    expect(rate).toBeGreaterThan(0);
    expect(burst).toBeGreaterThanOrEqual(rate);
    expect(rate).toBeLessThanOrEqual(stage.DefaultRouteSettings.ThrottlingRateLimit);
    expect(burst).toBeLessThanOrEqual(stage.DefaultRouteSettings.ThrottlingBurstLimit);
  });
  it.each(routes.filter(({ isPublic }) => !isPublic))(
    '$method $path takes more at the gateway than one caller may ask',
    (route) => {
      const { ThrottlingRateLimit: rate, ThrottlingBurstLimit: burst } = stage.RouteSettings[`${route.method} ${route.path}`];
      expect(rate).toBeGreaterThanOrEqual(5 * route.rate);
      // A caller may ask ten seconds' worth at once.
      expect(burst).toBeGreaterThanOrEqual(Math.min(10 * route.rate, stage.DefaultRouteSettings.ThrottlingBurstLimit));
    },
  );
  it('tell their functions what a caller may ask', () => {
    const told = Object.values(resources(service, 'AWS::Lambda::Function')).flatMap(({ Environment }) =>
      Object.entries(JSON.parse(Environment.Variables.CALLER_LIMITS ?? '{}')),
    );
    const expected = routes.filter(({ isPublic }) => !isPublic).map(({ method, path, rate }) => [`${method} ${path}`, rate]);
    expect(told.sort()).toEqual(expected.sort());
  });
  it('stay below the whole API where that is set lower', () => {
    const low = only(makeTemplates({ apiRate: 20, apiBurst: 30 }).service, 'AWS::ApiGatewayV2::Stage');
    for (const settings of Object.values(low.RouteSettings) as { ThrottlingRateLimit: number; ThrottlingBurstLimit: number }[]) {
      expect(settings.ThrottlingRateLimit).toBeLessThanOrEqual(20);
      expect(settings.ThrottlingBurstLimit).toBeLessThanOrEqual(30);
    }
  });
  it('exist before the stage that limits them', () => {
    const { DependsOn } = Object.values(service.findResources('AWS::ApiGatewayV2::Stage'))[0]!;
    expect(DependsOn).toEqual(expect.arrayContaining(Object.keys(resources(service, 'AWS::ApiGatewayV2::Route'))));
  });
  it('hand over requests in payload format 2.0', () => {
    for (const one of Object.values(resources(service, 'AWS::ApiGatewayV2::Integration'))) {
      expect(one).toMatchObject({ IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0' });
    }
  });
});

describe('the authorizer', () => {
  it('believes tokens of the user pool, for its two clients', () => {
    expect(authorizer.AuthorizerType).toBe('JWT');
    expect(JSON.stringify(authorizer.JwtConfiguration.Issuer)).toContain('{"Ref":"UserPool"}');
    expect(authorizer.JwtConfiguration.Audience).toHaveLength(2);
  });
  it('looks for the token in the header', () => expect(authorizer.IdentitySource).toEqual(['$request.header.Authorization']));
});

describe('the access log', () => {
  it('holds neither tokens nor addresses nor whose numbers were asked for', () => {
    expect(stage.AccessLogSettings.Format).not.toMatch(/identity|claims|authorization|userAgent|\$context\.path|sourceIp/i);
  });
});

describe('browsers of another origin', () => {
  it('are refused by default', () => expect(only(service, 'AWS::ApiGatewayV2::Api').CorsConfiguration).toBeUndefined());
  it('are let in where configured', () => {
    const opened = makeTemplates({ corsOrigins: ['https://shop.example.com'] }).service;
    expect(only(opened, 'AWS::ApiGatewayV2::Api').CorsConfiguration.AllowOrigins).toEqual(['https://shop.example.com']);
  });
});
