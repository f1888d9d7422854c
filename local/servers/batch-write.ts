/** How are many items put at once? dynalite takes a batch apart into puts of five store calls each; here a batch is one read and one write. */
import { createRequire } from 'node:module';

type Item = Record<string, unknown>;
type Done = (error: unknown, answer?: unknown) => void;

interface Table {
  TableName: string;
  LocalSecondaryIndexes?: object[];
  GlobalSecondaryIndexes?: object[];
}

/** What dynalite hands to its actions. */
interface Store {
  db: { getMany(keys: string[]): Promise<(Item | undefined)[]>; batch(operations: object[], done: Done): void };
  getTable(name: string, done: (error: unknown, table: Table) => void): void;
  getItemDb(name: string): { lock(keys: string[], locked: (release: (done: Done) => Done) => void): void };
}

interface Request {
  RequestItems: Record<string, { PutRequest?: { Item: Item } }[]>;
  ReturnConsumedCapacity?: string;
}

interface IndexMoves {
  puts: { index: string; key: string; item: Item }[];
  deletes: { index: string; key: string }[];
}

/** Of dynalite's own functions those that keys, checks and indexes are made with: what is stored is what single puts store. */
interface Database {
  validateItem(item: Item, table: Table): unknown;
  createKey(item: Item, table: Table): string;
  getIndexActions(indexes: object[], before: Item | undefined, after: Item, table: Table): IndexMoves;
}

type Action = (store: Store, request: Request, done: Done) => void;

const require = createRequire(import.meta.url);
const place = 'dynalite/actions/batchWriteItem.js';

/** Puts this in the place of dynalite's BatchWriteItem. To be called before dynalite is loaded. */
export function replaceBatchWrites(): void {
  const original = require(place) as Action;
  const loaded = require.cache[require.resolve(place)];
  if (loaded) loaded.exports = makeBatchWrite(original, require('dynalite/db/index.js') as Database);
}

/** Batches of puts into one table; everything else, and whatever is to be refused, goes to `original`. */
function makeBatchWrite(original: Action, { validateItem, createKey, getIndexActions }: Database): Action {
  const deltasOf = (table: Table, before: Item | undefined, after: Item): object[] =>
    (['Local', 'Global'] as const).flatMap((kind) => {
      const { puts, deletes } = getIndexActions(table[`${kind}SecondaryIndexes`] ?? [], before, after, table);
      const keyOf = (index: string, key: string): string => `index-${kind.toLowerCase()}~${table.TableName}~${index}~${key}`;
      return [
        ...deletes.map(({ index, key }) => ({ type: 'del', key: keyOf(index, key) })),
        ...puts.map(({ index, key, item }) => ({ type: 'put', key: keyOf(index, key), value: item })),
      ];
    });

  return (store, request, done) => {
    const [name = '', ...more] = Object.keys(request.RequestItems);
    const items = (request.RequestItems[name] ?? []).flatMap(({ PutRequest }) => (PutRequest ? [PutRequest.Item] : []));
    const isPlain = more.length === 0 && items.length === request.RequestItems[name]?.length && !request.ReturnConsumedCapacity;
    if (!isPlain) return original(store, request, done);
    store.getTable(name, (fault, table) => {
      if (fault || items.some((item) => validateItem(item, table))) return original(store, request, done);
      const keys = items.map((item) => createKey(item, table));
      if (new Set(keys).size < keys.length) return original(store, request, done);
      store.getItemDb(name).lock(keys, (release) => {
        const end = release(done);
        const places = keys.map((key) => `item-${name}~${key}`);
        store.db.getMany(places).then(
          (before) => {
            const operations = items.flatMap((item, i) => [
              ...deltasOf(table, before[i], item),
              { type: 'put', key: places[i], value: item },
            ]);
            store.db.batch(operations, (failed) => (failed ? end(failed) : end(null, { UnprocessedItems: {} })));
          },
          // Outside the promise: what the disk refuses is thrown, and the store is opened again.
          (reason) => setImmediate(end, reason),
        );
      });
    });
  };
}
