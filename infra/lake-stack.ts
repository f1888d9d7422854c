/** How is the lake asked? Tables and views over its files, workgroups, a role for analysts. A stack of its own: the service runs without it. */
import { CfnOutput, Stack, type StackProps } from 'aws-cdk-lib';
import type { Construct } from 'constructs';
import { dictionary } from '../shared/kpis/dictionary.ts';
import { dailySnapshotViews } from '../shared/lake/daily-snapshot-tables.ts';
import { kpiViews } from '../shared/lake/kpi-views.ts';
import { newestViews } from '../shared/lake/views.ts';
import type { Config } from './config.ts';
import type { DataStack } from './data-stack.ts';
import { AnalystRole } from './parts/analyst-role.ts';
import { lakeNames } from './parts/lake-names.ts';
import { LakeTables } from './parts/lake-tables.ts';
import { LakeViews } from './parts/lake-views.ts';
import { WorkGroups } from './parts/work-groups.ts';

/** Descriptions only: deleting it deletes no file of the lake. */
export class LakeStack extends Stack {
  constructor(scope: Construct, id: string, { config, data, ...props }: StackProps & { config: Config; data: DataStack }) {
    super(scope, id, props);
    const { buckets, key } = data;
    const { database, jobs, analysts } = lakeNames(config);
    const tables = new LakeTables(this, 'Tables', { config, lake: buckets.lake });
    const views = [...newestViews(), ...kpiViews(dictionary), ...dailySnapshotViews(dictionary)];
    new LakeViews(this, 'Views', { database: tables.database, databaseName: database, views });
    new WorkGroups(this, 'WorkGroups', { config, results: buckets.results, key });
    const { role } = new AnalystRole(this, 'Analyst', { config, buckets, key });

    new CfnOutput(this, 'AthenaDatabase', { value: database });
    new CfnOutput(this, 'AthenaWorkGroup', { value: jobs });
    new CfnOutput(this, 'AnalystWorkGroup', { value: analysts });
    new CfnOutput(this, 'AnalystRoleArn', { value: role.roleArn });
  }
}
