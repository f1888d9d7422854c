/** What carries the events, and how is it replaced without losing one? */
import { Duration } from 'aws-cdk-lib';
import { Stream, StreamEncryption, StreamMode } from 'aws-cdk-lib/aws-kinesis';
import type { IKey } from 'aws-cdk-lib/aws-kms';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';
import type { Config } from '../config.ts';
import { alarm } from './alarm.ts';
import { pin, removalOf } from './removal-policy.ts';
import { suppress } from './suppress.ts';

/** How long an event waits for a repair of the reader before it is lost. */
export const STREAM_RETENTION = Duration.days(7);

/**
 * One stream per epoch. A stream is replaced (another name, key or Region; never for its size, shards can be split) in three deployments:
 * 1. `streamEpoch` + 1: the new stream appears and is written; the old one is still read, the new one waits.
 * 2. once the old stream's iterator age is 0 for aggregate and for archive, `drainedEpoch` + 1: the new stream is read from its beginning. Not earlier: an event
 *    of a lower epoch that comes after one of a higher epoch is taken for a repetition.
 * 3. any time later, `removedEpoch` + 1: the old stream leaves the template.
 */
export class EventStreams extends Construct {
  /** The stream that new events go to. */
  readonly written: Stream;
  /** The oldest stream that is not drained: the only one that may be read. */
  readonly read: Stream;
  /** By epoch, those that are still in the template. */
  readonly streams: ReadonlyMap<number, Stream>;

  constructor(scope: Construct, id: string, props: { config: Config; key?: IKey; alarms: ITopic }) {
    super(scope, id);
    const { config } = props;
    const streams = new Map<number, Stream>();
    for (let epoch = config.removedEpoch + 1; epoch <= config.streamEpoch; epoch += 1) {
      streams.set(epoch, this.makeStream(epoch, props));
    }
    this.streams = streams;
    this.written = streams.get(config.streamEpoch)!;
    this.read = streams.get(config.drainedEpoch + 1)!;
  }

  private makeStream(epoch: number, { config, key, alarms }: { config: Config; key?: IKey; alarms: ITopic }): Stream {
    const isProvisioned = config.streamMode === 'provisioned';
    const stream = new Stream(this, `Events${epoch}`, {
      streamMode: isProvisioned ? StreamMode.PROVISIONED : StreamMode.ON_DEMAND,
      shardCount: isProvisioned ? config.streamShards : undefined,
      retentionPeriod: STREAM_RETENTION,
      encryption: key ? StreamEncryption.KMS : StreamEncryption.MANAGED,
      encryptionKey: key,
      removalPolicy: removalOf(config),
    });
    pin(stream, `Events${epoch}`);
    if (key) suppress(stream, 'KDS3', 'The key was asked for by customerKey, its price is told there.');
    alarm(this, `Events${epoch}Full`, {
      topic: alarms,
      description: `Event stream ${epoch} refuses records: raise streamShards, or set streamMode to on-demand.`,
      metric: stream.metricWriteProvisionedThroughputExceeded({ statistic: 'Sum', period: Duration.minutes(5) }),
      threshold: 10,
    });
    return stream;
  }
}
