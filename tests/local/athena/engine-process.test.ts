/** Is the process of the query engine there while it is needed, and gone when it is not? */
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { openEngineProcess } from '../../../local/athena/engine-process.ts';
import { keepRows } from '../../../local/athena/kept-rows.ts';
import { type MadeBuckets, madeCatalog, makeBuckets } from './made-lake.ts';

let buckets: MadeBuckets;
let close = (): void => {};
beforeAll(async () => {
  buckets = await makeBuckets();
});
afterEach(() => close());
afterAll(() => buckets?.stop());

const processes = (): number => process.getActiveResourcesInfo().filter((name) => name === 'ProcessWrap').length;

function open(idleMs: number) {
  const { storageDir, stateDir, endpoint: s3 } = buckets;
  const engine = openEngineProcess({ catalog: madeCatalog(), storageDir, stateDir, s3, region: 'us-east-1' }, idleMs);
  close = engine.close;
  return engine;
}

test('the first query starts it, a while without one ends it, and the next one starts it again', async () => {
  const before = processes();
  const engine = open(50);
  expect(processes()).toBe(before);
  expect((await engine.query('SELECT 1 + 1 AS two')).rows).toEqual([['2']]);
  await vi.waitFor(() => expect(processes()).toBe(before), 20_000);
  expect((await engine.query('SELECT ?', ["'again'"])).rows).toEqual([['again']]);
});

test('errors keep their code, and a query is stopped', async () => {
  const engine = open(10_000);
  await expect(engine.query('SELECT nothing FROM nowhere')).rejects.toMatchObject({ code: 'TABLE_NOT_FOUND' });
  const stop = new AbortController();
  const long = engine.query(
    'SELECT count(*) FROM UNNEST(sequence(1, 10000)) a(x), UNNEST(sequence(1, 10000)) b(y), UNNEST(sequence(1, 1000)) c(z)',
    [],
    { signal: stop.signal },
  );
  stop.abort();
  await expect(long).rejects.toMatchObject({ code: 'USER_CANCELED' });
});

test('rows that are packed are the same rows', () => {
  const rows = Array.from({ length: 2500 }, (_, n) => [String(n), n % 7 ? `“${n}”, "quoted"\n` : null, '']);
  const kept = keepRows(rows);
  const plain = [kept.slice(0, 3), kept.slice(1000, 2000), kept.slice(2400, 9999)];
  kept.pack();
  kept.pack();
  expect([kept.slice(0, 3), kept.slice(1000, 2000), kept.slice(2400, 9999)]).toEqual(plain);
  expect(kept.length).toBe(2500);
});
