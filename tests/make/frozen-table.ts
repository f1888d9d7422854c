/** How are fifty thousand questions asked of one shop? Its items, taken out of a real table once, answer reads from memory; calls are counted. */
import { type AttributeValue, ScanCommand } from '@aws-sdk/client-dynamodb';
import type { Item, Table } from '../../shared/store/table.ts';

export interface FrozenTable extends Table {
  calls: number;
}

interface Input {
  IndexName?: string;
  KeyConditionExpression?: string;
  ExpressionAttributeNames?: Record<string, string>;
  ExpressionAttributeValues?: Record<string, AttributeValue>;
  ScanIndexForward?: boolean;
  Limit?: number;
  ExclusiveStartKey?: Item;
  Key?: Item;
  RequestItems?: Record<string, { Keys: Item[] }>;
}

const keyOf = ({ pk, sk }: Item): string => `${pk?.S}\u0000${sk?.S}`;

/** Does an item meet a condition of keys: equality, `begins_with`, BETWEEN and comparisons, joined by AND? */
function meets(item: Item, condition: string, names: Record<string, string>, values: Record<string, AttributeValue>): boolean {
  const value = (name: string): string => item[names[name] ?? name]?.S ?? '';
  const given = (name: string): string => values[name]?.S ?? '';
  const between = condition.replaceAll(/(\S+) BETWEEN (:\w+) AND (:\w+)/g, '$1 >= $2 AND $1 <= $3');
  return between.split(' AND ').every((term) => {
    const prefix = /begins_with\((\S+), (:\w+)\)/.exec(term);
    if (prefix) return value(String(prefix[1])).startsWith(given(String(prefix[2])));
    const [, left = '', sign, right = ''] = /^(\S+) (=|<=|>=|<|>) (:\w+)$/.exec(term) ?? [];
    const [a, b] = [value(left), given(right)];
    if (item[names[left] ?? left] === undefined) return false;
    if (sign === '=') return a === b;
    if (sign === '<') return a < b;
    if (sign === '>') return a > b;
    return sign === '<=' ? a <= b : a >= b;
  });
}

/** A copy of a table that only answers reads. Throws at a write, and at a condition that it does not know. */
export async function freeze(table: Table): Promise<FrozenTable> {
  const { Items = [], LastEvaluatedKey } = await table.send(new ScanCommand({ TableName: table.name }));
  if (LastEvaluatedKey) throw new Error('the shop is larger than a page: freeze a smaller one');
  const items = Items.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
  const byKey = new Map(items.map((item) => [keyOf(item), item]));
  const frozen: FrozenTable = { name: table.name, calls: 0, send: undefined as unknown as Table['send'] };
  const send = async (command: { constructor: { name: string }; input: Input }): Promise<object> => {
    frozen.calls++;
    const { input } = command;
    if (command.constructor.name === 'GetItemCommand') return { Item: byKey.get(keyOf(input.Key ?? {})) };
    if (command.constructor.name === 'BatchGetItemCommand') {
      const keys = input.RequestItems?.[table.name]?.Keys ?? [];
      return { Responses: { [table.name]: keys.map((key) => byKey.get(keyOf(key))).filter((item) => item !== undefined) } };
    }
    if (command.constructor.name !== 'QueryCommand') throw new Error(`${command.constructor.name} is no read`);
    const { KeyConditionExpression = '', ExpressionAttributeNames: names = {}, ExpressionAttributeValues: values = {} } = input;
    const found = items.filter((item) => meets(item, KeyConditionExpression, names, values));
    if (input.ScanIndexForward === false) found.reverse();
    return { Items: input.Limit ? found.slice(0, input.Limit) : found };
  };
  frozen.send = send as unknown as Table['send'];
  return frozen;
}
