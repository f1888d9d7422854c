/** What writes files for whoever asks? */
import { Duration, Stack } from 'aws-cdk-lib';
import type { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { limitCallers } from './caller-limits.ts';
import { OPEN_ORDERS } from './kpi-table.ts';
import { Schedule } from './schedule.ts';
import { ServiceFunction, type Surroundings } from './service-function.ts';
import { suppress } from './suppress.ts';

type Props = Surroundings & { table: Table; results: Bucket; key?: IKey };

/** The function that takes requests, the one that writes files, and the one that starts what is due by a schedule. */
export class Exporter extends Construct {
  readonly requests: ServiceFunction;
  private readonly writer: ServiceFunction;

  constructor(scope: Construct, id: string, props: Props) {
    super(scope, id);
    this.writer = this.makeWriter(props);
    this.requests = this.makeRequests(props, this.writer);
    this.makeSchedules(props, this.writer);
  }

  /** Lets the files' links be mailed, where a sender is configured; they lead to the API at this address. */
  mailLinks({ mailFrom, mailIdentity = mailFrom?.split('@')[1] }: Config, apiUrl: string): void {
    if (!mailFrom) return;
    for (const { lambda } of [this.writer, this.requests]) lambda.addEnvironment('MAIL_FROM', mailFrom);
    this.writer.lambda.addEnvironment('API_URL', apiUrl);
    this.writer.role.addToPolicy(
      new PolicyStatement({
        effect: Effect.ALLOW,
        actions: ['ses:SendEmail'],
        resources: [Stack.of(this).formatArn({ service: 'ses', resource: 'identity', resourceName: mailIdentity })],
        conditions: { StringEquals: { 'ses:FromAddress': mailFrom } },
      }),
    );
  }

  private makeWriter(props: Props): ServiceFunction {
    const { table, results, key } = props;
    const fn = new ServiceFunction(this, 'Write', {
      ...props,
      name: 'export',
      description: 'Writes the file of an export, and mails its link',
      // A million rows take less than half of it; a whole processor comes with it.
      memory: 1769,
      // The longest there is: rows have no ceiling, a run has one of time.
      timeout: Duration.minutes(15),
      environment: { TABLE_NAME: table.tableName, RESULTS_BUCKET: results.bucketName },
      // Three runs at most, and none that begins an hour late: shared/exports counts on it.
      isAsynchronous: true,
    });
    fn.allow(['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query', 'dynamodb:UpdateItem'], table.tableArn);
    fn.allow(['dynamodb:Query'], `${table.tableArn}/index/${OPEN_ORDERS}`);
    this.allowFiles(
      fn,
      props,
      ['s3:PutObject', 's3:AbortMultipartUpload'],
      'It writes files of any creator’s exports, and nothing else.',
    );
    fn.allowKey(key);
    return fn;
  }

  private makeRequests(props: Props, writer: ServiceFunction): ServiceFunction {
    const { table, results, key } = props;
    const fn = new ServiceFunction(this, 'Requests', {
      ...props,
      name: 'request-export',
      description: 'Takes requests for files, says how far they are, keeps their schedules',
      memory: 512,
      timeout: Duration.seconds(15),
      environment: {
        TABLE_NAME: table.tableName,
        RESULTS_BUCKET: results.bucketName,
        EXPORT_FUNCTION: writer.lambda.functionName,
      },
    });
    fn.allow([...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], table.tableArn);
    fn.allow(['lambda:InvokeFunction'], writer.lambda.functionArn);
    limitCallers(fn, 'request-export', table);
    this.allowFiles(
      fn,
      props,
      ['s3:GetObject'],
      'A signed link reads what its signer may read: files of exports, whose keys are not known before.',
    );
    fn.allowKey(key);
    return fn;
  }

  private makeSchedules(props: Props, writer: ServiceFunction): void {
    const { table, key } = props;
    const fn = new ServiceFunction(this, 'Due', {
      ...props,
      name: 'export-schedules',
      description: 'Starts the exports that are due by a schedule',
      memory: 512,
      timeout: Duration.minutes(5),
      environment: { TABLE_NAME: table.tableName, EXPORT_FUNCTION: writer.lambda.functionName },
      isAsynchronous: true,
    });
    fn.allow([...READ, 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'dynamodb:DeleteItem'], table.tableArn);
    fn.allow(['lambda:InvokeFunction'], writer.lambda.functionArn);
    fn.allowKey(key);
    new Schedule(this, 'Hourly', {
      fn,
      deadLetters: props.deadLetters,
      // Two minutes past: the hour's last events are then applied.
      expression: 'cron(2 * * * ? *)',
      description: 'Starts scheduled exports',
    });
  }

  private allowFiles(fn: ServiceFunction, { config, results }: Props, actions: string[], reason: string): void {
    fn.allow(actions, results.arnForObjects('exports/*'));
    const bucket = `${config.name}Data:ExportsOutputFnGetAttResultsBucketArn64D1118C`;
    suppress(fn.role, `IAM5[Resource::${bucket}/exports/*]`, reason);
  }
}

const READ = ['dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:Query'];
