/** How do the dashboard's files get into the bucket, and how long may they be kept by whoever fetched them? */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, CacheControl, type ISource, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { removalOf } from './removal-policy.ts';
import type { SignIn } from './sign-in.ts';
import { suppress } from './suppress.ts';

export interface SiteFilesProps {
  config: Config;
  /** Folder with the built dashboard. */
  folder: string;
  site: Bucket;
  signIn: SignIn;
  /** Where sign-in and sign-out come back to. */
  url: string;
}

// CloudFront compresses by itself; the compressed copies are the embedded runtime's.
const NOT_SERVED = ['*.map', '*.br', '*.gz'];
// Names under assets/ have a hash of their content: what is under a name never changes.
const FOR_GOOD = 'public, max-age=31536000, immutable';
// Asked for each time; for a day an old one is better than none.
const ASKED_EACH_TIME = 'no-cache, stale-if-error=86400';

/** Assets first, then the pages that name them, with config.json. Nothing is deleted: a tab that is open still loads its old assets. */
export class SiteFiles extends Construct {
  private readonly logGroup: LogGroup;

  constructor(scope: Construct, id: string, props: SiteFilesProps) {
    super(scope, id);
    const { config, folder, site, signIn, url } = props;
    if (!existsSync(join(folder, 'index.html'))) throw new Error(`There is no dashboard at ${folder}: build it first.`);
    this.logGroup = new LogGroup(this, 'Logs', { retention: config.logRetentionDays, removalPolicy: removalOf(config) });
    const assets = this.put('Assets', site, FOR_GOOD, [Source.asset(join(folder, 'assets'), { exclude: NOT_SERVED })], 'assets');
    const pages = this.put('Pages', site, ASKED_EACH_TIME, [
      Source.asset(folder, { exclude: ['assets', ...NOT_SERVED] }),
      Source.jsonData('config.json', {
        issuer: signIn.pool.userPoolProviderUrl,
        clientId: signIn.dashboardClient.userPoolClientId,
        scope: 'openid email',
        signOutUrl: signIn.signOutUrl(url),
      }),
    ]);
    pages.node.addDependency(assets);
    this.suppressCopier(assets);
  }

  private put(id: string, destinationBucket: Bucket, control: string, sources: ISource[], destinationKeyPrefix?: string) {
    return new BucketDeployment(this, id, {
      sources,
      destinationBucket,
      destinationKeyPrefix,
      cacheControl: [CacheControl.fromString(control)],
      prune: false,
      retainOnDelete: true,
      logGroup: this.logGroup,
    });
  }

  /** The function that copies is the CDK's own, one for the stack, with the role that the CDK gives it. */
  private suppressCopier({ handlerRole }: BucketDeployment): void {
    const copier = handlerRole.node.scope as Construct;
    for (const [finding, reason] of COPIER) suppress(copier, finding, reason);
  }
}

const READS = 'The CDK’s own grant to read: Get and List, on the bucket of its assets.';
const WRITES =
  'The CDK’s own grant to write, on the site bucket alone, which holds nothing that a deployment does not make again.';
const COPIER = [
  ['L1', 'The function is the CDK’s, and so is its runtime: a newer one comes with the library.'],
  [
    'IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]',
    'The CDK’s own role: the managed policy lets it write its log.',
  ],
  ['IAM5[Action::s3:GetBucket*]', READS],
  ['IAM5[Action::s3:GetObject*]', READS],
  ['IAM5[Action::s3:List*]', READS],
  ['IAM5[Resource::arn:<AWS::Partition>:s3:::cdk-hnb659fds-assets-<AWS::AccountId>-<AWS::Region>/*]', READS],
  ['IAM5[Action::s3:Abort*]', WRITES],
  ['IAM5[Action::s3:DeleteObject*]', WRITES],
  ['IAM5[Resource::<SiteBucket.Arn>/*]', WRITES],
] as const;
