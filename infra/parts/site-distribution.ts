/** Which address do browsers know, and what answers there? Files of the dashboard, and the API under /v1. */
import { Aws, CfnCondition, type CfnResource, Duration, Fn } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { alarm } from './alarm.ts';
import { pagePaths } from './page-paths.ts';
import { siteHeaders } from './site-headers.ts';
import { suppress } from './suppress.ts';
import type { WebApi } from './web-api.ts';

export interface SiteDistributionProps {
  config: Config;
  alarms: ITopic;
  site: Bucket;
  logs: Bucket;
  api: WebApi;
  /** Origins that the dashboard calls beside its own. */
  connect: string[];
}

const { REDIRECT_TO_HTTPS, HTTPS_ONLY } = cloudfront.ViewerProtocolPolicy;

/** A CloudFront distribution over the site bucket and the API. */
export class SiteDistribution extends Construct {
  readonly distribution: cloudfront.Distribution;
  /** Of the first page, with its slash at the end. */
  readonly url: string;

  constructor(scope: Construct, id: string, props: SiteDistributionProps) {
    super(scope, id);
    const { config, logs } = props;
    this.distribution = new cloudfront.Distribution(this, 'Distribution', {
      comment: `${config.name}: dashboard`,
      defaultRootObject: 'index.html',
      httpVersion: cloudfront.HttpVersion.HTTP2_AND_3,
      // Sellers are in South America and South East Asia too, which the cheaper classes leave out; a dashboard's bytes are few.
      priceClass: cloudfront.PriceClass.PRICE_CLASS_ALL,
      enableLogging: true,
      logBucket: logs,
      logFilePrefix: 'cloudfront/',
      ...this.ownDomain(config),
      ...this.behaviors(props),
    });
    this.url = `https://${config.dashboardDomain ?? this.distribution.distributionDomainName}/`;
    this.suppressOpen(config);
    this.watch(props.alarms);
  }

  private ownDomain({ dashboardDomain, dashboardCertificateArn }: Config) {
    if (!dashboardDomain || !dashboardCertificateArn) return {};
    return {
      domainNames: [dashboardDomain],
      certificate: Certificate.fromCertificateArn(this, 'Certificate', dashboardCertificateArn),
      minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
    };
  }

  private behaviors({ config, site, api, connect }: SiteDistributionProps) {
    // Such names hold for the whole account: with the Region in them, a deployment in another Region finds its own.
    const name = `${config.name}Site-${Aws.REGION}`;
    const originAccessControl = new cloudfront.S3OriginAccessControl(this, 'Access', { originAccessControlName: name });
    const origin = S3BucketOrigin.withOriginAccessControl(site, { originAccessControl });
    const files = { origin, responseHeadersPolicy: siteHeaders(this, name, connect) };
    const paths = new cloudfront.Function(this, 'Paths', {
      comment: 'Pages of the dashboard are index.html',
      code: cloudfront.FunctionCode.fromInline(pagePaths),
      runtime: cloudfront.FunctionRuntime.JS_2_0,
    });
    return {
      defaultBehavior: {
        ...files,
        viewerProtocolPolicy: REDIRECT_TO_HTTPS,
        cachePolicy: this.asTheFileSays(),
        functionAssociations: [{ function: paths, eventType: cloudfront.FunctionEventType.VIEWER_REQUEST }],
      },
      additionalBehaviors: {
        '/assets/*': {
          ...files,
          viewerProtocolPolicy: REDIRECT_TO_HTTPS,
          cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED,
        },
        '/v1/*': {
          origin: new HttpOrigin(`${api.api.apiId}.execute-api.${Aws.REGION}.${Aws.URL_SUFFIX}`, {
            protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY,
            originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2],
          }),
          // A token that went over plain HTTP once is told to everyone: no redirect could take that back.
          viewerProtocolPolicy: HTTPS_ONLY,
          allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL,
          cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED,
          originRequestPolicy: cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER,
        },
      },
    };
  }

  /** TRICKY: the ready-made policy keeps everything for a second at least, and then takes no notice of no-cache. */
  private asTheFileSays(): cloudfront.CachePolicy {
    return new cloudfront.CachePolicy(this, 'AsTheFileSays', {
      comment: 'Kept for as long as the file itself says',
      minTtl: Duration.seconds(0),
      defaultTtl: Duration.seconds(0),
      maxTtl: Duration.days(1),
      enableAcceptEncodingBrotli: true,
      enableAcceptEncodingGzip: true,
    });
  }

  private suppressOpen(config: Config): void {
    const { distribution } = this;
    suppress(distribution, 'CFR1', 'Sellers travel: no country is shut out. Numbers are behind the token, not behind a map.');
    suppress(
      distribution,
      'CFR2',
      'A web ACL costs 5 USD a month and more by rule; the gateway limits every route, and files are static. Add one where attacks are met.',
    );
    if (!config.dashboardDomain)
      suppress(
        distribution,
        'CFR4',
        'The certificate of cloudfront.net fixes the oldest TLS version; with dashboardDomain and its certificate it is 1.2.',
      );
  }

  private watch(topic: ITopic): void {
    const made = alarm(this, 'ServerErrors', {
      topic,
      description:
        'One in twenty answers of the dashboard’s address is a 5xx: where the API’s own alarm is silent, look at the site bucket.',
      // TRICKY: the library's own metric leaves out the dimension Region, without which CloudWatch has nothing under this name.
      metric: new Metric({
        namespace: 'AWS/CloudFront',
        metricName: '5xxErrorRate',
        dimensionsMap: { DistributionId: this.distribution.distributionId, Region: 'Global' },
        statistic: 'Average',
        period: Duration.minutes(5),
      }),
      threshold: 5,
      periods: 3,
    });
    // CloudFront's metrics are in that Region alone; an alarm elsewhere would never speak, and look as if all were well.
    const condition = new CfnCondition(this, 'HasMetrics', { expression: Fn.conditionEquals(Aws.REGION, 'us-east-1') });
    (made.node.defaultChild as CfnResource).cfnOptions.condition = condition;
  }
}
