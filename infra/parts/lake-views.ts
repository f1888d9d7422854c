/** How does Athena know the views of the lake? As it writes its own: the statement and its columns, wrapped up in a comment. */
import { Aws } from 'aws-cdk-lib';
import { type CfnDatabase, CfnTable } from 'aws-cdk-lib/aws-glue';
import { Construct } from 'constructs';
import type { ColumnType } from '../../shared/lake/columns.ts';
import type { View } from '../../shared/lake/views.ts';
import { glueColumn } from './lake-tables.ts';

/** Athena's names of the types; Glue has Hive's. */
const athenaTypes: { [type in ColumnType]: string } = {
  string: 'varchar',
  bigint: 'bigint',
  double: 'double',
  boolean: 'boolean',
  timestamp: 'timestamp(3)',
};

export interface LakeViewsProps {
  database: CfnDatabase;
  databaseName: string;
  views: readonly View[];
}

/** One view each. Views name tables and other views without a database: they look in their own. */
export class LakeViews extends Construct {
  constructor(scope: Construct, id: string, { database, databaseName, views }: LakeViewsProps) {
    super(scope, id);
    for (const view of views) {
      const made = new CfnTable(this, view.name, {
        catalogId: Aws.ACCOUNT_ID,
        databaseName,
        tableInput: viewInput(view, databaseName),
      });
      made.addResourceDependency(database);
    }
  }
}

function viewInput({ name, sql, columns }: View, schema: string): CfnTable.TableInputProperty {
  const definition = {
    originalSql: sql,
    catalog: 'awsdatacatalog',
    schema,
    columns: columns.map((column) => ({ name: column.name, type: athenaTypes[column.type] })),
  };
  return {
    name,
    tableType: 'VIRTUAL_VIEW',
    // Without both of these Athena takes it for a view of Hive.
    parameters: { presto_view: 'true', comment: 'Presto View' },
    viewOriginalText: `/* Presto View: ${Buffer.from(JSON.stringify(definition)).toString('base64')} */`,
    viewExpandedText: '/* Presto View */',
    // TRICKY: the partition column of a table is an ordinary column of a view over it.
    storageDescriptor: { columns: columns.map(glueColumn), serdeInfo: {} },
  };
}
