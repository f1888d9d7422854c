/** Under which rules may the lake be asked, and what has been asked before? */
import { CfnNamedQuery, CfnWorkGroup } from 'aws-cdk-lib/aws-athena';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { questions } from '../../shared/lake/questions.ts';
import type { Config } from '../config.ts';
import { answersOf, lakeNames } from './lake-names.ts';

export interface WorkGroupsProps {
  config: Config;
  results: IBucket;
  key?: IKey;
}

/** One workgroup for jobs and one for people, whose queries stop at a limit; the questions that people begin with stand in the latter. */
export class WorkGroups extends Construct {
  constructor(scope: Construct, id: string, props: WorkGroupsProps) {
    super(scope, id);
    const { config } = props;
    const { database, jobs, analysts } = lakeNames(config);
    this.makeGroup('jobs', jobs, 'What the service asks: reconciliation, compaction, reports', props);
    const group = this.makeGroup('analysts', analysts, 'What people ask', props, config.analystScanGigabytes * 1e9);
    for (const { name, question, sql } of questions) {
      const query = new CfnNamedQuery(this, name, {
        name,
        description: question,
        database,
        workGroup: analysts,
        queryString: sql,
      });
      query.addResourceDependency(group);
    }
  }

  private makeGroup(
    kind: 'jobs' | 'analysts',
    name: string,
    description: string,
    { results, key }: WorkGroupsProps,
    bytesScannedCutoffPerQuery?: number,
  ): CfnWorkGroup {
    return new CfnWorkGroup(this, kind, {
      name,
      description,
      // Queries and their history are nothing that a deleted stack should stay behind for.
      recursiveDeleteOption: true,
      workGroupConfiguration: {
        enforceWorkGroupConfiguration: true,
        publishCloudWatchMetricsEnabled: true,
        engineVersion: { selectedEngineVersion: 'Athena engine version 3' },
        bytesScannedCutoffPerQuery,
        resultConfiguration: {
          outputLocation: `s3://${results.bucketName}/${answersOf(kind)}/`,
          encryptionConfiguration: key ? { encryptionOption: 'SSE_KMS', kmsKey: key.keyArn } : { encryptionOption: 'SSE_S3' },
        },
      },
    });
  }
}
