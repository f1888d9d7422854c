/** How does Athena know the files of the lake? One table for each entity and each of its lists, no crawler. */
import { Aws } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { type Column, type LakeTable, lakeTables } from '../../shared/lake/columns.ts';
import type { Config } from '../config.ts';
import { lakeNames } from './lake-names.ts';

/** A column as Glue has it: the lake's types carry Hive's names. */
export const glueColumn = ({ name, type, comment }: Column): CfnTable.ColumnProperty => ({ name, type, comment });

/** The database and its tables over the raw files. Partitions are computed from the day asked for: a new day needs no one to add it. */
export class LakeTables extends Construct {
  readonly database: CfnDatabase;

  constructor(scope: Construct, id: string, { config, lake }: { config: Config; lake: IBucket }) {
    super(scope, id);
    const { database } = lakeNames(config);
    this.database = new CfnDatabase(this, 'Database', {
      catalogId: Aws.ACCOUNT_ID,
      databaseInput: { name: database, description: 'Every event as it came, and views of the newest snapshots' },
    });
    for (const table of lakeTables) {
      const made = new CfnTable(this, table.name, {
        catalogId: Aws.ACCOUNT_ID,
        databaseName: database,
        tableInput: tableInput(table, lake.bucketName, config.lakeSince),
      });
      made.addResourceDependency(this.database);
    }
  }
}

function tableInput(table: LakeTable, bucket: string, since: string): CfnTable.TableInputProperty {
  const location = `s3://${bucket}/${table.prefix}`;
  return {
    name: table.name,
    description: table.list
      ? `Each element of ${table.list} of every ${table.entity} that came`
      : `Every ${table.entity} that came`,
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      'projection.enabled': 'true',
      'projection.dt.type': 'date',
      'projection.dt.format': 'yyyy-MM-dd',
      'projection.dt.interval': '1',
      'projection.dt.interval.unit': 'DAYS',
      'projection.dt.range': `${since},NOW+1DAYS`,
      'storage.location.template': `${location}/dt=\${dt}`,
    },
    partitionKeys: [{ name: 'dt', type: 'string', comment: 'day of arrival (UTC), 2026-11-22; not the day of business' }],
    storageDescriptor: {
      location: `${location}/`,
      columns: table.columns.map(glueColumn),
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    },
  };
}
