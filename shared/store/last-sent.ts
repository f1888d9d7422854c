/** When did a program last send events of a creator? Noted every ten minutes at most, so that a note costs nothing beside the events. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Item, numberOf, settingsOf, type Table } from './table.ts';

const notedEvery = 600_000;
const mostRemembered = 10_000;
/** When this process noted a creator last. */
const noted = new WeakMap<Table, Map<string, number>>();

const keyOf = (creatorId: string): Item => ({ pk: { S: settingsOf(creatorId) }, sk: { S: 'S#sent#events-api' } });

/** `now` in ms. A note that fails is no failure of what was sent: the next one says it. */
export async function noteSent(table: Table, creatorIds: Iterable<string>, now: number): Promise<void> {
  const known = noted.get(table) ?? new Map<string, number>();
  noted.set(table, known);
  const due = [...creatorIds].filter((id) => !(now - (known.get(id) ?? 0) < notedEvery));
  if (known.size + due.length > mostRemembered) known.clear();
  await Promise.all(
    due.map(async (id) => {
      known.set(id, now);
      const Item = { ...keyOf(id), at: { N: String(now) } };
      await table.send(new PutItemCommand({ TableName: table.name, Item })).catch(() => known.delete(id));
    }),
  );
}

/** The instant (ms), to ten minutes; undefined where nothing was ever sent. */
export async function readLastSent(table: Table, creatorId: string): Promise<number | undefined> {
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: keyOf(creatorId) }));
  return Item && numberOf(Item.at);
}
