/** Does the dashboard reach a browser whole, from nowhere else, and with nothing open that need not be? */
import { existsSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '../../infra/app.ts';
import { pagePaths } from '../../infra/parts/page-paths.ts';
import { securityHeaders } from '../../infra/web-headers.ts';
import { makeApp, makeTemplates, makeWeb, only, resources } from './make-stacks.ts';

const { web, outdir } = makeWeb();
const distribution = only(web, 'AWS::CloudFront::Distribution').DistributionConfig;
const behaviorOf = (path: string) =>
  distribution.CacheBehaviors.find(({ PathPattern }: { PathPattern: string }) => PathPattern === path);
const originOf = ({ TargetOriginId }: { TargetOriginId: string }) =>
  distribution.Origins.find(({ Id }: { Id: string }) => Id === TargetOriginId);
/** Text of a template with what is only known in AWS in brackets. */
const inWords = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : ((value as { 'Fn::Join'?: [string, unknown[]] })['Fn::Join']?.[1].map(inWords).join('') ?? `<${JSON.stringify(value)}>`);

describe('the stack', () => {
  it('is there only where a dashboard was built', () => {
    expect(makeApp().node.tryFindChild('CreatorAnalyticsWeb')).toBeUndefined();
  });
  it('changes nothing of the others but what they export', () => {
    const without = makeTemplates().service.toJSON();
    const beside = makeApp({}, { hasWeb: true }).synth().getStackByName('CreatorAnalyticsService').template;
    const ofTemplate = ({ Outputs, ...rest }: Record<string, unknown>) => JSON.stringify(rest).replaceAll(/[0-9a-f]{64}/g, '');
    expect(ofTemplate(beside)).toBe(ofTemplate(without));
  });
  it('says so where the dashboard was not built', () => {
    const folder = mkdtempSync(join(tmpdir(), 'no-web-'));
    expect(() => createApp({ config: {}, bundles: join(outdir, '..'), outdir: join(folder, 'out'), web: folder })).toThrow(
      'There is no dashboard',
    );
  });
});

describe('pages and files', () => {
  const buckets = resources(web, 'AWS::S3::Bucket');
  it('lie in a bucket that CloudFront alone reads, over TLS', () => {
    expect(Object.values(buckets.SiteBucket!.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    const policies = Object.values(resources(web, 'AWS::S3::BucketPolicy')).filter(({ Bucket }) => Bucket.Ref === 'SiteBucket');
    const statements = policies.flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
    const allowed = statements.filter(({ Effect }) => Effect === 'Allow');
    expect(allowed).toMatchObject([{ Action: 's3:GetObject', Principal: { Service: 'cloudfront.amazonaws.com' } }]);
    expect(inWords(allowed[0].Condition.StringEquals['AWS:SourceArn'])).toMatch(
      /:distribution\/<{"Ref":"SiteDistribution\w+"}>$/,
    );
    expect(JSON.stringify(statements)).toContain('"aws:SecureTransport":"false"');
    expect(only(web, 'AWS::CloudFront::OriginAccessControl').OriginAccessControlConfig.SigningBehavior).toBe('always');
  });
  it('are fetched on record, for as long as other logs are kept', () => {
    expect(buckets.SiteBucket!.LoggingConfiguration.DestinationBucketName).toEqual({ Ref: 'SiteLogsBucket' });
    expect(JSON.stringify(distribution.Logging.Bucket)).toContain('SiteLogsBucket');
    expect(buckets.SiteLogsBucket!.LifecycleConfiguration.Rules[1].ExpirationInDays).toBe(30);
  });
  it('go out over TLS, by HTTP/2 and 3', () => {
    expect(distribution).toMatchObject({ HttpVersion: 'http2and3', DefaultRootObject: 'index.html' });
    for (const behavior of [distribution.DefaultCacheBehavior, behaviorOf('/assets/*')])
      expect(behavior.ViewerProtocolPolicy).toBe('redirect-to-https');
  });
  it('take TLS 1.2 and later under a name of one’s own', () => {
    const dashboardCertificateArn = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
    const named = makeWeb({ dashboardDomain: 'numbers.example.com', dashboardCertificateArn }).web;
    const { Aliases, ViewerCertificate } = only(named, 'AWS::CloudFront::Distribution').DistributionConfig;
    expect(Aliases).toEqual(['numbers.example.com']);
    expect(ViewerCertificate).toMatchObject({ MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' });
    expect(JSON.stringify(named.toJSON().Outputs.DashboardUrl)).toContain('https://numbers.example.com/');
  });
});

describe('what is kept', () => {
  const [assets, pages] = ['Assets', 'Pages'].map(
    (part) => Object.entries(resources(web, 'Custom::CDKBucketDeployment')).find(([id]) => id.startsWith(`Files${part}`))![1],
  );
  const inSources = ({ SourceObjectKeys }: { SourceObjectKeys: string[] }) =>
    SourceObjectKeys.flatMap((key) => readdirSync(join(outdir, `asset.${key.replace('.zip', '')}`))).sort();

  it('is an asset for good, and a page for no longer than it is asked for', () => {
    expect(assets!.SystemMetadata['cache-control']).toBe('public, max-age=31536000, immutable');
    expect(pages!.SystemMetadata['cache-control']).toBe('no-cache, stale-if-error=86400');
  });
  it('is every file once, with the configuration beside it', () => {
    expect(inSources(assets as never)).toEqual(['index-1a2b3c4d.js']);
    expect(inSources(pages as never)).toEqual(['config.json', 'favicon.svg', 'index.html', 'theme.js']);
    expect(assets!.DestinationBucketKeyPrefix).toBe('assets');
  });
  it('comes in order: no page names an asset that is not there yet, and none goes while a tab is open', () => {
    const deployments = Object.entries(web.findResources('Custom::CDKBucketDeployment'));
    const [, last] = deployments.find(([id]) => id.startsWith('FilesPages'))!;
    expect(JSON.stringify(last.DependsOn)).toContain('FilesAssetsCustomResource');
    for (const [, { Properties }] of deployments) expect(Properties).toMatchObject({ Prune: false, RetainOnDelete: true });
  });
  it('is at CloudFront what the file says', () => {
    const { MinTTL, DefaultTTL } = only(web, 'AWS::CloudFront::CachePolicy').CachePolicyConfig;
    expect([MinTTL, DefaultTTL]).toEqual([0, 0]);
    expect(distribution.DefaultCacheBehavior.CachePolicyId).toHaveProperty('Ref');
  });
  it('tells the dashboard where to sign in and out', () => {
    const folder = (pages!.SourceObjectKeys as string[])
      .map((key) => join(outdir, `asset.${key.replace('.zip', '')}`, 'config.json'))
      .find(existsSync)!;
    const markers = Object.assign({}, ...(pages!.SourceMarkers as object[])) as Record<string, unknown>;
    const text = readFileSync(folder, 'utf8').replaceAll(/<<marker:\w+:\d+>>/g, (marker) =>
      JSON.stringify(markers[marker]).replaceAll('"', "'"),
    );
    const config = JSON.parse(text);
    expect(config).toMatchObject({
      issuer: expect.stringMatching(/UserPoolProviderURL/),
      clientId: expect.stringMatching(/UsersDashboard/),
      scope: 'openid email',
    });
    expect(config.signOutUrl).toMatch(
      /^https:\/\/\{.*UsersDomain.*\}\.auth\.\{.*Region'\}\.amazoncognito\.com\/logout\?client_id=\{.*\}&logout_uri=https%3A%2F%2F\{.*DomainName'\]\}%2F$/,
    );
  });
});

describe('the API', () => {
  const api = behaviorOf('/v1/*');
  it('answers under the dashboard’s own address, uncached, whatever the method', () => {
    expect(api.AllowedMethods).toEqual(['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']);
    // AWS's own policies: CachingDisabled, AllViewerExceptHostHeader.
    expect(api.CachePolicyId).toBe('4135ea2d-6df8-44a3-9df3-4b5a84be39ad');
    expect(api.OriginRequestPolicyId).toBe('b689b0a8-53d0-40ab-baf2-68738e2966ac');
    expect(originOf(api).CustomOriginConfig).toMatchObject({
      OriginProtocolPolicy: 'https-only',
      OriginSSLProtocols: ['TLSv1.2'],
    });
    expect(inWords(originOf(api).DomainName)).toMatch(
      /WebApi\w+"}>\.execute-api\.<{"Ref":"AWS::Region"}>\.<{"Ref":"AWS::URLSuffix"}>$/,
    );
  });
  it('takes no token over plain HTTP', () => expect(api.ViewerProtocolPolicy).toBe('https-only'));
  it('keeps its own headers and paths', () => {
    expect(api.ResponseHeadersPolicyId).toBeUndefined();
    expect(api.FunctionAssociations).toBeUndefined();
  });
});

describe('headers', () => {
  const { SecurityHeadersConfig: own, CustomHeadersConfig: others } = only(
    web,
    'AWS::CloudFront::ResponseHeadersPolicy',
  ).ResponseHeadersPolicyConfig;
  const policy = inWords(own.ContentSecurityPolicy.ContentSecurityPolicy);
  const connect = /connect-src 'self' (.*?);/.exec(policy)![1]!;

  it('are on every page and file', () => {
    for (const behavior of [distribution.DefaultCacheBehavior, behaviorOf('/assets/*')])
      expect(behavior.ResponseHeadersPolicyId).toHaveProperty('Ref');
  });
  it('are the shared ones, each of them', () => {
    const sent = {
      'content-security-policy': policy,
      'referrer-policy': own.ReferrerPolicy.ReferrerPolicy,
      'strict-transport-security': `max-age=${own.StrictTransportSecurity.AccessControlMaxAgeSec}; includeSubDomains`,
      'x-content-type-options': 'nosniff',
      'x-frame-options': own.FrameOptions.FrameOption,
      ...Object.fromEntries(others.Items.map(({ Header, Value }: { Header: string; Value: string }) => [Header, Value])),
    };
    expect(sent).toEqual(securityHeaders({ connect: connect.split(' ') }));
    for (const each of [...Object.values(own), ...others.Items]) expect((each as { Override: boolean }).Override).toBe(true);
  });
  it('let scripts call the issuer, the sign-in pages and the bucket of uploads, and nothing else', () => {
    expect(connect).toMatch(
      /^https:\/\/cognito-idp\.<[^>]*Region"}>\.amazonaws\.com https:\/\/<[^>]*UsersDomain\w+"}>\.auth\.<[^>]*>\.amazoncognito\.com https:\/\/<[^>]*ResultsBucketRegionalDomainName\w+"}>$/,
    );
  });
  it('allow no inline code, no frame, no plug-in and no other host', () => {
    const { 'content-security-policy': strict } = securityHeaders({ connect: [] });
    expect(strict).not.toMatch(/unsafe|\*|https?:|blob:/);
    expect(strict?.split('; ').slice(0, 3)).toEqual(["default-src 'none'", "script-src 'self'", "style-src 'self'"]);
    expect(strict).toContain("connect-src 'self'; ");
  });
});

describe('a path', () => {
  const handler = new Function(`${pagePaths}; return handler;`)() as (event: object) => { uri: string; querystring: object };
  const rewritten = (uri: string) => handler({ request: { uri, querystring: { a: { value: 'b' } } } });
  it.each([
    ['/', '/index.html'],
    ['/kpis', '/index.html'],
    ['/creators/c-1/kpis', '/index.html'],
    ['/creators/rosa.shop', '/index.html'],
    ['/creators/c-1/', '/index.html'],
    ['/callback', '/index.html'],
    ['/index.html', '/index.html'],
    ['/theme.js', '/theme.js'],
    ['/favicon.svg', '/favicon.svg'],
    ['/config.json', '/config.json'],
    ['/manifest.webmanifest', '/manifest.webmanifest'],
    ['/icon-192.png', '/icon-192.png'],
    ['/nothing.js', '/nothing.js'],
    ['/json', '/index.html'],
  ])('%s is answered by %s', (uri, file) => expect(rewritten(uri).uri).toBe(file));
  it('keeps its query', () => expect(rewritten('/kpis').querystring).toEqual({ a: { value: 'b' } }));
  it('is looked at before anything else, on pages only', () => {
    expect(distribution.DefaultCacheBehavior.FunctionAssociations).toMatchObject([{ EventType: 'viewer-request' }]);
    expect(behaviorOf('/assets/*').FunctionAssociations).toBeUndefined();
    expect(only(web, 'AWS::CloudFront::Function').FunctionConfig.Runtime).toBe('cloudfront-js-2.0');
  });
});

describe('the alarm', () => {
  it('stands where CloudFront’s metrics are, under the dimensions that they have', () => {
    const [made] = Object.values(web.findResources('AWS::CloudWatch::Alarm'));
    expect(web.toJSON().Conditions[made!.Condition]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] });
    expect(made!.Properties).toMatchObject({ MetricName: '5xxErrorRate', Namespace: 'AWS/CloudFront', Threshold: 5 });
    expect(made!.Properties.Dimensions).toContainEqual({ Name: 'Region', Value: 'Global' });
    expect([made!.Properties.AlarmActions, made!.Properties.OKActions].map((actions) => actions.length)).toEqual([1, 1]);
  });
});
