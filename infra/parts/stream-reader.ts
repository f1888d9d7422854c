/** How does a function read the event stream, and who notices when it falls behind? */
import { Duration } from 'aws-cdk-lib';
import { MathExpression } from 'aws-cdk-lib/aws-cloudwatch';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type CfnEventSourceMapping, EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { alarm } from './alarm.ts';
import { type EventStreams, STREAM_RETENTION } from './event-streams.ts';
import type { ServiceFunction, Surroundings } from './service-function.ts';
import { suppress } from './suppress.ts';

export interface Around extends Surroundings {
  streams: EventStreams;
  /** Where a record goes that cannot be understood. */
  quarantine: Bucket;
  key?: IKey;
}

export interface Reading {
  batchSize: number;
  window: Duration;
  /** Batches of one shard that may be under way at once; order holds per partition key all the same. */
  parallelizationFactor: number;
  /** An alarm with this description where records are older than this for three periods. */
  behind: { after: Duration; description: string };
}

const FIVE_MINUTES = Duration.minutes(5);

/** The stream that is read, and its epoch: the oldest one that is not drained. */
export const epochRead = ({ config }: Surroundings): number => config.drainedEpoch + 1;

/** What streamHandler reads of its environment. */
export const streamEnvironment = ({ config, quarantine, ...around }: Around): Record<string, string> => ({
  QUARANTINE_BUCKET: quarantine.bucketName,
  STREAM_EPOCH: String(epochRead({ config, ...around })),
  ...(config.quarantineDefinitionsAbove === undefined
    ? {}
    : { QUARANTINE_DEFINITIONS_ABOVE: String(config.quarantineDefinitionsAbove) }),
});

/**
 * Lets a function read the stream from its oldest record, put what is no good into quarantine, and be watched while it does.
 * Nothing is ever given up: a record that cannot be understood is quarantined by the function, so what fails is a call, and that
 * succeeds one day. A limit on retries or age would drop records, after which totals and lake are wrong for good.
 * Lambda hands over 6 MB at a time at most, however many records a batch may have: larger batches come in pieces.
 */
export function readStream(scope: Construct, fn: ServiceFunction, around: Around, reading: Reading): void {
  const { streams } = around;
  const mapping = new EventSourceMapping(scope, `Events${epochRead(around)}Source`, {
    target: fn.lambda,
    eventSourceArn: streams.read.streamArn,
    startingPosition: StartingPosition.TRIM_HORIZON,
    batchSize: reading.batchSize,
    maxBatchingWindow: reading.window,
    parallelizationFactor: reading.parallelizationFactor,
    reportBatchItemFailures: true,
    bisectBatchOnError: true,
    retryAttempts: -1,
  });
  // A Duration cannot say "no limit", which is -1 here.
  (mapping.node.defaultChild as CfnEventSourceMapping).maximumRecordAgeInSeconds = -1;
  allow(fn, around);
  watch(scope, fn, around, reading);
}

function allow(fn: ServiceFunction, { config, streams, quarantine }: Around): void {
  fn.allow(
    [
      'kinesis:DescribeStream',
      'kinesis:DescribeStreamSummary',
      'kinesis:GetRecords',
      'kinesis:GetShardIterator',
      'kinesis:ListShards',
    ],
    streams.read.streamArn,
  );
  fn.allow(['s3:PutObject'], quarantine.arnForObjects('*'));
  const everyObject = `${config.name}Data:ExportsOutputFnGetAttQuarantineBucketArnCCFE4120/*`;
  suppress(
    fn.role,
    `IAM5[Resource::${everyObject}]`,
    'Objects of one bucket, which holds nothing else; their keys are not known before.',
  );
}

function watch(scope: Construct, fn: ServiceFunction, { alarms, streams }: Around, { behind }: Reading): void {
  const age = fn.lambda.metric('IteratorAge', { statistic: 'Maximum', period: FIVE_MINUTES });
  alarm(scope, 'Behind', {
    topic: alarms,
    description: behind.description,
    metric: age,
    threshold: behind.after.toMilliseconds(),
    periods: 3,
  });
  alarm(scope, 'Losing', {
    topic: alarms,
    description: 'Events will be lost: half of the time that the stream keeps them has gone by without their being read.',
    metric: age,
    threshold: STREAM_RETENTION.toMilliseconds() / 2,
  });
  // TRICKY: the iterator age says nothing while the mapping is disabled or may not read: there are no invocations that could. The stream
  // has no age of one reader either: its GetRecords.IteratorAgeMilliseconds is of whoever still reads.
  for (const { id, within } of UNREAD) {
    alarm(scope, id, {
      topic: alarms,
      description: 'Events arrive, and the function is not invoked: look at the state of its event source mapping.',
      metric: new MathExpression({
        expression: 'IF(FILL(incoming, 0) > 0 AND FILL(invocations, 0) == 0, 1, 0)',
        label: 'Arriving without being read',
        usingMetrics: {
          incoming: streams.read.metricIncomingRecords({ statistic: 'Sum', period: within }),
          invocations: fn.lambda.metricInvocations({ statistic: 'Sum', period: within }),
        },
        period: within,
      }),
      threshold: 1,
      // An event that arrives at the end of one period is read in the next; in two in a row it is not.
      periods: 2,
    });
  }
}

/** Soon where events are many, and well before they are lost where there is one a day. */
const UNREAD = [
  { id: 'Unread', within: Duration.minutes(15) },
  { id: 'UnreadForDays', within: Duration.days(1) },
];
