/**
 * What does an event cost at real traffic, where a batch holds an event or two of each of many creators? Write units as DynamoDB counts
 * them, marks and index included, for the batches that five seconds make; beside them plain ways to keep the same totals.
 */
import { PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { fold, type Incoming } from '../../shared/fold/fold.ts';
import type { StoredEntity } from '../../shared/fold/parts.ts';
import { markBatch } from '../../shared/ingest/mark.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { nextProfile, type Profile } from '../../shared/store/profiles.ts';
import type { Table } from '../../shared/store/table.ts';
import { startKpiTable } from '../make/kpi-table.ts';
import { demoEvents } from './demo-events.ts';
import { incomingOf } from './records.ts';
import { rounded } from './statistics.ts';
import { metered } from './write-units.ts';

const creators = 1000;
const windowSeconds = 5;
/** As many records as a batch of the stream has at most. */
const largestBatch = 500;
const shardId = 'shardId-000000000000';

/** Spreads a shop's events over the creators, all of an entity to one of them; the events of a day, as they come. */
function spreadOver(events: CloudEvent[]): CloudEvent[] {
  const creatorOf = new Map<string, string>();
  return events.map((event) => {
    const root = event.subject.split('/', 2).join('/');
    const creatorid = creatorOf.get(root) ?? `c-${creatorOf.size % creators}`;
    creatorOf.set(root, creatorid);
    return { ...event, creatorid };
  });
}

function profileOf(creator: CloudEvent, creatorid: string): Profile {
  const profile = nextProfile(undefined, { ...creator, creatorid, subject: `creator/${creatorid}` });
  if (!profile) throw new Error('the demo’s creator has no profile');
  return profile;
}

/** Write units an event, and of those the index's, in batches of `size` records. */
async function priceOf(records: Incoming[], profiles: Map<string, Profile>, size: number) {
  const { table, stop } = await startKpiTable();
  const meter = metered(table);
  for (let i = 0; i < records.length; i += size) {
    const some = records.slice(i, i + size);
    const put = some.map(({ seq, entity, subject, record: { event } }) => {
      const profile = profiles.get(event.creatorid);
      if (!profile) throw new Error(`${event.creatorid} has no profile`);
      return { event, entity, subject, profile, seq, shardId };
    });
    await markBatch(meter.table, put, 1, new Date().toISOString());
    const applied = await applyBatch(meter.table, some);
    if (applied.retryFrom !== undefined || applied.refused.length) throw new Error(`not applied: ${JSON.stringify(applied)}`);
  }
  await stop();
  return {
    perEvent: rounded((meter.units() + meter.indexUnits()) / records.length),
    ofIndex: rounded(meter.indexUnits() / records.length),
  };
}

interface Change {
  item: string;
  fields: [field: string, by: number][];
}

/** What each record changes, item by item. */
function changesOf(records: Incoming[]): { record: Incoming; changes: Change[] }[] {
  const entities = new Map<string, StoredEntity>();
  return records.map((record) => {
    const creator = record.record.event.creatorid;
    const own = new Map(
      [...entities]
        .filter(([key]) => key === `${creator} ${record.subject.root}`)
        .map(([, entity]) => [record.subject.root, entity]),
    );
    const { deltas, changed } = fold([record], own);
    for (const [root, { entity }] of changed) entities.set(`${creator} ${root}`, entity);
    const changes = [...deltas].map(
      ([item, all]): Change => ({ item: `${creator} ${item}`, fields: all.map(({ field, by }) => [field, by]) }),
    );
    return { record, changes };
  });
}

const update = (table: Table, { item, fields }: Change) => ({
  TableName: table.name,
  Key: { pk: { S: 'plain' }, sk: { S: item } },
  UpdateExpression: `ADD ${fields.map((_, i) => `#f${i} :f${i}`).join(', ')}`,
  ExpressionAttributeNames: Object.fromEntries(fields.map(([field], i) => [`#f${i}`, field])),
  ExpressionAttributeValues: Object.fromEntries(fields.map(([, by], i) => [`:f${i}`, { N: String(by) }])),
});

const markOf = (table: Table, { seq }: Incoming) => ({
  TableName: table.name,
  Item: { pk: { S: 'plain' }, sk: { S: `done ${seq}` } },
});

/** Ways to keep the same totals that are often seen. None of them counts exactly once when a batch is sent again. */
const plainWays: { [name: string]: (table: Table, record: Incoming, changes: Change[]) => Promise<void> } = {
  'an update for each metric': async (table, _, changes) => {
    for (const { item, fields } of changes)
      for (const field of fields) await table.send(new UpdateItemCommand(update(table, { item, fields: [field] })));
  },
  'an update for each aggregate': async (table, _, changes) => {
    for (const change of changes) await table.send(new UpdateItemCommand(update(table, change)));
  },
  'with an idempotency record': async (table, record, changes) => {
    await table.send(new PutItemCommand(markOf(table, record)));
    for (const change of changes) await table.send(new UpdateItemCommand(update(table, change)));
  },
};

/** `events` of the demo's newest, as they would come from a thousand creators. */
export async function realTraffic(count = 2000): Promise<Record<string, unknown>> {
  const [creator, ...newest] = demoEvents(count + 1);
  if (!creator) throw new Error('the demo has no creator');
  const events = spreadOver(newest);
  const records = incomingOf(events);
  const profiles = new Map([...new Set(events.map(({ creatorid }) => creatorid))].map((id) => [id, profileOf(creator, id)]));
  const figures: Record<string, unknown> = { events: events.length, creators: profiles.size };
  figures['one event a batch'] = await priceOf(records, profiles, 1);
  for (const rate of [4, 40, 400])
    figures[`${rate} events a second, ${windowSeconds} s a batch`] = await priceOf(
      records,
      profiles,
      Math.min(largestBatch, rate * windowSeconds),
    );
  const sample = changesOf(records);
  for (const [name, write] of Object.entries(plainWays)) {
    const { table, stop } = await startKpiTable();
    const meter = metered(table);
    for (const { record, changes } of sample) await write(meter.table, record, changes);
    figures[name] = { perEvent: rounded(meter.units() / records.length) };
    await stop();
  }
  // The embedded server has no transactions. DynamoDB's rule: each item of one costs two units a kilobyte.
  const items = sample.reduce((sum, { changes }) => sum + 1 + changes.length, 0);
  figures['in a transaction with it, by DynamoDB’s rule'] = { perEvent: rounded((2 * items) / records.length) };
  return figures;
}
