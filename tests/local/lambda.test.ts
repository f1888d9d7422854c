/** Does a function run locally as in Lambda: its own environment, one call at a time, a time limit, its log? */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { type LambdaFunction, makeFunction } from '../../local/invokers/lambda.ts';

const folder = mkdtempSync(join(tmpdir(), 'lambda-'));
const made: LambdaFunction[] = [];
const told: string[] = [];

function functionOf(name: string, body: string, { timeoutSeconds = 5, concurrency = 2, yields = false } = {}): LambdaFunction {
  const code = join(folder, name);
  mkdirSync(code);
  writeFileSync(join(code, 'index.mjs'), body);
  const environment = { OWN: name };
  const spec = {
    name,
    physicalName: name,
    arn: `arn:${name}`,
    code,
    handler: 'index.handler',
    timeoutSeconds,
    memoryMegabytes: 128,
    environment,
    yields,
  };
  const one = makeFunction(spec, {
    variables: { SHARED: 'yes' },
    logFolder: folder,
    concurrency,
    staysWarm: true,
    log: (line) => told.push(line),
  });
  made.push(one);
  return one;
}

const logOf = (name: string): string => readFileSync(join(folder, `${name}.log`), 'utf8');

afterAll(async () => {
  await Promise.all(made.map((one) => one.stop()));
  rmSync(folder, { recursive: true });
});

