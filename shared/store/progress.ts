/** How far is a creator's stream applied? Marks in one item: what collect put last, what aggregate has made durable, what waits. */
import { GetItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { type Days, everyDay, mergeDays, noDays } from '../fold/days.ts';
import { progressKey } from '../fold/keys.ts';
import { accept, apply, type Backlog, lagOf, movingDays } from './backlog.ts';
import { attributesOf, backlogOf } from './progress-item.ts';
import { type Item, type Table, writeIf } from './table.ts';

export interface Progress {
  /** Sequence of the newest record that is applied; '' before the first of the stream. Equal ones mean: nothing was counted in between. */
  applied: string;
  /** Arrival instant (ISO) through which everything accepted is applied; '' before the first record. */
  asOf: string;
  /** Upper estimate of the age in seconds of the oldest accepted event that is not applied; 0 when there is none. */
  lagSeconds: number;
  /** Days whose numbers what waits may still move. */
  moving: Days;
}

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
async function write(table: Table, partition: string, next: Backlog, { item }: Stored): Promise<boolean> {
  const names: Record<string, string> = {};
  const values: Item = {};
  const sets: string[] = [];
  const removes: string[] = [];
  for (const [name, value] of Object.entries(attributesOf(partition, next, item))) {
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

/**
 * Marks what collect has put on the stream, before it answers: from then on a report says that something is outstanding.
 * Answers the marks as they are then.
 */
export async function markAccepted(
  table: Table,
  partition: string,
  seq: string,
  at: string,
  mayMove = anything,
): Promise<Backlog> {
  for (;;) {
    const known = await read(table, partition);
    const isWaiting = seq > known.backlog.applied;
    const days = isWaiting ? mergeDays(mayMove.days, await mayMove.stored()) : noDays;
    const next = accept(known.backlog, { seq, at: Date.parse(at), days });
    if (await write(table, partition, next, known)) return next;
  }
}

/** Marks what aggregate has made durable; see Applying for `daysLeft` and `quarantined`. False where the mark stands there or beyond. */
export async function markApplied(
  table: Table,
  partition: string,
  seq: string,
  asOf: string,
  { daysLeft = () => everyDay, quarantined = 0 }: { daysLeft?: () => Days; quarantined?: number } = {},
): Promise<boolean> {
  for (;;) {
    const known = await read(table, partition);
    if (known.backlog.applied >= seq) return false;
    if (await write(table, partition, apply(known.backlog, { seq, asOf, daysLeft, quarantined }), known)) return true;
  }
}

/** The marks themselves: sequences of the last record accepted and applied, and the arrival of the latter; '' before the first. */
export async function readMarks(
  table: Table,
  partition: string,
): Promise<Pick<Backlog, 'accepted' | 'applied' | 'asOf' | 'quarantined'>> {
  const { accepted, applied, asOf, quarantined } = (await read(table, partition)).backlog;
  return { accepted, applied, asOf, quarantined };
}

/** Is everything accepted for a partition applied? */
export const isApplied = async (table: Table, partition: string): Promise<boolean> =>
  (await readProgress(table, partition, 0)).lagSeconds === 0;

/** Reads the marks consistently; `now` in ms. */
export async function readProgress(table: Table, partition: string, now: number): Promise<Progress> {
  const { backlog } = await read(table, partition);
  return { applied: backlog.applied, asOf: backlog.asOf, lagSeconds: lagOf(backlog, now), moving: movingDays(backlog) };
}
