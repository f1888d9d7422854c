/** Is this row the titles of a table, and of which kind? Every kind's titles are looked for; the one that finds most of what it needs is taken. */

import { feeOf, shippingParts, shippingTotals } from '../rules/fees.ts';
import { type KindOfFile, kinds } from '../rules/kinds.ts';
import { foldTitle } from '../rules/titles.ts';
import { type Cell, trimmed } from './cell.ts';

/** A fee column of a statement. */
export interface FeeColumn {
  index: number;
  title: string;
  use: 'fee' | 'shipping-total' | 'shipping-part';
}

export interface Header {
  kind: KindOfFile;
  /** Place of each known column. */
  columns: { [key: string]: number };
  fees: FeeColumn[];
  /** Titles that are read for nothing, as they stand. */
  unread: string[];
  /** Required columns that are not there, by their first title, with the nearest title that is read for nothing. */
  missing: { title: string; nearest?: string }[];
  /** Titles of columns that are read and stand more than once, so that nobody knows which holds. */
  twice: string[];
}

/** Titles of a row under the blocks of the row above: each block goes on to the next one. */
export function titlesUnder(above: Cell[] | undefined, cells: Cell[]): string[] {
  let block = '';
  return cells.map((cell, i) => {
    block = trimmed(above?.[i]) || block;
    const title = trimmed(cell);
    return block && title ? `${block}::${title}` : title;
  });
}

/** Pairs of letters, for how alike two titles are. */
const pairsOf = (title: string): Set<string> => {
  const folded = foldTitle(title);
  return new Set(Array.from({ length: Math.max(0, folded.length - 1) }, (_, i) => folded.slice(i, i + 2)));
};

/** 0 to 1: pairs that two titles share (Dice). */
function likeness(a: string, b: string): number {
  const [first, second] = [pairsOf(a), pairsOf(b)];
  const shared = [...first].filter((pair) => second.has(pair)).length;
  return (2 * shared) / Math.max(1, first.size + second.size);
}

function nearestOf(title: string, unread: string[]): string | undefined {
  const best = unread.map((other) => ({ other, alike: likeness(title, other) })).sort((a, b) => b.alike - a.alike)[0];
  return best && best.alike > 0.4 ? best.other : undefined;
}

function placesIn(kind: KindOfFile, folded: string[]): { [key: string]: number } {
  const places: { [key: string]: number } = {};
  for (const [key, { titles }] of Object.entries(kind.columns)) {
    const index = titles.map((title) => folded.indexOf(foldTitle(title))).find((at) => at >= 0);
    if (index !== undefined) places[key] = index;
  }
  return places;
}

function feeColumns(titles: string[]): FeeColumn[] {
  return titles.flatMap((title, index): FeeColumn[] => {
    const folded = foldTitle(title);
    if (feeOf(title)) return [{ index, title, use: 'fee' }];
    if (shippingTotals.includes(folded)) return [{ index, title, use: 'shipping-total' }];
    return shippingParts.includes(folded) ? [{ index, title, use: 'shipping-part' }] : [];
  });
}

function asKind(kind: KindOfFile, titles: string[]): Header & { found: number } {
  const folded = titles.map(foldTitle);
  const columns = placesIn(kind, folded);
  const isStatement = kind.kind === 'income' || kind.kind === 'on-hold';
  const fees = isStatement ? feeColumns(titles) : [];
  const read = new Set([...Object.values(columns), ...fees.map(({ index }) => index)]);
  const unread = titles.filter((title, i) => title !== '' && !read.has(i));
  const lacking = kind.required.filter((key) => columns[key] === undefined);
  const missing = lacking.map((key) => {
    const title = kind.columns[key]?.titles[0] ?? key;
    const nearest = nearestOf(title, unread);
    return nearest === undefined ? { title } : { title, nearest };
  });
  const isTwice = (title: string, i: number) => title !== '' && folded.lastIndexOf(folded[i] ?? '') !== i;
  // Older analytics repeat titles, block by block: there the first, which is the total, is meant.
  const twice =
    kind.kind === 'analytics'
      ? []
      : Object.values(columns).flatMap((i) => (isTwice(titles[i] ?? '', i) ? [titles[i] ?? ''] : []));
  return { kind, columns, fees, unread, missing, twice, found: kind.required.length - lacking.length };
}

/** The table that these titles begin; undefined for a row that is none. `above` is the row over it, whose cells may be blocks of titles. */
export function headerOf(cells: Cell[], above: Cell[] | undefined): Header | undefined {
  const plain = cells.map(trimmed);
  const blocks = titlesUnder(above, cells);
  const readings = kinds.flatMap((kind) => [asKind(kind, plain), asKind(kind, blocks)]);
  const marked = readings.filter(({ kind, columns }) => kind.mark.some((key) => columns[key] !== undefined));
  const best = marked.sort(
    (a, b) =>
      a.missing.length / a.kind.required.length - b.missing.length / b.kind.required.length ||
      b.found - a.found ||
      Object.keys(b.columns).length - Object.keys(a.columns).length,
  )[0];
  return best && best.found >= Math.max(2, best.kind.required.length / 2) ? best : undefined;
}
