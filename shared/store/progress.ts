/** How far is a creator's stream applied? Marks in one item: what collect put last, what is merged, what waits. What is pending says the rest. */
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Days, everyDay, mergeDays, noDays } from '../fold/days.ts';
import { progressKey } from '../fold/keys.ts';
import { accept, apply, type Backlog, type Mark } from './backlog.ts';
import { readNewest } from './pending.ts';
import { behind } from './pending-item.ts';
import { attributesOf, backlogOf, isShard } from './progress-item.ts';
import { type Item, type Table, textOf, writeIf } from './table.ts';

const keyOf = (partition: string): Item => ({ pk: { S: partition }, sk: { S: progressKey } });

interface Stored {
  backlog: Backlog;
  item: Item | undefined;
}

async function read(table: Table, partition: string): Promise<Stored> {
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: keyOf(partition), ConsistentRead: true }));
  return { backlog: backlogOf(Item), item: Item };
}

/** Writes marks over those that were read; false where another writer was faster: read again. */
async function write(table: Table, partition: string, next: Backlog, { item }: Stored, pendingFrom = ''): Promise<boolean> {
  const names: Record<string, string> = {};
  const values: Item = {};
  const sets: string[] = [];
  const removes: string[] = [];
  const attributes = { ...attributesOf(partition, next, item), ...(pendingFrom ? { pendingFrom: { S: pendingFrom } } : {}) };
  for (const [name, value] of Object.entries(attributes)) {
    if (JSON.stringify(value) === JSON.stringify(item?.[name])) continue;
    names[`#${name}`] = name;
    if (value) values[`:${name}`] = value;
    if (value) sets.push(`#${name} = :${name}`);
    else removes.push(`#${name}`);
  }
  if (!sets.length && !removes.length) return true;
  const conditions = ['accepted', 'applied', 'waiting'].map((name) => {
    names[`#${name}`] = name;
    const known = item?.[name];
    if (!known) return `attribute_not_exists(#${name})`;
    values[`:known_${name}`] = known;
    return `#${name} = :known_${name}`;
  });
  const update = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(partition),
    UpdateExpression: [sets.length && `SET ${sets.join(', ')}`, removes.length && `REMOVE ${removes.join(', ')}`]
      .filter(Boolean)
      .join(' '),
    ConditionExpression: conditions.join(' AND '),
    ExpressionAttributeNames: names,
    ...(Object.keys(values).length ? { ExpressionAttributeValues: values } : {}),
  });
  return writeIf(table, update);
}

/** What accepted records may move: days that they name, and days that are to be looked up once their place on the stream is known. */
export interface MayMove {
  days: Days;
  /** Days of what is stored of their entities; read between the marks, so that nothing is applied unseen. */
  stored: () => Promise<Days>;
}

const anything: MayMove = { days: everyDay, stored: async () => noDays };

/** The newest record of a partition that is appended, whether it is merged or not; shards append nothing. */
const newestOf = async (table: Table, partition: string): Promise<string> =>
  isShard(partition) ? '' : ((await readNewest(table, partition))?.seq ?? '');

/**
 * Marks what collect has put on the stream, before it answers: from then on a report says that something is outstanding.
 * Answers the marks as they are then, without what is pending. `at`: arrival (ISO).
 */
export async function markAccepted(
  table: Table,
  partition: string,
  seq: string,
  at: string,
  mayMove: MayMove = anything,
): Promise<Backlog> {
  for (;;) {
    const [known, newest] = await Promise.all([read(table, partition), newestOf(table, partition)]);
    const isWaiting = seq > known.backlog.applied && seq > newest;
    const days = isWaiting ? mergeDays(mayMove.days, await mayMove.stored()) : noDays;
    const groups = known.backlog.groups.filter((group) => group.seq > newest);
    const of = isShard(partition) ? 'shard' : 'creator';
    const next = accept({ ...known.backlog, groups }, { seq, at: Date.parse(at), days }, of);
    if (await write(table, partition, next, known)) return next;
  }
}

/** Writes what these marks say over what is stored; false where that is as far. */
async function mark(table: Table, partition: string, marks: readonly Mark[], pendingFrom?: string): Promise<boolean> {
  for (;;) {
    const known = await read(table, partition);
    const next = marks.reduce(apply, known.backlog);
    if (next.applied === known.backlog.applied) return false;
    if (await write(table, partition, next, known, pendingFrom)) return true;
  }
}

/** Marks how far a shard is read. False where the mark stands there or beyond. */
export const markApplied = (
  table: Table,
  partition: string,
  seq: string,
  asOf: string,
  { days = everyDay, quarantined = 0 }: Partial<Pick<Mark, 'days' | 'quarantined'>> = {},
): Promise<boolean> => mark(table, partition, [{ seq, asOf, days, quarantined }]);

/** Says that everything up to the last of these marks is in the pages: pending is read from there on, in the items from a key on. */
export const markMerged = (table: Table, partition: string, marks: readonly Mark[], pendingFrom: string): Promise<boolean> =>
  mark(table, partition, marks, pendingFrom);

export interface StoredMarks extends Backlog {
  /** Key from which items hold what is pending. */
  pendingFrom: string;
}

/** The marks as they are stored, without what is pending. */
export async function readStored(table: Table, partition: string): Promise<StoredMarks> {
  const { backlog, item } = await read(table, partition);
  return { ...backlog, pendingFrom: textOf(item?.pendingFrom) || behind(backlog.applied) };
}
