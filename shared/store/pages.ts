/**
 * How are totals kept? Many small items in one page: a day's hours, distributions and dimensions of a topic, a month's totals with those of
 * its days, a month by dimensions. A page that grows too large is split in sixteen.
 */
import { createHash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type ItemPlace, placeOfItem } from '../fold/keys.ts';
import { addTo, type Sum, type Sums } from '../fold/sums.ts';
import { dayOf, monthOf } from '../time.ts';
import { type Item, type Table, textOf, writeIf } from './table.ts';

/** Pages of days, of months with the totals of their days, and of months by dimension. */
export type PageKind = 'D' | 'M' | 'B';

export interface Page {
  /** Sequence of the last record that it holds; '' before the first. Records come in order: it holds all before that as well. */
  watermark: string;
  /** None where it is split. */
  sums: Sums;
  /** What it held is in sixteen parts, pages themselves. */
  isSplit: boolean;
}

export const emptyPage = (): Page => ({ watermark: '', sums: new Map(), isSplit: false });

/** All pages of a partition begin so. */
export const pagePrefix = 'K#';
export const pageKey = (kind: PageKind, topic: string, period: string): string => `${pagePrefix}${kind}#${topic}#${period}`;

/** Which pages hold the items of a slice in one grain? */
export function pageKindOf({ kind, slice }: Pick<ItemPlace, 'kind' | 'slice'>): PageKind {
  const isByDimension = slice !== 'total' && !slice.startsWith('dist.');
  if (kind === 'M') return isByDimension ? 'B' : 'M';
  return kind === 'D' && slice === 'total' ? 'M' : 'D';
}

/** Key of the page that holds an item. */
export function pageOf(item: string): string {
  const place = placeOfItem(item);
  const kind = pageKindOf(place);
  return pageKey(kind, place.topic, kind === 'D' ? dayOf(place.period) : monthOf(place.period));
}

// Written whole at every merge, read whole by every report: far below the 400 KB of an item.
const mostBytes = 100_000;
const digits = '0123456789abcdef';

/** Key of the part of a split page that holds an item; a part of a part looks at the next digit. */
export function partOf(key: string, item: string): string {
  const depth = key.split('/').length - 1;
  return `${key}/${createHash('sha256').update(item).digest('hex').charAt(depth)}`;
}

const textOfSum = (sum: Sum): number | string => (typeof sum === 'bigint' ? String(sum) : sum);
const sumOfText = (text: number | string): Sum => (typeof text === 'string' ? BigInt(text) : text);

const packSums = (sums: Sums): Uint8Array =>
  deflateRawSync(
    JSON.stringify(
      [...sums].flatMap(([item, fields]) => {
        const numbers = [...fields].filter(([, sum]) => sum !== 0).map(([field, sum]) => [field, textOfSum(sum)]);
        return numbers.length ? [[item, Object.fromEntries(numbers)]] : [];
      }),
    ),
  );

/** As an item. */
export const packPage = (partition: string, key: string, { watermark, sums, isSplit }: Page): Item => ({
  pk: { S: partition },
  sk: { S: key },
  w: { S: watermark },
  ...(isSplit ? { isSplit: { BOOL: true } } : { sums: { B: packSums(sums) } }),
});

/** A page as it is stored: its items are unpacked when they are asked for. */
export interface PackedPage {
  watermark: string;
  rows: [item: string, fields: Record<string, number | string>][];
  isSplit: boolean;
}

/** Throws where the bytes are damaged. */
export const readPacked = ({ w, sums, isSplit }: Item): PackedPage => ({
  watermark: textOf(w),
  rows: sums?.B ? JSON.parse(inflateRawSync(sums.B).toString()) : [],
  isSplit: isSplit?.BOOL === true,
});

/** The items of a page whose names begin so. */
export function unpackRows({ watermark, rows, isSplit }: PackedPage, prefix = ''): Page {
  const sums: Sums = new Map();
  for (const [item, fields] of rows)
    if (item.startsWith(prefix)) sums.set(item, new Map(Object.entries(fields).map(([field, text]) => [field, sumOfText(text)])));
  return { watermark, sums, isSplit };
}

/** Throws where the bytes are damaged. */
export const unpackPage = (item: Item): Page => unpackRows(readPacked(item));

/** The page, or as many parts as it has to be split into, as items; the watermark of all is that of the page. */
export function* packPages(partition: string, key: string, page: Page): Generator<Item> {
  const item = packPage(partition, key, page);
  if ((item.sums?.B?.length ?? 0) <= mostBytes || page.sums.size < 2) {
    yield item;
    return;
  }
  for (const [part, sums] of partsOf(key, page)) yield* packPages(partition, part, { ...page, sums });
  yield packPage(partition, key, { ...page, sums: new Map(), isSplit: true });
}

function partsOf(key: string, { sums }: Page): Map<string, Sums> {
  const parts = new Map<string, Sums>([...digits].map((digit) => [`${key}/${digit}`, new Map()]));
  for (const [item, fields] of sums) parts.get(partOf(key, item))?.set(item, fields);
  return parts;
}

/**
 * Puts a page over the one that was read; false where another writer was faster: read again. Where it has grown too large, its parts
 * are put before it says that it is split, so that who finds it split finds them.
 */
export async function putPage(table: Table, partition: string, key: string, page: Page, seen: string): Promise<boolean> {
  const items = [...packPages(partition, key, page)];
  const own = items.pop();
  // Parts that an earlier attempt left are older, or the same.
  for (const part of items)
    await writeIf(
      table,
      new PutItemCommand({
        TableName: table.name,
        Item: part,
        ConditionExpression: 'attribute_not_exists(w) OR w < :w',
        ExpressionAttributeValues: { ':w': { S: page.watermark } },
      }),
    );
  const put = new PutItemCommand({
    TableName: table.name,
    Item: own,
    ...(seen === ''
      ? { ConditionExpression: 'attribute_not_exists(w)' }
      : {
          ConditionExpression: 'w = :seen AND attribute_not_exists(isSplit)',
          ExpressionAttributeValues: { ':seen': { S: seen } },
        }),
  });
  return writeIf(table, put);
}

/** A page with something added to it, none of which it has. */
export function addToPage(page: Page, entries: readonly PageEntry[]): Page {
  const sums: Sums = new Map([...page.sums].map(([item, fields]) => [item, new Map(fields)]));
  for (const { item, field, by } of entries) addTo(sums, item, field, by);
  return { watermark: entries.at(-1)?.seq ?? page.watermark, sums, isSplit: false };
}

/** What one record adds to one field of an item. */
export interface PageEntry {
  seq: string;
  item: string;
  field: string;
  by: number;
}
