/** Does the stream reach aggregate under the settings that exactly-once rests on? Each of them has its own line. */
import { describe, expect, it } from 'vitest';
import { makeTemplates, only, resources } from './make-stacks.ts';

const { service } = makeTemplates();
const source = only(service, 'AWS::Lambda::EventSourceMapping');

describe('aggregate', () => {
  it('reads the stream', () => expect(JSON.stringify(source.EventSourceArn)).toContain('Events1Arn'));
  it('is the function that is called', () => {
    const [id] = Object.entries(resources(service, 'AWS::Lambda::Function')).find(
      ([, fn]) => fn.Environment?.Variables.QUARANTINE_BUCKET,
    )!;
    expect(source.FunctionName).toEqual({ Ref: id });
  });
  it('starts at the oldest record', () => expect(source.StartingPosition).toBe('TRIM_HORIZON'));
  it('gets up to 500 records at once', () => expect(source.BatchSize).toBe(500));
  it('waits up to five seconds for them', () => expect(source.MaximumBatchingWindowInSeconds).toBe(5));
  it('reads a shard in four lanes', () => expect(source.ParallelizationFactor).toBe(4));
  it('says where a batch failed', () => expect(source.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']));
  it('gets a failed batch in halves', () => expect(source.BisectBatchOnFunctionError).toBe(true));
  it('is called again without end', () => expect(source.MaximumRetryAttempts).toBe(-1));
  it('gets records of any age', () => expect(source.MaximumRecordAgeInSeconds).toBe(-1));
  it('has nowhere to drop records to', () => expect(source.DestinationConfig).toBeUndefined());
  it('keeps no state between windows', () => expect(source.TumblingWindowInSeconds).toBeUndefined());
  it('sees every record', () => expect(source.FilterCriteria).toBeUndefined());
});
