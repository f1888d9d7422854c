/** How are schedules of exports kept? An item among the creator's settings, and a hint that leads to it from outside. */
import { DeleteItemCommand, GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from '../../store/items.ts';
import { type Item, settingsOf, type Table, textOf, writeIf } from '../../store/table.ts';

export interface StoredSchedule {
  id: string;
  creatorId: string;
  /** As it was accepted, JSON. */
  schedule: string;
  /** Local day on which it was last due and started, or that it began after. */
  lastDue: string;
}

// Ours are shorter; a key of the store may not be of any length.
const longestId = 300;
const prefixOfSchedules = 'S#export-schedule#';
const keyOf = (creatorId: string, id: string): Item => ({
  pk: { S: settingsOf(creatorId) },
  sk: { S: `${prefixOfSchedules}${id}` },
});
/** Of no creator, as the stages are; no creator's id holds a #. */
const hints = 'P#export-schedules';
const prefixOfHints = 'S#';
const hintOf = (creatorId: string, id: string): Item => ({ pk: { S: hints }, sk: { S: `${prefixOfHints}${creatorId}#${id}` } });

const unpack = (creatorId: string, item: Item): StoredSchedule => ({
  id: textOf(item.sk).slice(prefixOfSchedules.length),
  creatorId,
  schedule: textOf(item.schedule),
  lastDue: textOf(item.lastDue),
});

/** Puts a schedule over the one of this id. Its hint comes after: a hint without a schedule is taken away by whoever finds it. */
export async function putSchedule(table: Table, { creatorId, id, schedule, lastDue }: StoredSchedule): Promise<void> {
  const Item = { ...keyOf(creatorId, id), schedule: { S: schedule }, lastDue: { S: lastDue } };
  await table.send(new PutItemCommand({ TableName: table.name, Item }));
  await table.send(new PutItemCommand({ TableName: table.name, Item: hintOf(creatorId, id) }));
}

export async function readSchedule(table: Table, creatorId: string, id: string): Promise<StoredSchedule | undefined> {
  if (id.length > longestId) return undefined;
  const { Item } = await table.send(
    new GetItemCommand({ TableName: table.name, Key: keyOf(creatorId, id), ConsistentRead: true }),
  );
  return Item && unpack(creatorId, Item);
}

export async function readSchedules(table: Table, creatorId: string): Promise<StoredSchedule[]> {
  const schedules: StoredSchedule[] = [];
  for await (const item of readItems(table, settingsOf(creatorId), prefixOfSchedules)) schedules.push(unpack(creatorId, item));
  return schedules;
}

export async function deleteSchedule(table: Table, creatorId: string, id: string): Promise<void> {
  await table.send(new DeleteItemCommand({ TableName: table.name, Key: keyOf(creatorId, id) }));
  await dropHint(table, creatorId, id);
}

/** Takes a hint away, unless there is a schedule after all: one may have been put while its absence was found. */
export async function dropHint(table: Table, creatorId: string, id: string): Promise<void> {
  const hint = hintOf(creatorId, id);
  await table.send(new DeleteItemCommand({ TableName: table.name, Key: hint }));
  if (await readSchedule(table, creatorId, id)) await table.send(new PutItemCommand({ TableName: table.name, Item: hint }));
}

/** Every schedule that there may be, of all creators. */
export async function* readHints(table: Table): AsyncGenerator<{ creatorId: string; id: string }> {
  for await (const item of readItems(table, hints, prefixOfHints)) {
    const [, creatorId = '', ...id] = textOf(item.sk).split('#');
    yield { creatorId, id: id.join('#') };
  }
}

/** Notes that a schedule was started for a day, unless a later one was noted, or it was put anew or deleted meanwhile. */
export async function noteDue(table: Table, { creatorId, id, schedule }: StoredSchedule, due: string): Promise<void> {
  const update = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(creatorId, id),
    UpdateExpression: 'SET lastDue = :due',
    ConditionExpression: 'schedule = :schedule AND lastDue < :due',
    ExpressionAttributeValues: { ':due': { S: due }, ':schedule': { S: schedule } },
  });
  await writeIf(table, update);
}
