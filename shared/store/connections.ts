/** How are connected shops kept? An item among the creator's settings, and one outside that leads from the shop to its creator. No secret is in either. */
import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from './items.ts';
import { type Item, numberOf, settingsOf, type Table, textOf, writeIf } from './table.ts';

/** Which shop of which vendor. */
export interface ShopKey {
  vendor: string;
  /** The vendor's id of the shop. */
  shopId: string;
}

/** What was granted. */
export interface Granted extends ShopKey {
  creatorId: string;
  name: string;
  /** Names the shop in calls of the vendor. */
  cipher: string;
  /** Whose tokens open it: one seller's consent may hold several shops. */
  authorisation: string;
  scopes: string[];
  /** A creator who sells for others: `shopId` is the open id, and there is no cipher. */
  isCreator?: boolean;
  /** Instants (ms). */
  connectedAt: number;
  refreshExpiresAt: number;
}

/** What became of it since. Instants are ms; 0 stands for never. */
export interface Connection extends Granted {
  /** reconnect: the seller has to give consent anew. */
  state: 'connected' | 'reconnect';
  /** When all of the past had been read for the first time. */
  importedAt: number;
  lastSuccess: number;
  /** Failed runs in a row, the last one's words, and when the next one begins. */
  failures: number;
  lastError: string;
  retryAt: number;
}

const prefix = 'S#connection#';
const keyOf = (creatorId: string, { vendor, shopId }: ShopKey): Item => ({
  pk: { S: settingsOf(creatorId) },
  sk: { S: `${prefix}${vendor}#${shopId}` },
});
/** Of no creator, as hints of schedules are. */
export const owners = 'P#connections';
const ownerOf = ({ vendor, shopId }: ShopKey): Item => ({ pk: { S: owners }, sk: { S: `S#${vendor}#${shopId}` } });

const unpack = (item: Item): Connection => ({
  ...(JSON.parse(textOf(item.granted)) as Granted),
  state: textOf(item.state) === 'reconnect' ? 'reconnect' : 'connected',
  importedAt: numberOf(item.importedAt),
  lastSuccess: numberOf(item.lastSuccess),
  failures: numberOf(item.failures),
  lastError: textOf(item.lastError),
  retryAt: numberOf(item.retryAt),
});

/** Keeps a connection; false where the shop belongs to another creator. What was read before stays read. */
export async function putConnection(table: Table, granted: Granted): Promise<boolean> {
  const claim = new PutItemCommand({
    TableName: table.name,
    Item: { ...ownerOf(granted), creatorId: { S: granted.creatorId } },
    ConditionExpression: 'attribute_not_exists(pk) OR creatorId = :creatorId',
    ExpressionAttributeValues: { ':creatorId': { S: granted.creatorId } },
  });
  if (!(await writeIf(table, claim))) return false;
  await table.send(
    new UpdateItemCommand({
      TableName: table.name,
      Key: keyOf(granted.creatorId, granted),
      UpdateExpression: 'SET granted = :granted, #state = :state, failures = :zero, retryAt = :zero REMOVE lastError',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: {
        ':granted': { S: JSON.stringify(granted) },
        ':state': { S: 'connected' },
        ':zero': { N: '0' },
      },
    }),
  );
  return true;
}

export async function readConnection(table: Table, creatorId: string, shop: ShopKey): Promise<Connection | undefined> {
  const { Item } = await table.send(
    new GetItemCommand({ TableName: table.name, Key: keyOf(creatorId, shop), ConsistentRead: true }),
  );
  return Item && unpack(Item);
}

export async function readConnections(table: Table, creatorId: string): Promise<Connection[]> {
  const found: Connection[] = [];
  for await (const item of readItems(table, settingsOf(creatorId), prefix)) found.push(unpack(item));
  return found;
}

/** The connection of a shop, whoever its creator is. */
export async function findConnection(table: Table, shop: ShopKey): Promise<Connection | undefined> {
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: ownerOf(shop) }));
  return Item && readConnection(table, textOf(Item.creatorId), shop);
}

/** Every shop that may be connected, of all creators. */
export async function* readShops(table: Table): AsyncGenerator<ShopKey & { creatorId: string }> {
  for await (const item of readItems(table, owners, 'S#')) {
    const [, vendor = '', ...shopId] = textOf(item.sk).split('#');
    yield { vendor, shopId: shopId.join('#'), creatorId: textOf(item.creatorId) };
  }
}

type Change = Partial<Pick<Connection, 'state' | 'importedAt' | 'lastSuccess' | 'failures' | 'lastError' | 'retryAt'>>;

/** Notes what became of a connection, unless it was made anew since `connection` was read: then it is no longer about it. */
export async function noteConnection(table: Table, connection: Granted, change: Change): Promise<void> {
  const names = Object.keys(change);
  const value = (each: unknown) => (typeof each === 'number' ? { N: String(each) } : { S: String(each) });
  const {
    state: _s,
    importedAt: _i,
    lastSuccess: _l,
    failures: _f,
    lastError: _e,
    retryAt: _r,
    ...granted
  } = connection as Connection;
  const update = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(connection.creatorId, connection),
    UpdateExpression: `SET ${names.map((_, i) => `#n${i} = :n${i}`).join(', ')}`,
    ConditionExpression: 'granted = :granted',
    ExpressionAttributeNames: Object.fromEntries(names.map((name, i) => [`#n${i}`, name])),
    ExpressionAttributeValues: {
      ...Object.fromEntries(Object.values(change).map((each, i) => [`:n${i}`, value(each)])),
      ':granted': { S: JSON.stringify(granted) },
    },
  });
  await writeIf(table, update);
}

/**
 * Takes the turn to read a shop until `until` (ms), so that runs of one shop do not pile up; false while another run has it. A run that
 * was killed gives it back by the time alone.
 */
export async function takeTurn(table: Table, connection: Granted, now: number, until: number): Promise<boolean> {
  const update = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(connection.creatorId, connection),
    UpdateExpression: 'SET busyUntil = :until',
    ConditionExpression: 'attribute_exists(pk) AND (attribute_not_exists(busyUntil) OR busyUntil <= :now)',
    ExpressionAttributeValues: { ':until': { N: String(until) }, ':now': { N: String(now) } },
  });
  return writeIf(table, update);
}

/** Gives the turn back. `until` is what it was taken with: another run's is not given away. */
export async function endTurn(table: Table, connection: Granted, until: number): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(connection.creatorId, connection),
    UpdateExpression: 'REMOVE busyUntil',
    ConditionExpression: 'busyUntil = :until',
    ExpressionAttributeValues: { ':until': { N: String(until) } },
  });
  await writeIf(table, update);
}
