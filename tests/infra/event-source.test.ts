/** Does the stream reach its readers under the settings that nothing lost rests on? Each of them has its own line. */
import { describe, expect, it } from 'vitest';
import { makeTemplates, resources, sourceOf } from './make-stacks.ts';

const { service } = makeTemplates();
const readers = [
  { part: 'Aggregator', sets: 'TABLE_NAME', batch: 500, window: 5, parallelizationFactor: 1 },
  { part: 'Archiver', sets: 'LAKE_BUCKET', batch: 10_000, window: 60, parallelizationFactor: 1 },
].map((reader) => ({ ...reader, source: sourceOf(service, reader.part) }));

describe.each(readers)('$part', ({ part, sets, batch, window, parallelizationFactor, source }) => {
  it('reads the stream', () => expect(JSON.stringify(source.EventSourceArn)).toContain('Events1Arn'));
  it('is the function that is called', () => {
    const [id] = Object.entries(resources(service, 'AWS::Lambda::Function')).find(([name]) => name.startsWith(part))!;
    expect(source.FunctionName).toEqual({ Ref: id });
    expect(resources(service, 'AWS::Lambda::Function')[id]!.Environment.Variables).toHaveProperty(sets);
  });
  it('starts at the oldest record', () => expect(source.StartingPosition).toBe('TRIM_HORIZON'));
  it(`gets up to ${batch} records at once`, () => expect(source.BatchSize).toBe(batch));
  it(`waits up to ${window} seconds for them`, () => expect(source.MaximumBatchingWindowInSeconds).toBe(window));
  it(`reads a shard in ${parallelizationFactor} parallelizationFactor`, () =>
    expect(source.ParallelizationFactor).toBe(parallelizationFactor));
  it('says where a batch failed', () => expect(source.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']));
  it('gets a failed batch in halves', () => expect(source.BisectBatchOnFunctionError).toBe(true));
  it('is called again without end', () => expect(source.MaximumRetryAttempts).toBe(-1));
  it('gets records of any age', () => expect(source.MaximumRecordAgeInSeconds).toBe(-1));
  it('has nowhere to drop records to', () => expect(source.DestinationConfig).toBeUndefined());
  it('keeps no state between windows', () => expect(source.TumblingWindowInSeconds).toBeUndefined());
  it('sees every record', () => expect(source.FilterCriteria).toBeUndefined());
});

describe('the window of the archiver', () => {
  it('can be set', () => {
    const source = sourceOf(makeTemplates({ archiveWindowSeconds: 300 }).service, 'Archiver');
    expect(source.MaximumBatchingWindowInSeconds).toBe(300);
  });
});
