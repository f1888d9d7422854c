/** What works on the data: functions, API, sign-in. Nothing here but the users is missed when it is deleted and made again. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import type { Config } from './config.ts';
import type { DataStack } from './data-stack.ts';
import { Aggregator } from './parts/aggregator.ts';
import { Archiver } from './parts/archiver.ts';
import { Collector } from './parts/collector.ts';
import { Compactor } from './parts/compactor.ts';
import { ConnectorFunctions } from './parts/connectors.ts';
import { DailySnapshotStore } from './parts/daily-snapshot-store.ts';
import { Exporter } from './parts/exporter.ts';
import { Importer } from './parts/importer.ts';
import { Insight } from './parts/insight.ts';
import { Merger } from './parts/merger.ts';
import { QuarantineDesk } from './parts/quarantine-desk.ts';
import { Reconciler } from './parts/reconciler.ts';
import { Reporter } from './parts/reporter.ts';
import { Settings } from './parts/settings.ts';
import { SignIn } from './parts/sign-in.ts';
import { TokenClaims } from './parts/token-claims.ts';
import { WebApi } from './parts/web-api.ts';

export interface ServiceStackProps extends StackProps {
  config: Config;
  data: DataStack;
  /** Folder with one bundle per function. */
  bundles: string;
  /** What the API says its version is. */
  version: string;
}

/** The stateless half. */
export class ServiceStack extends Stack {
  readonly api: WebApi;
  readonly signIn: SignIn;

  constructor(scope: Construct, id: string, { config, data, bundles, version, ...props }: ServiceStackProps) {
    super(scope, id, props);
    const around = { config, bundles, alarms: data.alarms, deadLetters: data.deadLetters };
    const stores = { table: data.table, streams: data.streams, key: data.key };

    const { webhooks, vendorKeys } = data;
    const { fn: collect } = new Collector(this, 'Collector', { ...around, ...stores, vendorKeys });
    const { lake, quarantine } = data.buckets;
    new Aggregator(this, 'Aggregator', { ...around, ...stores, quarantine });
    new Archiver(this, 'Archiver', { ...around, ...stores, quarantine, lake });
    new Compactor(this, 'Compactor', { ...around, key: data.key, lake });
    new Merger(this, 'Merger', { ...around, ...stores });
    new Reconciler(this, 'Reconciler', { ...around, ...stores, buckets: data.buckets });
    // Its older name is its id, so that a deployed function is not replaced.
    new DailySnapshotStore(this, 'NightStore', { ...around, ...stores, buckets: data.buckets });
    new Insight(this, 'Insight', { ...around, ...stores, buckets: data.buckets });
    const { fn: report } = new Reporter(this, 'Reporter', { ...around, ...stores, version });
    const exporter = new Exporter(this, 'Exporter', { ...around, ...stores, results: data.buckets.results });
    const { results } = data.buckets;
    const importer = new Importer(this, 'Importer', {
      ...around,
      ...stores,
      results,
      lake,
      vendorKeys,
      buckets: data.buckets,
    });
    const { fn: settings } = new Settings(this, 'Settings', { ...around, ...stores });
    const connectors = new ConnectorFunctions(this, 'Connectors', { ...around, ...stores, webhooks, vendorKeys });
    const { fn: desk } = new QuarantineDesk(this, 'Quarantine', { ...around, ...stores, quarantine });
    const { fn: preToken } = new TokenClaims(this, 'TokenClaims', around);

    this.signIn = new SignIn(this, 'SignIn', { config, preToken: preToken.lambda });
    const functions = {
      'collect-events': collect.lambda,
      report: report.lambda,
      'request-export': exporter.requests.lambda,
      'request-import': importer.requests.lambda,
      settings: settings.lambda,
      'receive-webhook': connectors.receive.lambda,
      connect: connectors.connect.lambda,
      quarantine: desk.lambda,
    };
    this.api = new WebApi(this, 'Web', { config, alarms: data.alarms, signIn: this.signIn, functions });
    exporter.mailLinks(config, this.api.url);

    new CfnOutput(this, 'ApiUrl', { value: this.api.url });
    new CfnOutput(this, 'UserPoolId', { value: this.signIn.pool.userPoolId });
    new CfnOutput(this, 'DashboardClientId', { value: this.signIn.dashboardClient.userPoolClientId });
    new CfnOutput(this, 'MachineClientId', { value: this.signIn.machineClient.userPoolClientId });
  }
}
