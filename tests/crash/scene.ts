/** What is there in a world? Its creators, its stream, the calls under way, and what must expire. */
import { DeleteItemCommand, type DynamoDBClient, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { nextProfile } from '../../shared/store/profiles.ts';
import { type Item, type Table, textOf } from '../../shared/store/table.ts';
import { type Actor, type Calls, type Faults, makeCalls } from './calls.ts';
import { type Chance, chanceOf } from './chance.ts';
import { accept, type Collected, type Creator, creatorEvent, put, versionAt } from './collect.ts';
import { zones } from './local-time.ts';
import { makeShard } from './mapping.ts';
import type { RuleName } from './rules.ts';
import { makeStaleReads } from './stale-reads.ts';

export interface Size {
  /** How often something happens in a shop. */
  events: number;
  creators: number;
  /** Orders of each creator. */
  orders: number;
  /** How often an invocation times out, of each of its calls. */
  timeout: number;
  faults: Faults;
}

export interface Store {
  client: DynamoDBClient;
  table: Table;
}

export interface Scene extends Collected, Store {
  chance: Chance;
  size: Size;
  on(rule: RuleName): boolean;
  say(line: string): void;
  creators: Creator[];
  creatorNamed(id: string): Creator;
  /** Quarantined records by key. */
  objects: Map<string, string>;
  /** Places of records that were lost before any invocation saw them. */
  lost: Set<string>;
  calls: Calls;
  /** The table as an actor reaches it, call by call. */
  tableOf(actor: Actor): Table;
  /** Deletes what has expired, some of it now and some later. */
  expire(): Promise<void>;
}

export interface SceneOptions {
  /** The rule that is switched off. */
  off?: RuleName | undefined;
  /** Begins the creators' names: worlds of one table have different ones. */
  name?: string;
  say?: ((line: string) => void) | undefined;
}

const begins = Date.parse('2026-12-05T12:00:00Z');

/** Every seed has its own size and weather: small worlds with many faults, larger ones with fewer. */
function sizeOf(chance: Chance): Size {
  const storm = chance.below(3);
  return {
    events: 8 + chance.below(storm === 2 ? 5 : 14),
    creators: 1 + chance.below(3),
    orders: 2 + chance.below(2),
    timeout: [0.006, 0.012, 0.02][storm]!,
    faults: { call: [0.004, 0.008, 0.012][storm]!, rare: [0.15, 0.05, 0.08][storm]!, unread: 0.1 },
  };
}

type Key = UpdateItemCommand['input']['Key'];

export async function makeScene(store: Store, seed: number, options: SceneOptions): Promise<Scene> {
  const chance = chanceOf(seed);
  const { off, name = `w${seed}`, say = () => {} } = options;
  const objects = new Map<string, string>();
  /** Pending items and entities by key, with the number of records that were there when each was put. */
  const appended = new Map<string, { key: Key; after: number; seq: string }>();
  const entities = new Map<string, { key: Key; after: number }>();
  /** Up to which record each partition is merged. */
  const merged = new Map<string, string>();
  const stale = makeStaleReads(chance);
  const on = (rule: RuleName): boolean => rule !== off;

  const calls = makeCalls(chance, sizeOf(chanceOf(seed)).faults, {
    client: store.client,
    objects,
    say,
    reread: (command, answer) => (on('consistent') ? answer : stale.reread(command, answer)),
    onDone(command) {
      if (command instanceof UpdateItemCommand) {
        const { Key, ExpressionAttributeValues: values } = command.input;
        if (values?.[':applied']) merged.set(textOf(Key?.pk), textOf(values[':applied']));
      } else if (command instanceof PutItemCommand) {
        const { pk, sk } = command.input.Item as Item & { pk: { S: string }; sk: { S: string } };
        const one = { key: { pk, sk }, after: scene.records.length };
        if (sk.S.startsWith('Q#')) appended.set(`${pk.S} ${sk.S}`, { ...one, seq: textOf((command.input.Item as Item).seq) });
        if (!sk.S.startsWith('E#')) return;
        entities.set(`${pk.S} ${sk.S}`, one);
        stale.onPut(command.input.Item as Item);
      }
    },
  });

  async function remove(from: Map<string, { key: Key }>, one: string): Promise<void> {
    const key = from.get(one)?.key;
    from.delete(one);
    await store.client.send(new DeleteItemCommand({ TableName: store.table.name, Key: key }));
    say(`   expires: ${key?.sk?.S}`);
  }

  const scene: Scene = {
    ...store,
    chance,
    size: sizeOf(chanceOf(seed)),
    on,
    say,
    creators: [],
    creatorNamed: (id) => scene.creators.find((creator) => creator.id === id)!,
    objects,
    lost: new Set(),
    calls,
    tableOf: (actor) => ({ name: store.table.name, send: calls.sendOf(actor) as Table['send'] }),
    async expire() {
      // Long after they were merged; here it may be at once.
      for (const [one, { key, after, seq }] of appended) {
        const through = merged.get(textOf(key?.pk));
        const isMerged = through !== undefined && seq <= through;
        const isOld = after < scene.records.length - 3;
        if ((isMerged || (!on('kept') && isOld)) && chance.happens(0.5)) await remove(appended, one);
      }
      if (on('ttl')) return;
      for (const [one, { after }] of entities)
        if (after < scene.records.length - 6 && chance.happens(0.1)) await remove(entities, one);
    },
    records: [],
    shards: [makeShard(0, 1, 0)],
    count: 0,
    now: begins,
    code: [1],
  };

  for (let number = 0; number < scene.size.creators; number++) {
    const id = `${name}-${number}`;
    const event = creatorEvent(id, chance.pick(zones), versionAt(0), '2025-01-01T00:00:00Z');
    const profile = nextProfile(undefined, event)!;
    const creator = { id, number, profile, before: profile };
    await accept(store.table, creator, event);
    scene.creators.push(creator);
    put(scene, chance, creator, event);
  }
  return scene;
}
