/** How do several runs work on one lake at once? Each call waits until it is chosen, so that they interleave anyhow, one call at a time. */
import { setImmediate as turn } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  type ListObjectsV2CommandOutput,
  PutObjectCommand,
} from '@aws-sdk/client-s3';
import type { Lake } from '../../shared/lake/store.ts';
import type { Chance } from './chance.ts';
import { type FateKind, Killed } from './lake-faults.ts';

interface Waiting {
  run: Run;
  command: object;
  /** Step before which it is not chosen while others wait. */
  from: number;
  go(): Promise<void>;
  fail(reason: Error): void;
}

/** One run of compaction (or of anything else) with what may befall it. */
export interface Run {
  lake: Lake;
  isDead: boolean;
  fate: { kind: FateKind; call: number } | undefined;
  calls: number;
  ended: Promise<unknown>;
}

export interface Scene {
  /** The lake as it is, without faults, with the scene's clock. */
  plain: Lake;
  now(): number;
  pass(milliseconds: number): void;
  start(fate: Run['fate'], work: (lake: Lake) => Promise<unknown>): Run;
  /** Lets one waiting call through; answers what became of it, undefined where none waits. */
  step(): Promise<{ isChange: boolean; isHit: boolean } | undefined>;
  isIdle(): boolean;
}

/**
 * S3 as it promises to be, over a server that forgets two of its promises: a put with If-None-Match and a delete with If-Match are
 * refused. Files are as old as the scene's clock says.
 */
function strict(server: Lake, now: () => number, put: Map<string, number>): Lake['send'] {
  const refuse = (): never => {
    throw Object.assign(new Error('PreconditionFailed'), { $metadata: { httpStatusCode: 412 } });
  };
  const tagOf = async (key: string | undefined): Promise<string | undefined> => {
    try {
      return (await server.send(new HeadObjectCommand({ Bucket: server.bucket, Key: key }))).ETag;
    } catch {
      return undefined;
    }
  };
  const send = async (command: object): Promise<unknown> => {
    if (command instanceof PutObjectCommand) {
      if (command.input.IfNoneMatch && (await tagOf(command.input.Key)) !== undefined) refuse();
      put.set(command.input.Key ?? '', now());
    }
    if (command instanceof DeleteObjectCommand && command.input.IfMatch) {
      const tag = await tagOf(command.input.Key);
      if (tag !== undefined && tag !== command.input.IfMatch) refuse();
    }
    const answer = await server.send(command as never);
    if (command instanceof ListObjectsV2Command)
      for (const file of (answer as ListObjectsV2CommandOutput).Contents ?? [])
        file.LastModified = new Date(put.get(file.Key ?? '') ?? 0);
    return answer;
  };
  return send as unknown as Lake['send'];
}

export function makeScene(server: Lake, chance: Chance): Scene {
  let clock = Date.parse('2026-06-10T00:00:00Z');
  const put = new Map<string, number>();
  const plain: Lake = { bucket: server.bucket, send: strict(server, () => clock, put) };
  const waiting: Waiting[] = [];
  let running = 0;
  let steps = 0;

  const lakeOf = (run: Run): Lake => {
    const send = (command: object): Promise<unknown> =>
      new Promise((resolve, reject) => {
        if (run.isDead) return reject(new Killed('the process is dead'));
        const go = () => plain.send(command as never).then(resolve, reject);
        waiting.push({ run, command, from: 0, go, fail: reject });
      });
    return { bucket: server.bucket, send: send as unknown as Lake['send'] };
  };

  const die = (run: Run): void => {
    run.isDead = true;
    for (const call of waiting.filter((one) => one.run === run)) call.fail(new Killed('the process is dead'));
    waiting.splice(0, waiting.length, ...waiting.filter((one) => one.run !== run));
  };

  /** Every run that is not over waits with a call, or will not call any more. */
  const settle = async (): Promise<void> => {
    for (let quiet = 0, last = -1; quiet < 3; quiet = waiting.length === last ? quiet + 1 : 0) {
      last = waiting.length;
      await turn();
      if (!waiting.length && running) quiet = -1;
    }
  };

  return {
    plain,
    now: () => clock,
    pass: (milliseconds) => {
      clock += milliseconds;
    },
    start: (fate, work) => {
      const run: Run = { lake: plain, isDead: false, fate, calls: 0, ended: Promise.resolve() };
      run.lake = lakeOf(run);
      running++;
      run.ended = work(run.lake)
        .catch((error: unknown) => error)
        .finally(() => running--);
      return run;
    },
    step: async () => {
      await settle();
      if (!waiting.length) return undefined;
      steps++;
      const ready = waiting.filter(({ from }) => from <= steps);
      const chosen = chance.pick(ready.length ? ready : waiting);
      waiting.splice(waiting.indexOf(chosen), 1);
      const { run, command, go, fail } = chosen;
      const isHit = !chosen.from && ++run.calls === run.fate?.call;
      const kind = isHit ? run.fate?.kind : undefined;
      const isRead = command instanceof ListObjectsV2Command || command instanceof GetObjectCommand;
      if (kind === 'is late') {
        chosen.from = steps + 1 + chance.below(400);
        waiting.push(chosen);
        return { isChange: false, isHit };
      }
      if (kind === 'fails' || kind === 'dies before') fail(new Killed(kind));
      else if (kind)
        await plain
          .send(command as never)
          .catch(() => {})
          .then(() => fail(new Killed(kind)));
      else await go();
      if (kind?.startsWith('dies')) die(run);
      return { isChange: !isRead, isHit };
    },
    isIdle: () => running === 0,
  };
}
