/** What does DynamoDB count for what is written? A table in memory that adds up write units by item kind: each kilobyte of the larger of both images. */

import type { Item } from '../../shared/store/table.ts';
import { sizeOf } from '../make/contents.ts';
import { type MemoryTable, makeMemoryTable } from '../make/memory-table.ts';

/** Write units, all and by what they were for. */
export interface Units {
  all: number;
  [kind: string]: number;
}

const kinds: [prefix: string, kind: string][] = [
  ['E#', 'entities'],
  ['Q#', 'pending'],
  ['K#', 'pages'],
  ['L#', 'lists'],
  ['P#', 'marks'],
  ['S#', 'settings'],
];
const kindOf = ({ pk, sk }: Item): string => {
  if (pk?.S?.startsWith('P#')) return 'marks of shards';
  return kinds.find(([prefix]) => sk?.S?.startsWith(prefix))?.[1] ?? 'totals';
};

/** The row of the sparse index: one unit to add or remove it, two to move it. */
const indexUnits = (before: Item | undefined, after: Item | undefined): number => {
  const [was, is] = [before?.due?.S, after?.due?.S];
  return was === is ? 0 : (was ? 1 : 0) + (is ? 1 : 0);
};

/** Units of what was read consistently: each four kilobytes, of a query of all items together, else of each item. */
function readUnits(command: string, answer: Answer): number {
  const bytes = (items: Item[]): number => items.reduce((sum, item) => sum + sizeOf(item), 0);
  const units = (size: number): number => Math.max(1, Math.ceil(size / 4096));
  if (command === 'QueryCommand') return units(bytes(answer.Items ?? []));
  if (command === 'GetItemCommand') return units(bytes(answer.Item ? [answer.Item] : []));
  return Object.values(answer.Responses ?? {})
    .flat()
    .reduce((sum, item) => sum + units(sizeOf(item)), 0);
}

interface Answer {
  Items?: Item[];
  Item?: Item;
  Responses?: Record<string, Item[]>;
}

/** An empty table; `units` answers what was written until now. */
export function pricedTable(): MemoryTable & { units(): Units } {
  const table = makeMemoryTable();
  const units: Units = { all: 0 };
  let reads = 0;
  const add = (kind: string, count: number): void => {
    units[kind] = (units[kind] ?? 0) + count;
    units.all += count;
  };
  const send = async (command: { constructor: { name: string }; input: { Item?: Item; Key?: Item } }): Promise<unknown> => {
    const key = command.input.Item ?? command.input.Key;
    const { name } = command.constructor;
    if (!/^(Put|Update)Item/.test(name) || !key) {
      const answer = await table.send(command as never);
      reads += readUnits(name, answer as Answer);
      return answer;
    }
    // What zlib answers stands at the beginning of a buffer of sixteen kilobytes: only its own bytes are kept.
    for (const value of Object.values(command.input.Item ?? {})) if (value.B) value.B = new Uint8Array(value.B);
    const place = [key.pk?.S ?? '', key.sk?.S ?? ''] as const;
    const before = structuredClone(table.itemOf(...place));
    try {
      return await table.send(command as never);
    } finally {
      // A write whose condition does not hold is counted as well.
      const after = table.itemOf(...place);
      const bytes = Math.max(before ? sizeOf(before) : 0, after ? sizeOf(after) : 0);
      add(kindOf(key), Math.max(1, Math.ceil(bytes / 1024)));
      add('index', indexUnits(before, after));
    }
  };
  return { ...table, send: send as never, units: () => ({ ...units, read: reads }) };
}
