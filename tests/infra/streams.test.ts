/** Is a stream replaced without an event being lost or taken for a repetition? */
import { describe, expect, it } from 'vitest';
import type { ConfigInput } from '../../infra/config.ts';
import { makeTemplates, resources, sourceOf } from './make-stacks.ts';

/** The stream an imported value belongs to: eight hexadecimal digits follow its name. */
function streamIn(value: unknown): string {
  return /(Events\d+?)(Arn)?[0-9A-F]{8}"/.exec(JSON.stringify(value))![1]!;
}

function look(config: ConfigInput) {
  const { data, service } = makeTemplates(config);
  const environments = Object.values(resources(service, 'AWS::Lambda::Function')).map((fn) => fn.Environment?.Variables ?? {});
  const collect = environments.find((environment) => environment.STREAM_NAME)!;
  const readers = environments.filter((environment) => environment.QUARANTINE_BUCKET && !environment.STREAM_NAME);
  const same = <Value>([first, ...others]: Value[]): Value => {
    for (const other of others) expect(other).toEqual(first);
    return first!;
  };
  const exported = Object.values(data.toJSON().Outputs as Record<string, { Export?: { Name: string } }>).map(
    (one) => one.Export?.Name ?? '',
  );
  return {
    streams: resources(data, 'AWS::Kinesis::Stream'),
    exported: exported.filter((name) => name.includes('GetAttEvents')).map((name) => name.replace(/.*GetAtt(Events\d+).*/, '$1')),
    written: streamIn(collect.STREAM_NAME),
    writtenEpoch: collect.STREAM_EPOCH,
    read: same(['Aggregator', 'Archiver'].map((part) => streamIn(sourceOf(service, part).EventSourceArn))),
    readEpoch: same(readers.map((environment) => environment.STREAM_EPOCH)),
  };
}

describe('the event stream', () => {
  const { streams, ...now } = look({});
  it('has one shard, keeps a week and is encrypted', () => {
    expect(streams.Events1).toMatchObject({
      ShardCount: 1,
      RetentionPeriodHours: 168,
      StreamEncryption: { EncryptionType: 'KMS', KeyId: 'alias/aws/kinesis' },
      StreamModeDetails: { StreamMode: 'PROVISIONED' },
    });
  });
  it('scales by itself when told so', () => {
    const { Events1 } = look({ streamMode: 'on-demand' }).streams;
    expect(Events1).toMatchObject({ StreamModeDetails: { StreamMode: 'ON_DEMAND' } });
    expect(Events1).not.toHaveProperty('ShardCount');
  });
  it('is written and read under epoch 1', () => {
    expect(now).toEqual({ exported: ['Events1'], written: 'Events1', writtenEpoch: '1', read: 'Events1', readEpoch: '1' });
  });
});

describe('a new epoch', () => {
  it('is written at once, while the old stream is kept and read', () => {
    const { streams, ...now } = look({ streamEpoch: 2 });
    expect(Object.keys(streams)).toEqual(['Events1', 'Events2']);
    expect(now).toMatchObject({ written: 'Events2', writtenEpoch: '2', read: 'Events1', readEpoch: '1' });
  });
  it('is read once the old stream is drained, which stays exported until it leaves', () => {
    const { streams, ...now } = look({ streamEpoch: 2, drainedEpoch: 1 });
    expect(Object.keys(streams)).toEqual(['Events1', 'Events2']);
    expect(now).toMatchObject({ exported: ['Events1', 'Events2'], written: 'Events2', read: 'Events2', readEpoch: '2' });
  });
  it('is alone at the end', () => {
    const { streams, ...now } = look({ streamEpoch: 2, drainedEpoch: 1, removedEpoch: 1 });
    expect(Object.keys(streams)).toEqual(['Events2']);
    expect(now.exported).toEqual(['Events2']);
  });
});
