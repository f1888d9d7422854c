/** How is an import kept? An item among the creator's settings, changed under conditions, gone by itself after 30 days. */
import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from './items.ts';
import { type Item, numberOf, settingsOf, type Table, textOf, writeIf } from './table.ts';

export type ImportStatus = 'waiting' | 'surveying' | 'to_confirm' | 'importing' | 'done' | 'failed' | 'undoing' | 'undone';

export interface ImportFile {
  name: string;
  bytes: number;
  /** Of the seller's disk (ISO); absent where it was not said. */
  modifiedAt?: string | undefined;
}

/** What is fixed when an import is announced. */
interface Announced {
  id: string;
  creatorId: string;
  files: ImportFile[];
  /** Instant (ISO, UTC). */
  requestedAt: string;
}

/** What changes; the parts in JSON are whole each time. */
export interface ImportState {
  status: ImportStatus;
  /** Instants (ISO, UTC). */
  touchedAt: string;
  confirmedAt: string;
  finishedAt: string;
  /** When undoing it was asked for last. */
  undoneAt: string;
  /** Who works on it, '' for nobody, and how often a run of this step began. */
  worker: string;
  attempts: number;
  /** Events that were sent, in their order, and how many of them were taken. */
  sent: number;
  accepted: number;
  /** Entities that an undo took back, and those that stay because something newer stands on them. */
  back: number;
  stay: number;
  /** Events that were read into a history that does not count yet. */
  loaded: number;
  /** JSON; '' where there is none. */
  answers: string;
  survey: string;
  trouble: string;
  refused: string;
}

export type ImportJob = Announced & ImportState;

const numbers = ['attempts', 'sent', 'accepted', 'back', 'stay', 'loaded'] as const;
const texts = [
  'status',
  'touchedAt',
  'confirmedAt',
  'finishedAt',
  'undoneAt',
  'worker',
  'answers',
  'survey',
  'trouble',
  'refused',
] as const satisfies (keyof ImportState)[];

const keptSeconds = 30 * 24 * 3600;
// Ours are shorter; a key of the store may not be of any length.
const longestId = 100;
const prefix = 'S#import#';
const keyOf = (creatorId: string, id: string): Item => ({ pk: { S: settingsOf(creatorId) }, sk: { S: `${prefix}${id}` } });

/** When an import announced at this instant (ISO) is forgotten. */
export const keptUntil = (requestedAt: string): string => new Date(Date.parse(requestedAt) + keptSeconds * 1000).toISOString();

function pack(state: Partial<ImportState>): Item {
  return Object.fromEntries(
    Object.entries(state).map(([name, value]) => [name, typeof value === 'number' ? { N: String(value) } : { S: value }]),
  );
}

function unpack(item: Item): ImportJob {
  return {
    ...(JSON.parse(textOf(item.job)) as Announced),
    ...(Object.fromEntries([
      ...texts.map((name) => [name, textOf(item[name])]),
      ...numbers.map((name) => [name, numberOf(item[name])]),
    ]) as ImportState),
  };
}

/** Puts a new import that waits for its files. */
export async function putImport(table: Table, { id, creatorId, files, requestedAt, ...state }: ImportJob): Promise<void> {
  const Item = {
    ...keyOf(creatorId, id),
    job: { S: JSON.stringify({ id, creatorId, files, requestedAt }) },
    expires: { N: String(Math.floor(Date.parse(requestedAt) / 1000) + keptSeconds) },
    ...pack(state),
  };
  const put = new PutItemCommand({ TableName: table.name, Item, ConditionExpression: 'attribute_not_exists(pk)' });
  await table.send(put);
}

/** The import of this id, or undefined. TTL deletes late: what has expired by `now` (ms) is gone. */
export async function readImport(table: Table, creatorId: string, id: string, now: number): Promise<ImportJob | undefined> {
  if (id.length > longestId) return undefined;
  const get = new GetItemCommand({ TableName: table.name, Key: keyOf(creatorId, id), ConsistentRead: true });
  const { Item } = await table.send(get);
  return Item && numberOf(Item.expires) * 1000 > now ? unpack(Item) : undefined;
}

/** So many imports of a creator that have not expired, newest first. */
export async function readNewestImports(table: Table, creatorId: string, now: number, most: number): Promise<ImportJob[]> {
  const jobs: ImportJob[] = [];
  for await (const item of readItems(table, settingsOf(creatorId), prefix, true)) {
    if (numberOf(item.expires) * 1000 > now) jobs.push(unpack(item));
    if (jobs.length >= most) break;
  }
  return jobs;
}

type Job = Pick<ImportJob, 'creatorId' | 'id'>;

/**
 * Changes an import as long as it stands in one of these states, and with this worker where one is named; false where it does not, and
 * nothing was written. Of two callers at once one gets through.
 */
export function changeImport(
  table: Table,
  { creatorId, id }: Job,
  held: { from: ImportStatus[]; worker?: string },
  set: Partial<ImportState>,
): Promise<boolean> {
  const names = Object.keys(set);
  const states = held.from.map((_, i) => `:from${i}`);
  const isMine = held.worker === undefined ? '' : ' AND #worker = :mine';
  const known: Item = Object.fromEntries(held.from.map((status, i) => [`:from${i}`, { S: status }]));
  const packed = pack(set);
  return writeIf(
    table,
    new UpdateItemCommand({
      TableName: table.name,
      Key: keyOf(creatorId, id),
      UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
      ConditionExpression: `#status IN (${states.join(', ')})${isMine}`,
      ExpressionAttributeNames: {
        ...Object.fromEntries(names.map((name) => [`#${name}`, name])),
        '#status': 'status',
        ...(isMine ? { '#worker': 'worker' } : {}),
      },
      ExpressionAttributeValues: {
        ...Object.fromEntries(names.map((name) => [`:${name}`, packed[name]])),
        ...known,
        ...(held.worker === undefined ? {} : { ':mine': { S: held.worker } }),
      } as Item,
    }),
  );
}