describe('a function', () => {
  test('sees its own environment and nothing of ours', async () => {
    process.env.OURS = 'secret';
    const one = functionOf('env', 'export const handler = async () => ({ ...process.env });');
    expect(await one.invoke({})).toMatchObject({ OWN: 'env', SHARED: 'yes', TZ: 'UTC' });
    expect(await one.invoke({})).not.toHaveProperty('OURS');
  });

  test('that was warmed has its code loaded before anybody asks, once', async () => {
    const one = functionOf('warmed', 'console.log("loaded"); export const handler = async () => "here";');
    await one.warm();
    await expect.poll(() => logOf('warmed')).toContain('loaded');
    await one.warm();
    expect(await one.invoke({})).toBe('here');
    expect(logOf('warmed').match(/loaded/g)).toHaveLength(1);
  });

  test('gets the event and a context, and its answer comes back as JSON', async () => {
    const one = functionOf(
      'echo',
      'export const handler = async (event, context) => ({ event, name: context.functionName, left: context.getRemainingTimeInMillis(), lost: undefined });',
    );
    const answer = await one.invoke({ a: 1, b: undefined });
    expect(answer).toEqual({ event: { a: 1 }, name: 'echo', left: expect.any(Number) });
  });

  test('keeps its globals between calls and shares them with no call that runs at the same time', async () => {
    const one = functionOf(
      'count',
      'let calls = 0; export const handler = async () => { const mine = ++calls; await new Promise((done) => setTimeout(done, 50)); return [mine, calls]; };',
    );
    const side = (await Promise.all([one.invoke({}), one.invoke({}), one.invoke({})])) as [number, number][];
    for (const [mine, calls] of side) expect(calls).toBe(mine);
  });

  /** The first environment answers once the file `go` is there; of a second one loading takes for ever, or no time. */
  const held = (name: string, loading: string) => `
    import { existsSync, writeFileSync } from 'node:fs';
    const [first, go] = ${JSON.stringify([`${name}-first`, `${name}-go`].map((each) => join(folder, each)))};
    const isFirst = !existsSync(first);
    writeFileSync(first, '');
    if (!isFirst) { ${loading} }
    export const handler = async () => {
      while (isFirst && !existsSync(go)) await new Promise((done) => setTimeout(done, 5));
      return isFirst ? 'first' : 'second';
    };`;

  test('whose environment is busy for long gets another one', async () => {
    const one = functionOf('another', held('another', ''));
    const first = one.invoke({});
    expect(await one.invoke({})).toBe('second');
    writeFileSync(join(folder, 'another-go'), '');
    expect(await first).toBe('first');
  });

  test('waits for no cold start where an environment is free sooner', async () => {
    const one = functionOf(
      'sooner',
      held('sooner', 'console.log("loads"); await new Promise(() => setInterval(() => {}, 1000));'),
    );
    const both = [one.invoke({}), one.invoke({})];
    await expect.poll(() => logOf('sooner'), { timeout: 30_000 }).toContain('loads');
    writeFileSync(join(folder, 'sooner-go'), '');
    expect(await Promise.all(both)).toEqual(['first', 'first']);
  });

  test.runIf(process.platform === 'linux')(
    'that works off a queue lets those go first for whose answer somebody waits',
    async () => {
      const body = 'import { getPriority } from "node:os"; export const handler = async () => getPriority();';
      const own = await functionOf('own', body).invoke({});
      expect(await functionOf('yields', body, { yields: true }).invoke({})).toBeGreaterThan(Number(own));
    },
  );

  test('beyond its concurrency waits its turn and is not lost', async () => {
    const one = functionOf('queue', 'export const handler = async ({ n }) => n;', { concurrency: 1 });
    expect(await Promise.all([1, 2, 3, 4, 5].map((n) => one.invoke({ n })))).toEqual([1, 2, 3, 4, 5]);
  });

  test('that throws rejects with its message, and the next call is served', async () => {
    const one = functionOf(
      'throws',
      'export const handler = async ({ bad }) => { if (bad) throw new TypeError("no such thing"); return "fine"; };',
    );
    await expect(one.invoke({ bad: true })).rejects.toMatchObject({ type: 'TypeError', message: 'no such thing' });
    expect(await one.invoke({})).toBe('fine');
    await expect.poll(() => logOf('throws'), { timeout: 120_000 }).toContain('no such thing');
  });

  test('that runs over its time is ended, and the next call gets a fresh environment', async () => {
    const one = functionOf(
      'slow',
      'let calls = 0; export const handler = async ({ hang }) => { calls++; if (hang) await new Promise(() => setInterval(() => {}, 1000)); return calls; };',
      { timeoutSeconds: 0.5, concurrency: 1 },
    );
    const [hung, next] = await Promise.allSettled([one.invoke({ hang: true }), one.invoke({})]);
    expect(hung).toMatchObject({
      status: 'rejected',
      reason: { type: 'Sandbox.Timedout', message: 'Task timed out after 0.5 seconds' },
    });
    expect(next).toEqual({ status: 'fulfilled', value: 1 });
  });

  test('that ends its process fails that call only', async () => {
    const one = functionOf('exits', 'export const handler = async ({ bad }) => { if (bad) process.exit(1); return "fine"; };');
    await expect(one.invoke({ bad: true })).rejects.toMatchObject({ type: 'Runtime.ExitError' });
    expect(await one.invoke({})).toBe('fine');
  });

  test('that cannot be loaded says why at every call', async () => {
    const one = functionOf('broken', 'throw new Error("not today");');
    await expect(one.invoke({})).rejects.toThrow('not today');
    await expect(one.invoke({})).rejects.toThrow('not today');
  });
});

describe('a log', () => {
  test('has what the function printed, each line with its time, without tokens', async () => {
    const token = `eyJhbGciOiJSUzI1NiJ9.${'a'.repeat(20)}.${'b'.repeat(20)}`;
    const one = functionOf(
      'prints',
      'export const handler = async ({ token }) => { console.log("hello " + token); console.error("ouch\\nand more"); };',
    );
    await one.invoke({ token });
    await expect.poll(() => logOf('prints')).toMatch(/hello \[token\]\n/);
    await expect.poll(() => logOf('prints')).toContain('and more');
    for (const line of logOf('prints').trimEnd().split('\n')) expect(line).toMatch(/^\d{4}-\d\d-\d\dT[\d:.]{12}Z /);
  });

  test('tells the same failure once, not a thousand times', async () => {
    const one = functionOf('noisy', 'export const handler = async () => { throw new Error("again"); };');
    for (let index = 0; index < 20; index++) await one.invoke({}).catch(() => {});
    expect(told.filter((line) => line.includes('[noisy]'))).toHaveLength(1);
  });
});
