/** How are the pages of a span read? Few by their keys, with those that others ask for at the same moment; many in one query. */
import DataLoader from 'dataloader';
import { daysBetween, daysOf } from '../time.ts';
import { pendingByPage } from './changes.ts';
import { pagesOf, readKeys } from './items.ts';
import { type PackedPage, type PageEntry, type PageKind, pageKey, readPacked } from './pages.ts';
import type { Partition } from './partition.ts';
import { textOf } from './table.ts';

/** Pages of a topic from one period to another, both included: days for `D`, months for the others. */
export interface PageSpan {
  kind: PageKind;
  topic: string;
  first: string;
  last: string;
}

/** Stored pages between two keys, and what of what is pending belongs to one of them. */
export interface PageRange {
  stored: ReadonlyMap<string, PackedPage>;
  pending: readonly [key: string, entries: readonly PageEntry[]][];
}

// More are cheaper in a query of their own, which reads four kilobytes of several for one unit.
const mostKeys = 2;

export const monthNumber = (month: string): number => Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7));
const monthOfNumber = (n: number): string =>
  `${String(Math.floor((n - 1) / 12)).padStart(4, '0')}-${String(((n - 1) % 12) + 1).padStart(2, '0')}`;

/** The keys of a span's pages; undefined where they are many. */
function fewKeys({ kind, topic, first, last }: PageSpan): string[] | undefined {
  const count = 1 + (kind === 'D' ? daysBetween(first, last) : monthNumber(last) - monthNumber(first));
  if (count > mostKeys) return undefined;
  const periods =
    kind === 'D' ? daysOf(first, last) : Array.from({ length: count }, (_, i) => monthOfNumber(monthNumber(first) + i));
  return periods.map((period) => pageKey(kind, topic, period));
}

async function queryPages({ table, partition }: Partition, from: string, to: string): Promise<Map<string, PackedPage>> {
  const stored = new Map<string, PackedPage>();
  const found = pagesOf(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: partition }, ':from': { S: from }, ':to': { S: to } },
  });
  for await (const items of found) for (const item of items) stored.set(textOf(item.sk), readPacked(item));
  return stored;
}

type Loader = DataLoader<string, PackedPage | undefined>;

/** What was read of pages, for all that ask with the same marks. */
const loaders = new WeakMap<Partition['pending'], Map<string, Loader>>();
const ranges = new WeakMap<Partition['pending'], Map<string, Promise<PageRange>>>();

/** The loader of a partition: keys that are asked for at one moment are read by one call. */
function loaderOf({ table, partition, pending }: Partition): Loader {
  const known = loaders.get(pending) ?? new Map<string, Loader>();
  loaders.set(pending, known);
  const load = async (keys: readonly string[]) => {
    const items = await readKeys(
      table,
      keys.map((key) => ({ pk: { S: partition }, sk: { S: key } })),
      'pages',
    );
    const pages = new Map(items.map((item) => [textOf(item.sk), readPacked(item)]));
    return keys.map((key) => pages.get(key));
  };
  const loader = known.get(partition) ?? new DataLoader(load);
  known.set(partition, loader);
  return loader;
}

async function readStored(from: Partition, span: PageSpan, start: string, end: string): Promise<Map<string, PackedPage>> {
  const keys = fewKeys(span);
  if (keys) {
    const loader = loaderOf(from);
    const pages = await Promise.all(keys.map((key) => loader.load(key)));
    // Of a page that is split the parts are wanted, which a query finds behind it.
    if (!pages.some((page) => page?.isSplit))
      return new Map(keys.flatMap((key, i) => (pages[i] ? [[key, pages[i]] as const] : [])));
  }
  return queryPages(from, start, end);
}

/** Reads a span once for all that ask for it with the same marks. */
export function readPages(from: Partition, span: PageSpan): Promise<PageRange> {
  const known = ranges.get(from.pending) ?? new Map<string, Promise<PageRange>>();
  ranges.set(from.pending, known);
  const start = pageKey(span.kind, span.topic, span.first);
  // Parts of a page follow it, before the next period.
  const end = `${pageKey(span.kind, span.topic, span.last)}~`;
  const name = `${from.partition} ${start} ${end}`;
  const read = async (): Promise<PageRange> => ({
    stored: await readStored(from, span, start, end),
    pending: [...pendingByPage(from.pending)].filter(([key]) => key >= start && key <= end),
  });
  const found = known.get(name) ?? read();
  known.set(name, found);
  // What failed is read again.
  found.catch(() => {
    known.delete(name);
    loaders.delete(from.pending);
  });
  return found;
}

/** All pages of a partition. */
export const readAllPages = async (from: Partition): Promise<PageRange> => ({
  stored: await queryPages(from, 'K#', 'K#~'),
  pending: [...pendingByPage(from.pending)],
});
