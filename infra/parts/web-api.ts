/** How do requests reach the functions? */
import { Duration } from 'aws-cdk-lib';
import { AccessLogFormat } from 'aws-cdk-lib/aws-apigateway';
import {
  type CfnStage,
  CorsHttpMethod,
  HttpApi,
  HttpMethod,
  HttpStage,
  LogGroupLogDestination,
} from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpUserPoolAuthorizer } from 'aws-cdk-lib/aws-apigatewayv2-authorizers';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import type { IFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Gate } from '../../shared/api/endpoint.ts';
import type { Config } from '../config.ts';
import { ceilingOf, type Route, routes } from '../routes.ts';
import { alarm } from './alarm.ts';
import { removalOf } from './removal-policy.ts';
import type { SignIn } from './sign-in.ts';
import { suppress } from './suppress.ts';

export interface WebApiProps {
  config: Config;
  alarms: ITopic;
  signIn: SignIn;
  functions: Record<Gate['to'], IFunction>;
}

// The path is the route's template, so that no creator's id is logged; no address, no token, no user agent either.
const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  at: '$context.requestTime',
  route: '$context.routeKey',
  status: '$context.status',
  bytes: '$context.responseLength',
  milliseconds: '$context.responseLatency',
  functionMilliseconds: '$context.integrationLatency',
  refused: '$context.authorizer.error',
  failed: '$context.integrationErrorMessage',
});

/** An HTTP API with exactly the routes of routes.ts, each behind the user pool unless it says that it is public. */
export class WebApi extends Construct {
  readonly api: HttpApi;
  readonly url: string;

  constructor(scope: Construct, id: string, props: WebApiProps) {
    super(scope, id);
    this.api = new HttpApi(this, 'Api', {
      apiName: props.config.name,
      createDefaultStage: false,
      corsPreflight: cors(props.config),
    });
    const made = this.addRoutes(props);
    const stage = this.makeStage(props.config);
    this.limit(stage, made, props.config);
    this.url = stage.url;
    alarm(this, 'ServerErrors', {
      topic: props.alarms,
      description: 'The API answers with 5xx: the access log has the routes, the log group of the function the cause.',
      // A caller every five minutes who is always refused is heard of.
      metric: stage.metricServerError({ statistic: 'Sum', period: Duration.minutes(15) }),
      threshold: 3,
    });
  }

  private addRoutes({ signIn, functions }: WebApiProps) {
    const authorizer = new HttpUserPoolAuthorizer('Jwt', signIn.pool, {
      userPoolClients: [signIn.dashboardClient, signIn.machineClient],
    });
    const integrations = new Map<Gate['to'], HttpLambdaIntegration>();
    return routes.flatMap((route) => {
      const integration = integrations.get(route.to) ?? new HttpLambdaIntegration(route.to, functions[route.to]);
      integrations.set(route.to, integration);
      const added = this.api.addRoutes({
        path: route.path,
        methods: [HttpMethod[route.method]],
        integration,
        authorizer: route.isPublic ? undefined : authorizer,
      });
      if (route.isPublic) {
        for (const one of added) suppress(one, 'APIG4', route.isPublic);
      }
      return added;
    });
  }

  private makeStage(config: Config): HttpStage {
    const logGroup = new LogGroup(this, 'AccessLog', { retention: config.logRetentionDays, removalPolicy: removalOf(config) });
    return new HttpStage(this, 'Stage', {
      httpApi: this.api,
      autoDeploy: true,
      throttle: { rateLimit: config.apiRate, burstLimit: config.apiBurst },
      accessLogSettings: { destination: new LogGroupLogDestination(logGroup), format: AccessLogFormat.custom(ACCESS_LOG) },
    });
  }

  private limit(stage: HttpStage, made: ReturnType<WebApi['addRoutes']>, { apiRate, apiBurst }: Config): void {
    const resource = stage.node.defaultChild as CfnStage;
    resource.routeSettings = Object.fromEntries(
      routes.map((route) => {
        const { rate, burst } = ceilingOf(route);
        return [keyOf(route), { ThrottlingRateLimit: Math.min(rate, apiRate), ThrottlingBurstLimit: Math.min(burst, apiBurst) }];
      }),
    );
    // A stage with settings for a route that does not exist yet is refused.
    for (const route of made) stage.node.addDependency(route);
  }
}

function cors(config: Config) {
  if (config.corsOrigins.length === 0) return undefined;
  return {
    allowOrigins: config.corsOrigins,
    allowMethods: [CorsHttpMethod.GET, CorsHttpMethod.POST, CorsHttpMethod.PUT, CorsHttpMethod.DELETE],
    allowHeaders: ['authorization', 'content-type', 'if-none-match'],
    exposeHeaders: ['etag', 'x-lag-seconds'],
    maxAge: Duration.hours(1),
  };
}

function keyOf(route: Route): string {
  return `${route.method} ${route.path}`;
}
