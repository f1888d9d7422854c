/** How does Athena know the files of the lake? One table for each entity and each of its lists, no crawler. */
import { Aws } from 'aws-cdk-lib';
import { CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import type { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { type Column, type LakeTable, lakeTables } from '../../shared/lake/columns.ts';
import { type DailySnapshotTable, dailySnapshotTables, type Partition } from '../../shared/lake/daily-snapshot-tables.ts';
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
    const raw = lakeTables.map((table) => rawTable(table, config.lakeSince));
    for (const table of [...raw, ...dailySnapshotTables(dictionary)]) {
      const made = new CfnTable(this, table.name, {
        catalogId: Aws.ACCOUNT_ID,
        databaseName: database,
        tableInput: tableInput(table, lake.bucketName),
      });
      made.addResourceDependency(this.database);
    }
  }
}

/** What Glue is told of a table. */
type Described = Pick<DailySnapshotTable, 'name' | 'about' | 'prefix' | 'columns' | 'partitions'>;

const rawTable = ({ list, entity, ...table }: LakeTable, since: string): Described => ({
  ...table,
  about: list ? `Each element of ${list} of every ${entity} that came` : `Every ${entity} that came`,
  partitions: [
    {
      name: 'dt',
      type: 'string',
      comment: 'day of arrival (UTC), 2026-11-22; not the day of business',
      projection: { type: 'date', range: `${since},NOW+1DAYS` },
    },
  ],
});

function projectionOf({ name, projection }: Partition): Record<string, string> {
  const words =
    projection.type === 'enum'
      ? { type: 'enum', values: projection.values.join(',') }
      : projection.type === 'integer'
        ? projection
        : { ...projection, format: 'yyyy-MM-dd', interval: '1', 'interval.unit': 'DAYS' };
  return Object.fromEntries(Object.entries(words).map(([word, value]) => [`projection.${name}.${word}`, value]));
}

function tableInput({ name, about, prefix, columns, partitions }: Described, bucket: string): CfnTable.TableInputProperty {
  const location = `s3://${bucket}/${prefix}`;
  const folders = partitions.map((one) => `/${one.name}=\${${one.name}}`).join('');
  return {
    name,
    description: about,
    tableType: 'EXTERNAL_TABLE',
    parameters: {
      EXTERNAL: 'TRUE',
      classification: 'parquet',
      ...(partitions.length ? { 'projection.enabled': 'true', 'storage.location.template': location + folders } : {}),
      ...Object.assign({}, ...partitions.map(projectionOf)),
    },
    partitionKeys: partitions.map(glueColumn),
    storageDescriptor: {
      location: `${location}/`,
      columns: columns.map(glueColumn),
      inputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetInputFormat',
      outputFormat: 'org.apache.hadoop.hive.ql.io.parquet.MapredParquetOutputFormat',
      serdeInfo: { serializationLibrary: 'org.apache.hadoop.hive.ql.io.parquet.serde.ParquetHiveSerDe' },
    },
  };
}
