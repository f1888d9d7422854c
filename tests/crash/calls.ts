/** How do all actors of a world interleave? Each call to a store waits until the world picks it, and the world decides how it ends. */
import { BatchGetItemCommand, type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { isRefusal } from '../../shared/store/table.ts';
import type { Chance } from './chance.ts';
import { summaryOf } from './trace.ts';

/** Somebody who makes calls: an invocation, or collect. Late: timed out, but still running. Gone: nobody waits any more. */
export interface Actor {
  name: string;
  state: 'live' | 'late' | 'gone';
}

interface Call {
  actor: Actor;
  command: object;
  resolve(answer: unknown): void;
  reject(error: unknown): void;
}

/** How often which fault happens to a call. */
export interface Faults {
  /** Each of: fails before it is sent, takes effect but its answer is lost, takes effect at some later point. */
  call: number;
  /** The same of calls that are few, and whose failure is the hardest to make good: entities and quarantined records. */
  rare: number;
  /** A read leaves some keys unread. */
  unread: number;
}

export interface Calls {
  /** A store's `send` for an actor. */
  sendOf(actor: Actor): (command: object) => Promise<unknown>;
  /** Calls whose actor is live. */
  live(): Call[];
  /** Calls of timed-out actors, and calls that their actor has given up. */
  late(): Call[];
  /** Makes one call, with a fault or not. */
  make(call: Call): Promise<void>;
  /** Makes a late call; nobody may be listening. */
  land(call: Call): Promise<void>;
  /** A timed-out invocation: its calls land one by one, or it runs on, or it is gone with what it had not sent. */
  bury(actor: Actor): void;
  injected: number;
  made: number;
}

export interface Stores {
  client: DynamoDBClient;
  /** Objects by key: the quarantine. */
  objects: Map<string, string>;
  /** A rule that is off may change what is read. */
  reread(command: object, answer: object): object;
  /** What took effect. */
  onDone(command: object): void;
  say(line: string): void;
}

class Outage extends Error {
  override name = 'TimeoutError';
}

const nobody = { resolve: () => {}, reject: () => {} };

export function makeCalls(chance: Chance, faults: Faults, stores: Stores): Calls {
  let pending: Call[] = [];
  let landing: Call[] = [];

  async function perform(command: object): Promise<unknown> {
    if (command instanceof PutObjectCommand) {
      stores.objects.set(String(command.input.Key), String(command.input.Body));
      return {};
    }
    try {
      const answer = await stores.client.send(command as UpdateItemCommand);
      stores.say(`   ${summaryOf(command)}`);
      stores.onDone(command);
      return stores.reread(command, answer);
    } catch (error) {
      // Anything but a refusal would be a mistake of the code or of these worlds, and no fault of the store.
      if (!isRefusal(error)) throw new Error(`the store does not take ${summaryOf(command)}`, { cause: error });
      stores.say(`   refused: ${summaryOf(command)}`);
      return error;
    }
  }

  function leaveUnread(command: BatchGetItemCommand, answer: unknown): unknown {
    const [name = ''] = Object.keys(command.input.RequestItems ?? {});
    const keys = command.input.RequestItems?.[name]?.Keys ?? [];
    const unread = keys.filter(() => chance.happens(0.5));
    const names = new Set(unread.map((key) => key.sk?.S));
    const items = (answer as { Responses?: { [name: string]: { sk?: { S?: string } }[] } }).Responses?.[name] ?? [];
    stores.say(`   unread: ${[...names].join(' ')}`);
    return {
      Responses: { [name]: items.filter((item) => !names.has(item.sk?.S)) },
      UnprocessedKeys: unread.length ? { [name]: { Keys: unread, ConsistentRead: true } } : {},
    };
  }

  const answer = (call: Call, result: unknown): void => (result instanceof Error ? call.reject(result) : call.resolve(result));
  const isRare = (command: object): boolean =>
    command instanceof PutObjectCommand || (command instanceof PutItemCommand && !!command.input.Item?.sk?.S?.startsWith('E#'));
  const isWrite = (command: object): boolean => command instanceof UpdateItemCommand || command instanceof PutItemCommand;

  const calls: Calls = {
    injected: 0,
    made: 0,
    sendOf: (actor) => (command) =>
      new Promise((resolve, reject) => {
        if (actor.state === 'gone') return;
        (actor.state === 'live' ? pending : landing).push({ actor, command, resolve, reject });
      }),
    live: () => pending,
    late: () => landing,
    async make(call) {
      calls.made++;
      pending = pending.filter((other) => other !== call);
      const fault = chance.happens(3 * (isRare(call.command) ? faults.rare : faults.call))
        ? chance.pick(['unsent', 'lost', 'late'] as const)
        : undefined;
      if (fault) {
        calls.injected++;
        stores.say(`   ${call.actor.name}: ${fault} ${summaryOf(call.command)}`);
        if (fault === 'lost') await perform(call.command);
        if (fault === 'late' && isWrite(call.command))
          landing.push({ actor: { name: `${call.actor.name} late`, state: 'late' }, command: call.command, ...nobody });
        call.reject(new Outage('the store did not answer'));
        return;
      }
      const result = await perform(call.command);
      if (call.command instanceof BatchGetItemCommand && chance.happens(faults.unread)) {
        calls.injected++;
        answer(call, leaveUnread(call.command, result));
      } else answer(call, result);
    },
    async land(call) {
      calls.made++;
      landing = landing.filter((other) => other !== call);
      stores.say(`  late, ${call.actor.name}:`);
      answer(call, await perform(call.command));
    },
    bury(actor) {
      const own = pending.filter((call) => call.actor === actor);
      pending = pending.filter((call) => call.actor !== actor);
      const fate = chance.below(10);
      actor.state = fate >= 4 && fate < 8 ? 'late' : 'gone';
      if (fate < 4) landing.push(...own.filter(({ command }) => isWrite(command)).map((call) => ({ ...call, ...nobody })));
      else if (fate < 8) landing.push(...own);
      stores.say(`  ${actor.name} times out: ${fate < 4 ? 'its calls land later' : fate < 8 ? 'it runs on' : 'it is gone'}`);
    },
  };
  return calls;
}
