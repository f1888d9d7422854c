/** How does the dashboard reach a browser? A stack of its own: the API runs without it. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import type { DataStack } from './data-stack.ts';
import { SiteBuckets } from './parts/site-buckets.ts';
import { SiteDistribution } from './parts/site-distribution.ts';
import { SiteFiles } from './parts/site-files.ts';
import type { ServiceStack } from './service-stack.ts';

export interface WebStackProps extends StackProps {
  config: Config;
  data: DataStack;
  service: ServiceStack;
  /** Folder with the built dashboard: index.html, what it names, and assets/ with a hash in every name. */
  folder: string;
}

/** Files of the dashboard and the API behind one address, so that the dashboard needs no CORS. */
export class WebStack extends Stack {
  constructor(scope: Construct, id: string, { config, data, service, folder, ...props }: WebStackProps) {
    super(scope, id, props);
    const { signIn } = service;
    const buckets = new SiteBuckets(this, 'Buckets', config);
    const { distribution, url } = new SiteDistribution(this, 'Site', {
      config,
      alarms: data.alarms,
      ...buckets,
      api: service.api,
      // Files of sellers go straight to their bucket.
      connect: [signIn.issuerOrigin, signIn.pagesUrl, `https://${data.buckets.results.bucketRegionalDomainName}`],
    });
    new SiteFiles(this, 'Files', { config, folder, site: buckets.site, signIn, url });

    new CfnOutput(this, 'DashboardUrl', { value: url });
    new CfnOutput(this, 'DistributionId', { value: distribution.distributionId });
    new CfnOutput(this, 'SiteBucketName', { value: buckets.site.bucketName });
  }
}
