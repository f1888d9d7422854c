/** Is an asynchronous invocation answered at once, tried again as Lambda does, and not lost by a kill? */
import { appendFileSync, mkdtempSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { openEventQueue } from '../../local/invokers/event-queue.ts';
import { startLambdaEndpoint } from '../../local/invokers/lambda-endpoint.ts';
import type { Http2Proxy } from '../../local/servers/http2-proxy.ts';
import { openStart } from '../../shared/jobs/start.ts';

const newFile = () => join(mkdtempSync(join(tmpdir(), 'events-')), 'events.json');
const pauses = [1, 1];

describe('an event', () => {
  test('is tried three times at most, then a dead letter', async () => {
    const told: string[] = [];
    let attempts = 0;
    const invoke = async () => {
      attempts += 1;
      throw new Error('no');
    };
    const file = newFile();
    const queue = openEventQueue({ invoke, file, log: (line) => told.push(line), pauses });
    queue.add('fn', { n: 1 });
    const letters = join(dirname(file), 'dead-letters.jsonl');
    await expect.poll(() => told).toEqual([`fn failed 3 times; its event lies in ${letters}.`]);
    expect(attempts).toBe(3);
    const kept = readFileSync(letters, 'utf8').trim().split('\n');
    expect(kept.map((line) => JSON.parse(line))).toMatchObject([{ functionName: 'fn', event: { n: 1 }, error: 'Error: no' }]);
    queue.stop();
  });

  test('that succeeds at the second attempt is done', async () => {
    const seen: unknown[] = [];
    const invoke = async (_: string, event: unknown) => {
      if (seen.push(event) === 1) throw new Error('not yet');
    };
    const queue = openEventQueue({ invoke, file: newFile(), log: () => {}, pauses });
    queue.add('fn', { n: 1 });
    await expect.poll(() => seen).toEqual([{ n: 1 }, { n: 1 }]);
    queue.stop();
  });

  test('under way when the runtime was killed is taken up by the next one', async () => {
    const file = newFile();
    const killed = openEventQueue({ invoke: () => new Promise(() => {}), file, log: () => {}, pauses });
    killed.add('fn', { n: 1 });
    killed.stop();
    const seen: unknown[] = [];
    const done = async (name: string, event: unknown) => void seen.push([name, event]);
    openEventQueue({ invoke: done, file, log: () => {}, pauses }).stop();
    expect(seen).toEqual([['fn', { n: 1 }]]);
  });

  test.each([
    [
      'of which the line was cut off in the midst is left out, and those around it are not',
      (file: string) => appendFileSync(file, '\n["x","fn",{"n":'),
      2,
    ],
    [
      'of a file of before is taken up too',
      (file: string) => writeFileSync(file, '{"a":{"functionName":"fn","event":{"n":1}}}'),
      2,
    ],
  ])('%s', (_, between, count) => {
    const file = newFile();
    const first = openEventQueue({ invoke: () => new Promise(() => {}), file, log: () => {}, pauses });
    first.add('fn', { n: 1 });
    first.stop();
    between(file);
    const second = openEventQueue({ invoke: () => new Promise(() => {}), file, log: () => {}, pauses });
    second.add('fn', { n: 2 });
    second.stop();
    const seen: unknown[] = [];
    openEventQueue({ invoke: async (_name, event) => void seen.push(event), file, log: () => {}, pauses }).stop();
    expect(seen).toEqual([{ n: 1 }, { n: 2 }]);
    expect(seen).toHaveLength(count);
  });

  test('among thousands leaves no long file behind', async () => {
    const file = newFile();
    let done = 0;
    const queue = openEventQueue({ invoke: async () => void done++, file, log: () => {}, pauses });
    for (let n = 0; n < 5000; n++) queue.add('fn', { n });
    await expect.poll(() => done).toBe(5000);
    await expect.poll(() => statSync(file).size).toBeLessThan(200_000);
    queue.stop();
  });

  test('that is done is not taken up again', async () => {
    const file = newFile();
    const seen: unknown[] = [];
    const invoke = async (_: string, event: unknown) => void seen.push(event);
    const first = openEventQueue({ invoke, file, log: () => {}, pauses });
    first.add('fn', 1);
    await expect
      .poll(() => {
        const before = seen.length;
        openEventQueue({ invoke, file, log: () => {}, pauses }).stop();
        return seen.length - before;
      })
      .toBe(0);
    first.stop();
  });
});

describe('the Lambda endpoint', () => {
  let front: Http2Proxy;
  let client: LambdaClient;
  const added: unknown[] = [];
  beforeAll(async () => {
    front = await startLambdaEndpoint({
      has: (name) => name === 'fn' || name === 'arn:aws:lambda:us-east-1:000000000000:function:fn',
      invoke: async (_, event) => {
        if ((event as { bad?: boolean }).bad) throw Object.assign(new Error('broke'), { type: 'TypeError' });
        return { got: event };
      },
      add: (name, event) => added.push([name, event]),
    });
    const credentials = { accessKeyId: 'x', secretAccessKey: 'x' };
    client = new LambdaClient({ endpoint: `http://127.0.0.1:${front.port}`, region: 'us-east-1', credentials, maxAttempts: 1 });
  });
  afterAll(() => front.close());

  test('takes an event over from an unchanged SDK client', async () => {
    await openStart('fn', client)({ id: 'é' });
    await openStart('arn:aws:lambda:us-east-1:000000000000:function:fn', client)({ id: 2 });
    expect(added.map((each) => (each as unknown[])[1])).toEqual([{ id: 'é' }, { id: 2 }]);
  });

  test('waits for the answer where the caller does, and says what broke', async () => {
    const ask = (event: object) => client.send(new InvokeCommand({ FunctionName: 'fn', Payload: JSON.stringify(event) }));
    const fine = await ask({ a: 1 });
    expect([JSON.parse(fine.Payload?.transformToString() ?? ''), fine.FunctionError]).toEqual([{ got: { a: 1 } }, undefined]);
    const broken = await ask({ bad: true });
    expect(broken.FunctionError).toBe('Unhandled');
    expect(JSON.parse(broken.Payload?.transformToString() ?? '')).toEqual({ errorType: 'TypeError', errorMessage: 'broke' });
  });

  test('knows no other function, and no page of a browser', async () => {
    await expect(openStart('other', client)({})).rejects.toMatchObject({ name: 'ResourceNotFoundException' });
    const url = `http://127.0.0.1:${front.port}/2015-03-31/functions/fn/invocations`;
    expect((await fetch(url, { method: 'POST', headers: { origin: 'https://elsewhere.example' }, body: '{}' })).status).toBe(403);
    expect((await fetch(url, { method: 'POST', body: 'no json' })).status).toBe(400);
  });
});
