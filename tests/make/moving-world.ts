/** What if events go on while stream and lake are compared? Creators whose records reach table and lake in steps, at chosen calls. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Incoming } from '../../shared/fold/fold.ts';
import { archiveBatch } from '../../shared/lake/archive.ts';
import type { Stores } from '../../shared/lake/look.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { pagePrefix } from '../../shared/store/pages.ts';
import type { Profile } from '../../shared/store/profiles.ts';
import { markAccepted } from '../../shared/store/progress.ts';
import type { Table } from '../../shared/store/table.ts';
import { athenaOf, lakeOf } from './embedded-athena.ts';
import type { EmbeddedLake } from './embedded-lake.ts';
import { mergeAll } from './pages.ts';
import { inZone } from './stream.ts';

interface AnyCommand {
  constructor: { name: string };
  input: Record<string, unknown>;
}

export interface World {
  stores: Stores;
  profiles: Profile[];
  /** Statements that were started, in order. */
  statements: string[];
  /** Applies so many more records of a creator, or archives them; answers whether there were any. */
  apply(creator: string, count: number): Promise<boolean>;
  archive(creator: string, count: number): Promise<boolean>;
  /** Is called before every statement, and before the totals of a creator are read. */
  before: (call: { statement: string } | { partition: string; prefix: string }) => Promise<void>;
  /** Changes a statement on its way: how a bug is planted. */
  rewrite: (sql: string) => string;
}

const profileOf = (creatorId: string): Profile => ({
  creatorId,
  version: 1,
  data: {},
  revision: 1,
  zones: inZone('America/New_York'),
  currency: 'USD',
  generation: 1,
});

const named = (records: Incoming[], creatorid: string): Incoming[] =>
  records.map((one) => ({ ...one, record: { ...one.record, event: { ...one.record.event, creatorid } } }));

/** Everything is accepted; nothing is applied or archived yet. A world lies in a table and a lake of its own names: `prefix` tells worlds apart. */
export async function makeWorld(table: Table, lake: EmbeddedLake, histories: ReadonlyMap<string, Incoming[]>): Promise<World> {
  const left = new Map([...histories].map(([creator, records]) => [creator, named(records, creator)]));
  const unarchived = new Map([...left].map(([creator, records]) => [creator, [...records]]));
  const athena = athenaOf(lake);
  const profiles = [...histories.keys()].map(profileOf);
  for (const profile of profiles)
    await table.send(
      new PutItemCommand({
        TableName: table.name,
        Item: { pk: { S: `C#${profile.creatorId}` }, sk: { S: 'S#profile' }, profile: { S: JSON.stringify(profile) } },
      }),
    );
  for (const [creator, records] of left) {
    const newest = records.at(-1);
    if (newest) await markAccepted(table, `C#${creator}#1`, newest.seq, newest.record.stamp.receivedAt);
  }
  const take = (from: Map<string, Incoming[]>, creator: string, count: number): Incoming[] =>
    from.get(creator)?.splice(0, count) ?? [];
  const world: World = {
    profiles,
    statements: [],
    apply: async (creator, count) => {
      const some = take(left, creator, count);
      const { errors } = await applyBatch(table, some);
      if (errors[0]) throw errors[0];
      // Some of it is merged, some stays pending.
      if (some.length % 2) await mergeAll(table, `C#${creator}#1`);
      return some.length > 0;
    },
    archive: async (creator, count) => {
      const some = take(unarchived, creator, count);
      await archiveBatch(lakeOf(lake), some, `shard-${creator}`, async () => {});
      return some.length > 0;
    },
    before: async () => {},
    rewrite: (sql) => sql,
    stores: {
      table: {
        name: table.name,
        send: (async (command: AnyCommand) => {
          const values = command.input.ExpressionAttributeValues as { [name: string]: { S?: string } } | undefined;
          const from = values?.[':from']?.S;
          if (command.constructor.name === 'QueryCommand' && from?.startsWith(pagePrefix))
            await world.before({ partition: values?.[':pk']?.S ?? '', prefix: pagePrefix });
          return table.send(command as never);
        }) as unknown as Table['send'],
      },
      athena: {
        ...athena,
        send: (async (command: AnyCommand) => {
          if (command.constructor.name === 'StartQueryExecutionCommand') {
            const sql = String(command.input.QueryString);
            world.statements.push(sql);
            await world.before({ statement: sql });
            command.input.QueryString = world.rewrite(sql);
          }
          return athena.send(command as never);
        }) as unknown as Stores['athena']['send'],
      },
    },
  };
  return world;
}
