/** How does a test write a million items? A table in memory that takes and refuses what DynamoDB does: sizes, keys, numbers, texts. */
import type { AttributeValue } from '@aws-sdk/client-dynamodb';
import type { Item, Table } from '../../shared/store/table.ts';
import { sizeOf } from './contents.ts';
import { holdsFor, type Named, updated } from './expression.ts';
import { contentRefused } from './refusing.ts';

export interface MemoryTable extends Table {
  itemOf(pk: string, sk: string): Item | undefined;
  partitions: Map<string, Map<string, Item>>;
  calls: number;
}

interface Input extends Record<string, unknown> {
  Key?: Item;
  Item?: Item;
  UpdateExpression?: string;
  ConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
  ScanIndexForward?: boolean;
  Limit?: number;
  RequestItems?: Record<string, { Keys: Item[] }>;
}

function requireNumber(text: string): void {
  if (!/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(text))
    throw contentRefused(`The parameter cannot be converted to a numeric value: ${text}`);
  const digits = text.replace(/e.*$/i, '').replace(/[-.]/g, '').replace(/^0+/, '').replace(/0+$/, '');
  const size = Math.abs(Number(text));
  if (digits.length > 38) throw contentRefused('Attempting to store more than 38 significant digits in a Number');
  if (size !== 0 && (size >= 1e126 || size < 1e-130)) throw contentRefused('Number overflow or underflow');
}

function requireValue(value: AttributeValue): void {
  if (value.N !== undefined) requireNumber(value.N);
  for (const text of [value.S ?? '', ...(value.SS ?? [])]) if (!text.isWellFormed()) throw contentRefused('invalid UTF-8');
  if (value.SS && (value.SS.length === 0 || new Set(value.SS).size < value.SS.length))
    throw contentRefused('a set of duplicates');
}

function requireKey({ pk, sk }: Item): void {
  for (const [key, most] of [
    [pk, 2048],
    [sk, 1024],
  ] as const) {
    const bytes = Buffer.byteLength(key?.S ?? '');
    if (bytes === 0 || bytes > most || !key?.S?.isWellFormed()) throw contentRefused(`a key has 1 to ${most} bytes`);
  }
}

function requireItem(item: Item): void {
  for (const value of Object.values(item)) requireValue(value);
  const sized = Object.fromEntries(
    Object.entries(item).map(([name, value]) => [name, value.SS ? { S: value.SS.join('') } : value]),
  );
  if (sizeOf(sized as Item) > 409_600) throw contentRefused();
  for (const name of ['open', 'due']) if (item[name] && !item[name].S) throw contentRefused('an empty key of an index');
}

const conditionFailed = () =>
  Object.assign(new Error('The conditional request failed'), {
    name: 'ConditionalCheckFailedException',
    $metadata: { httpStatusCode: 400 },
  });

/** An empty table; `isRefused` plants a limit that the code does not know of: such items are never taken. */
export function makeMemoryTable(isRefused: (item: Item) => boolean = () => false): MemoryTable {
  const partitions = new Map<string, Map<string, Item>>();
  const itemOf = (pk: string, sk: string) => partitions.get(pk)?.get(sk);
  const placeOf = ({ pk, sk }: Item): [string, string] => [pk?.S ?? '', sk?.S ?? ''];

  function write(input: Input, key: Item, make: (named: Named) => Item): object {
    const named = { names: input.ExpressionAttributeNames, values: input.ExpressionAttributeValues };
    requireKey(key);
    for (const value of Object.values(named.values ?? {})) requireValue(value);
    if (Buffer.byteLength(input.UpdateExpression ?? '') > 4096) throw contentRefused('the expression is too long');
    if (isRefused(key)) throw contentRefused('a limit that nobody knows');
    const [pk, sk] = placeOf(key);
    if (input.ConditionExpression && !holdsFor(input.ConditionExpression, itemOf(pk, sk), named)) throw conditionFailed();
    const item = make(named);
    requireItem(item);
    const partition = partitions.get(pk) ?? new Map<string, Item>();
    partitions.set(pk, partition.set(sk, item));
    return {};
  }

  /** Of one partition, the items whose sort keys begin so or lie between two. */
  function query({ ExpressionAttributeValues: values = {}, ScanIndexForward, Limit }: Input): Item[] {
    const [from, to] = [values[':from']?.S ?? values[':prefix']?.S ?? '', values[':to']?.S];
    const own = partitions.get(values[':pk']?.S ?? '') ?? new Map<string, Item>();
    const isWanted = (key: string): boolean => (to === undefined ? key.startsWith(from) : key >= from && key <= to);
    const keys = [...own.keys()].filter(isWanted).sort();
    if (ScanIndexForward === false) keys.reverse();
    return keys.slice(0, Limit).map((key) => own.get(key) as Item);
  }

  const table: MemoryTable = { name: 'memory', itemOf, partitions, calls: 0, send: undefined as unknown as Table['send'] };
  const send = async (command: { constructor: { name: string }; input: Input }): Promise<object> => {
    table.calls++;
    const { input } = command;
    if (command.constructor.name === 'PutItemCommand') return write(input, input.Item ?? {}, () => input.Item ?? {});
    if (command.constructor.name === 'UpdateItemCommand')
      return write(input, input.Key ?? {}, (named) =>
        updated(input.UpdateExpression ?? '', itemOf(...placeOf(input.Key ?? {})) ?? { ...input.Key }, named),
      );
    if (command.constructor.name === 'QueryCommand') return { Items: query(input) };
    if (command.constructor.name === 'GetItemCommand') return { Item: itemOf(...placeOf(input.Key ?? {})) };
    const keys = input.RequestItems?.memory?.Keys ?? [];
    for (const key of keys) requireKey(key);
    if (new Set(keys.map((key) => placeOf(key).join('|'))).size < keys.length) throw contentRefused('duplicate keys');
    return { Responses: { memory: keys.map((key) => itemOf(...placeOf(key))).filter((item) => item !== undefined) } };
  };
  table.send = send as unknown as Table['send'];
  return table;
}
