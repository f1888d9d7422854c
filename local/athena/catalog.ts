/** Which databases, tables, views, workgroups and saved queries does the template give Athena? */

export interface ColumnSpec {
  name: string;
  /** Hive's name: string, bigint, int, double, boolean, timestamp, date, decimal(10,2). */
  type: string;
}

export interface LakeTable {
  database: string;
  name: string;
  columns: ColumnSpec[];
  partitionKeys: ColumnSpec[];
  /** `s3://bucket/prefix/` */
  location: string;
  /** `s3://bucket/prefix/dt=${dt}`; absent where partitions lie as Hive has them. */
  locationTemplate?: string;
  /** What each partition key may be, where projection is on. */
  projections: { [key: string]: Projection };
}

/** A range of days (`2026-01-01,NOW+1DAYS`) or of numbers (`1,5`), or the values of an enum. */
export type Projection = { type: 'date' | 'integer'; range: string } | { type: 'enum'; values: string[] };

export interface LakeView {
  database: string;
  name: string;
  sql: string;
  columns: ColumnSpec[];
}

export interface WorkGroup {
  name: string;
  /** `s3://bucket/prefix/` for results. */
  outputLocation?: string;
  isEnforced: boolean;
  /** A query that would read more bytes is stopped. */
  cutoffBytes?: number;
}

export interface NamedQuery {
  id: string;
  name: string;
  description: string;
  database: string;
  workGroup: string;
  sql: string;
}

export interface AthenaCatalog {
  databases: string[];
  tables: LakeTable[];
  views: LakeView[];
  workGroups: WorkGroup[];
  namedQueries: NamedQuery[];
}

interface Found {
  id: string;
  name: string;
  properties: Record<string, unknown>;
}

interface GlueTable {
  Name: string;
  TableType?: string;
  Parameters?: Record<string, unknown>;
  PartitionKeys?: GlueColumn[];
  StorageDescriptor?: { Location?: string; Columns?: GlueColumn[]; InputFormat?: string };
  ViewOriginalText?: string;
}

interface GlueColumn {
  Name: string;
  Type?: string;
}

/** Reads the resources of a template; one without Glue gives a catalog with the workgroup `primary` alone, as an account has it. */
export function catalogOf(found: (...types: string[]) => Found[]): AthenaCatalog {
  const inputs = found('AWS::Glue::Table').map(({ properties }) => ({
    database: String(properties.DatabaseName).toLowerCase(),
    input: properties.TableInput as GlueTable,
  }));
  const isView = ({ input }: { input: GlueTable }): boolean => input.TableType === 'VIRTUAL_VIEW';
  const workGroups = found('AWS::Athena::WorkGroup').map(workGroupOf);
  return {
    databases: found('AWS::Glue::Database').map(({ properties, name }) =>
      String((properties.DatabaseInput as { Name?: string }).Name ?? name).toLowerCase(),
    ),
    tables: inputs.filter((each) => !isView(each)).map(({ database, input }) => tableOf(database, input)),
    views: inputs.filter(isView).map(({ database, input }) => viewOf(database, input)),
    workGroups: workGroups.some(({ name }) => name === 'primary')
      ? workGroups
      : [...workGroups, { name: 'primary', isEnforced: false }],
    namedQueries: found('AWS::Athena::NamedQuery').map(({ id, properties }) => ({
      id,
      name: String(properties.Name ?? id),
      description: String(properties.Description ?? ''),
      database: String(properties.Database),
      workGroup: String(properties.WorkGroup ?? 'primary'),
      sql: String(properties.QueryString),
    })),
  };
}

const columnOf = ({ Name, Type = 'string' }: GlueColumn): ColumnSpec => ({ name: Name.toLowerCase(), type: Type.toLowerCase() });

function tableOf(database: string, input: GlueTable): LakeTable {
  const { Location, Columns = [], InputFormat = '' } = input.StorageDescriptor ?? {};
  const parameters = Object.fromEntries(Object.entries(input.Parameters ?? {}).map(([key, value]) => [key, String(value)]));
  if (!Location) throw new Error(`Table ${input.Name} has no location.`);
  if (!/parquet/i.test(InputFormat + (parameters.classification ?? '')))
    throw new Error(`Table ${input.Name} is not Parquet, which is all that the embedded Athena reads.`);
  const partitionKeys = (input.PartitionKeys ?? []).map(columnOf);
  const isProjected = parameters['projection.enabled'] === 'true';
  return {
    database,
    name: input.Name.toLowerCase(),
    columns: Columns.map(columnOf),
    partitionKeys,
    location: Location,
    ...(isProjected && parameters['storage.location.template']
      ? { locationTemplate: parameters['storage.location.template'] }
      : {}),
    projections: isProjected
      ? Object.fromEntries(partitionKeys.map(({ name }) => [name, projectionOf(input.Name, name, parameters)]))
      : {},
  };
}

function projectionOf(table: string, key: string, parameters: { [name: string]: string }): Projection {
  const [type, range, values] = ['type', 'range', 'values'].map((what) => parameters[`projection.${key}.${what}`]);
  if ((type === 'date' || type === 'integer') && range) return { type, range };
  if (type === 'enum' && values) return { type, values: values.split(',') };
  throw new Error(`Table ${table}: the embedded Athena knows no projection of ${key} as ${type}.`);
}

function viewOf(database: string, input: GlueTable): LakeView {
  const [, encoded] = input.ViewOriginalText?.match(/^\/\* Presto View: (\S+) \*\/$/) ?? [];
  if (!encoded) throw new Error(`View ${input.Name} is none of Athena's: its ViewOriginalText holds no Presto view.`);
  const definition = JSON.parse(Buffer.from(encoded, 'base64').toString('utf8')) as { originalSql: string; schema?: string };
  const columns = (input.StorageDescriptor?.Columns ?? []).map(columnOf);
  return {
    database: definition.schema?.toLowerCase() ?? database,
    name: input.Name.toLowerCase(),
    sql: definition.originalSql,
    columns,
  };
}

function workGroupOf({ name, properties }: Found): WorkGroup {
  const settings = (properties.WorkGroupConfiguration ?? {}) as {
    BytesScannedCutoffPerQuery?: number;
    EnforceWorkGroupConfiguration?: boolean;
    ResultConfiguration?: { OutputLocation?: string };
  };
  const {
    BytesScannedCutoffPerQuery: cutoff,
    ResultConfiguration: result,
    EnforceWorkGroupConfiguration: isEnforced = true,
  } = settings;
  return {
    name: String(properties.Name ?? name),
    isEnforced,
    ...(result?.OutputLocation ? { outputLocation: result.OutputLocation } : {}),
    ...(cutoff === undefined ? {} : { cutoffBytes: Number(cutoff) }),
  };
}
