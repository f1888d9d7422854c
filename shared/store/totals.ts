/** How are totals read? The pages of a span in one query, with what is pending added that they do not hold. */
import { isExpired, placeOfItem } from '../fold/keys.ts';
import { addTo, type Sums } from '../fold/sums.ts';
import { dayOf, monthOf } from '../time.ts';
import { monthNumber, type PageRange, readAllPages, readPages } from './page-ranges.ts';
import { emptyPage, type Page, type PageEntry, type PageKind, pageKindOf, partOf, unpackRows } from './pages.ts';
import type { Partition } from './partition.ts';

/** Items of a topic from one period to another, both included. */
export interface Span {
  topic: string;
  /** `total`, a distribution's slice or a dimension. */
  slice: string;
  kind: 'H' | 'D' | 'M';
  /** Days for `H` and `D`, months for `M`. */
  from: string;
  to: string;
}

export interface TotalsRow {
  /** Day, month, or hour with its offset. */
  period: string;
  /** Of a dimension; '' in totals. */
  value: string;
  numbers: { [field: string]: number };
}

/** Adds what is pending to the page of a key, or to its parts: where a page holds a record already, nothing. */
function addPending(pages: Map<string, Page>, key: string, entries: readonly PageEntry[]): void {
  const page = pages.get(key) ?? emptyPage();
  pages.set(key, page);
  if (page.isSplit) for (const [part, own] of Map.groupBy(entries, ({ item }) => partOf(key, item))) addPending(pages, part, own);
  else for (const { seq, item, field, by } of entries) if (seq > page.watermark) addTo(page.sums, item, field, by);
}

/** Is this a page that counts? A part only where what it came from is split: an attempt to split may have been cut off. */
const isWhole = (pages: ReadonlyMap<string, Page>, key: string): boolean => {
  const end = key.lastIndexOf('/');
  if (end < 0) return true;
  const whole = key.slice(0, end);
  return pages.get(whole)?.isSplit === true && isWhole(pages, whole);
};

/** Sums of the items of a range whose names begin so, as they are with what is pending. */
function sumsOf({ stored, pending }: PageRange, prefix: string): Sums {
  const pages = new Map([...stored].map(([key, page]) => [key, unpackRows(page, prefix)]));
  for (const [key, entries] of pending) {
    const own = entries.filter(({ item }) => item.startsWith(prefix));
    if (own.length) addPending(pages, key, own);
  }
  const sums: Sums = new Map();
  for (const [key, page] of pages) if (isWhole(pages, key)) for (const [item, fields] of page.sums) sums.set(item, fields);
  return sums;
}

/** All sums of a partition by item: its pages with what is pending. */
export const readAllSums = async (from: Partition): Promise<Sums> => sumsOf(await readAllPages(from), '');

const prefixOf = ({ kind, topic, slice }: Span): string => `${kind}#${topic}#${slice}#`;

/**
 * Reads a span, so that what is answered holds all that its marks promise. `fields` are the measures that are asked for; none: all of
 * each item (distributions, whose counters are not known before). Hours that are no longer kept at `now` (ms) are left out.
 */
export async function readTotals(from: Partition, span: Span, fields: string[], now: number): Promise<TotalsRow[]> {
  const page = pageKindOf(span);
  const periodOf = page === 'D' ? dayOf : monthOf;
  const range = await readPages(from, { kind: page, topic: span.topic, first: periodOf(span.from), last: periodOf(span.to) });
  return rowsOf(sumsOf(range, prefixOf(span)), span, fields, now);
}

// One query for both is cheaper than two where no more lies between them.
const nearMonths = 12;
const nearDays = 7;
function isNear(kind: PageKind, before: string, after: string): boolean {
  if (kind !== 'D') return monthNumber(after) - monthNumber(before) <= nearMonths;
  return Date.parse(after) - Date.parse(before) <= nearDays * 86_400_000;
}

/** The same for spans of one topic and slice; pages that lie near each other are read by one query. */
export async function readSpans(from: Partition, spans: Span[], fields: string[], now: number): Promise<TotalsRow[]> {
  const ranges: { kind: PageKind; first: string; last: string; spans: Span[] }[] = [];
  for (const span of spans.toSorted((a, b) => (a.from < b.from ? -1 : 1))) {
    const kind = pageKindOf(span);
    const periodOf = kind === 'D' ? dayOf : monthOf;
    const [first, last] = [periodOf(span.from), periodOf(span.to)];
    const near = ranges.find((range) => range.kind === kind && isNear(kind, range.last, first));
    if (near) {
      near.last = [near.last, last].sort()[1] ?? last;
      near.spans.push(span);
    } else ranges.push({ kind, first, last, spans: [span] });
  }
  const read = await Promise.all(
    ranges.map(async ({ kind, first, last, spans: own }) => {
      const range = await readPages(from, { kind, topic: own[0]?.topic ?? '', first, last });
      const sums = new Map(own.map((span) => [prefixOf(span), sumsOf(range, prefixOf(span))]));
      return own.flatMap((span) => rowsOf(sums.get(prefixOf(span)) ?? new Map(), span, fields, now));
    }),
  );
  return read.flat();
}

/** The rows of a span among sums, in the order of their keys; see readTotals. */
export function rowsOf(sums: Sums, span: Span, fields: string[], now: number): TotalsRow[] {
  const prefix = prefixOf(span);
  const rows: TotalsRow[] = [];
  for (const [item, own] of sums) {
    if (!item.startsWith(prefix)) continue;
    const { period, value = '' } = placeOfItem(item);
    if (period < span.from || period > `${span.to}~`) continue;
    if (isExpired(item, now)) continue;
    const numbers: TotalsRow['numbers'] = {};
    for (const field of fields.length ? fields : own.keys()) {
      const sum = own.get(field);
      if (sum !== undefined) numbers[field] = Number(sum);
    }
    rows.push({ period, value, numbers });
  }
  return rows.sort((a, b) => (a.period === b.period ? (a.value < b.value ? -1 : 1) : a.period < b.period ? -1 : 1));
}
