/** What takes files of sellers in? */
import { Duration, Size } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { Construct } from 'constructs';
import { uploadsRoot } from '../../shared/imports/keys.ts';
import { notesRoot } from '../../shared/imports/notes.ts';
import type { Buckets } from './buckets.ts';
import { limitCallers } from './caller-limits.ts';
import type { EventStreams } from './event-streams.ts';
import { allowToAskLake } from './lake-access.ts';
import { lakeNames } from './lake-names.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';
import { suppress } from './suppress.ts';

type Props = Surroundings & {
  table: Table;
  streams: EventStreams;
  results: Bucket;
  lake: Bucket;
  buckets: Buckets;
  vendorKeys: ISecret;
  key?: IKey;
};

/** The function that takes announcements of files, and the one that reads them and sends what is in them. */
export class Importer extends Construct {
  readonly requests: ServiceFunction;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    this.requests = this.makeRequests(props, this.makeReader(props));
  }

  private makeReader(props: Props): ServiceFunction {
    const { config, buckets, table, streams, results, lake, vendorKeys, key } = props;
    const { database, jobs } = lakeNames(config);
    const fn = new ServiceFunction(this, 'Read', {
      ...props,
      name: 'import',
      description: 'Reads uploaded files of Seller Center, and sends what is in them once it was confirmed',
      // A whole processor comes with it; files of any size take some 400 MB.
      memory: 1769,
      // Files of 800 MB, and the texts of a workbook beside them.
      storage: Size.gibibytes(2),
      // The longest there is; a run that is cut off goes on behind what it has sent.
      timeout: Duration.minutes(15),
      environment: {
        TABLE_NAME: table.tableName,
        STREAM_NAME: streams.written.streamName,
        STREAM_EPOCH: String(props.config.streamEpoch),
        VENDOR_KEYS: vendorKeys.secretArn,
        RESULTS_BUCKET: results.bucketName,
        ATHENA_DATABASE: database,
        ATHENA_WORK_GROUP: jobs,
        LAKE_BUCKET: lake.bucketName,
      },
      // Three runs at most: shared/imports counts on it.
      isAsynchronous: true,
    });
    fn.allow([...READ, 'dynamodb:BatchWriteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'], table.tableArn);
    fn.allow(['s3:PutObject'], lake.arnForObjects('raw/*'));
    suppress(
      fn.role,
      `IAM5[Resource::${props.config.name}Data:ExportsOutputFnGetAttLakeBucketArn4B06F64C/raw/*]`,
      'Files of the raw tables that hold the history of a new creator; their keys are not known before.',
    );
    fn.allow(['kinesis:PutRecords'], streams.written.streamArn);
    // The key under which tracking numbers are kept is derived from the deployment's own.
    fn.allow(['secretsmanager:GetSecretValue'], vendorKeys.secretArn);
    this.allowFiles(
      fn,
      props,
      ['s3:GetObject', 's3:DeleteObject', 's3:PutObject', 's3:AbortMultipartUpload'],
      'It reads files of any creator’s imports, lays what it refuses beside them, and nothing else.',
    );
    fn.allow(['s3:GetObject', 's3:PutObject'], results.arnForObjects(`${notesRoot}*`));
    suppress(
      fn.role,
      `IAM5[Resource::${config.name}Data:ExportsOutputFnGetAttResultsBucketArn64D1118C/${notesRoot}*]`,
      'It notes what any creator’s import changes, and reads that to take one back.',
    );
    // What was known before an import is in the lake alone.
    allowToAskLake(fn.role, { config, buckets, key, as: 'jobs' });
    fn.allowKey(key);
    return fn;
  }

  private makeRequests(props: Props, reader: ServiceFunction): ServiceFunction {
    const { table, results, key } = props;
    const fn = new ServiceFunction(this, 'Requests', {
      ...props,
      name: 'request-import',
      description: 'Takes announcements of files, says what was found in them and how far they are',
      memory: 512,
      timeout: Duration.seconds(15),
      environment: {
        TABLE_NAME: table.tableName,
        RESULTS_BUCKET: results.bucketName,
        IMPORT_FUNCTION: reader.lambda.functionName,
      },
    });
    fn.allow([...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem'], table.tableArn);
    fn.allow(['lambda:InvokeFunction'], reader.lambda.functionArn);
    limitCallers(fn, 'request-import', table);
    this.allowFiles(
      fn,
      props,
      ['s3:PutObject', 's3:GetObject'],
      'A signed address puts or gets what its signer may: files of imports, whose keys are not known before.',
    );
    fn.allowKey(key);
    return fn;
  }

  private allowFiles(fn: ServiceFunction, { config, results }: Props, actions: string[], reason: string): void {
    fn.allow(actions, results.arnForObjects(`${uploadsRoot}*`));
    const bucket = `${config.name}Data:ExportsOutputFnGetAttResultsBucketArn64D1118C`;
    suppress(fn.role, `IAM5[Resource::${bucket}/${uploadsRoot}*]`, reason);
  }
}

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
