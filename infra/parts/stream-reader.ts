/** How does a function read the event stream, and who notices when it falls behind? */
import { Duration } from 'aws-cdk-lib';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import { type CfnEventSourceMapping, EventSourceMapping, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import type { Construct } from 'constructs';
import { acknowledge } from './acknowledge.ts';
import { alarm } from './alarm.ts';
import { type EventStreams, STREAM_RETENTION } from './event-streams.ts';
import type { ServiceFunction, Surroundings } from './service-function.ts';

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
  lanes: number;
  /** Older than this for three periods is told, in these words. */
  behind: { after: Duration; tells: string };
}

const FIVE_MINUTES = Duration.minutes(5);

/** The stream that is read, and its epoch: the oldest one that is not drained. */
export const epochRead = ({ config }: Surroundings): number => config.drainedEpoch + 1;

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
    parallelizationFactor: reading.lanes,
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
  acknowledge(
    fn.role,
    `IAM5[Resource::${everyObject}]`,
    'Objects of one bucket, which holds nothing else; their keys are not known before.',
  );
}

function watch(scope: Construct, fn: ServiceFunction, { alarms }: Around, { behind }: Reading): void {
  const age = fn.lambda.metric('IteratorAge', { statistic: 'Maximum', period: FIVE_MINUTES });
  alarm(scope, 'Behind', {
    topic: alarms,
    tells: behind.tells,
    metric: age,
    threshold: behind.after.toMilliseconds(),
    periods: 3,
  });
  alarm(scope, 'Losing', {
    topic: alarms,
    tells: 'Events will be lost: half of the time that the stream keeps them has gone by without their being read.',
    metric: age,
    threshold: STREAM_RETENTION.toMilliseconds() / 2,
  });
}
