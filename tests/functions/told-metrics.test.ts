/** Do the functions tell the numbers that alarms wait for, in time and under the deployment's own name? */
import type { KinesisStreamEvent } from 'aws-lambda';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { handler as compact } from '../../functions/compact/handler.ts';
import { metric } from '../../functions/metric.ts';
import { handler as reconcileAll } from '../../functions/reconcile/handler.ts';
import { streamHandler } from '../../functions/stream.ts';
import type { CompactLakeOptions } from '../../shared/lake/compact.ts';
import type { Compaction } from '../../shared/lake/compact-day.ts';
import type { Reconciliation } from '../../shared/lake/reconcile.ts';
import type { ReconcileOptions } from '../../shared/lake/reconcile-all.ts';

const night = vi.hoisted(() => ({ reconcile: vi.fn() }));
vi.mock('../../shared/lake/reconcile-all.ts', () => night);
const days = vi.hoisted(() => ({ compactLake: vi.fn() }));
vi.mock('../../shared/lake/compact.ts', () => days);
vi.mock('../../shared/lake/quarantine.ts', () => ({ openQuarantine: () => ({}), quarantine: async () => {} }));

const lines: string[] = [];
beforeEach(() => {
  lines.length = 0;
  vi.spyOn(console, 'log').mockImplementation((line: string) => void lines.push(line));
  vi.spyOn(console, 'error').mockImplementation(() => {});
  for (const name of ['TABLE_NAME', 'LAKE_BUCKET', 'ATHENA_DATABASE', 'ATHENA_WORK_GROUP']) vi.stubEnv(name, 'x');
  vi.stubEnv('AWS_REGION', 'us-east-1');
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

/** Values told of a metric. */
const told = (name: string): number[] =>
  lines.map((line) => JSON.parse(line)).flatMap((line) => (line._aws && name in line ? [line[name]] : []));
const found = (creatorId: string, differing: number) =>
  ({ creatorId, cells: 9, differing: Array.from({ length: differing }) }) as unknown as Reconciliation;

describe('reconcile', () => {
  it('has told what it found when it dies half way', async () => {
    night.reconcile.mockImplementation(async (_stores: unknown, { onCreator }: ReconcileOptions) => {
      for (const [done, one] of [found('c-1', 2), found('c-2', 0), found('c-3', 1)].entries()) onCreator?.(one, { done, of: 4 });
      throw new Error('the lake does not answer');
    });
    await expect(reconcileAll({})).rejects.toThrow('the lake does not answer');
    expect(told('DifferingCells')).toEqual([2, 1]);
  });

  it('tells nothing where nothing differs', async () => {
    night.reconcile.mockImplementation(async (_stores: unknown, { onCreator }: ReconcileOptions) => {
      onCreator?.(found('c-1', 0), { done: 1, of: 1 });
      return [found('c-1', 0)];
    });
    expect(await reconcileAll({})).toMatchObject({ creators: 1, differing: 0 });
    expect(told('DifferingCells')).toEqual([]);
  });
});

describe('compact', () => {
  it('has told which files it could not read when another day fails', async () => {
    days.compactLake.mockImplementation(async (_lake: unknown, { onDay }: CompactLakeOptions) => {
      onDay?.('orders', '2026-03-01', { unreadable: [{ key: 'raw/a', reason: 'torn' }] } as unknown as Compaction);
      onDay?.('orders', '2026-03-02', { unreadable: [] } as unknown as Compaction);
      throw new Error('the store does not answer');
    });
    await expect(compact({})).rejects.toThrow('the store does not answer');
    expect(told('LakeUnreadable')).toEqual([1]);
  });
});

describe('a reader of the stream', () => {
  const none = { Records: [] } as KinesisStreamEvent;
  const bucket = { bucket: 'quarantine', send: (async () => ({})) as never };
  const applied = { retryFrom: undefined, errors: [], refused: [], entities: 0 };

  it('tells records that came out of order', async () => {
    await streamHandler(async () => ({ ...applied, disordered: 3 }), bucket)(none);
    expect(told('SequenceDisorder')).toEqual([3]);
  });

  it('has told what it put into quarantine when the rest cannot be applied', async () => {
    const torn = { eventID: 'shardId-0:1', kinesis: { sequenceNumber: '1', partitionKey: 'c-1', data: 'e30=' } };
    const reader = streamHandler(async () => {
      throw new Error('the store does not answer');
    }, bucket);
    await expect(reader({ Records: [torn] } as unknown as KinesisStreamEvent)).rejects.toThrow('the store does not answer');
    expect(told('QuarantinedRecords')).toEqual([1]);
  });

  it('tells nothing of order where it held', async () => {
    await streamHandler(async () => ({ ...applied, disordered: 0 }), bucket)(none);
    await streamHandler(async () => applied, bucket)(none);
    expect(told('SequenceDisorder')).toEqual([]);
  });
});

describe('a metric', () => {
  it('stands under the name of its deployment', () => {
    vi.stubEnv('METRICS_NAMESPACE', 'Trial');
    expect(JSON.parse(metric('Told', 1))).toMatchObject({ _aws: { CloudWatchMetrics: [{ Namespace: 'Trial' }] }, Told: 1 });
  });
});
