/** How does the stand-in for TikTok Shop cut a list into pages? */
import type { VendorRecord } from './records.ts';
import { Refusal } from './refusals.ts';

export interface Asked {
  query: URLSearchParams;
  body: { [name: string]: unknown };
  /** In seconds. */
  now: number;
  isEndless: boolean;
}

export type Resource = (asked: Asked) => VendorRecord;

/** A page of a list; `made` makes the records of that page alone. Tokens count places, as the vendor's own examples do: what moves meanwhile shifts the pages behind it. */
export function pageOf<T>(
  list: string,
  rows: T[],
  largest: number,
  { query, isEndless }: Asked,
  made: (row: T) => VendorRecord | undefined,
): VendorRecord {
  const size = Number(query.get('page_size') ?? 20);
  const token = query.get('page_token');
  const start = token ? Number(Buffer.from(token, 'base64').toString().replace('offset=', '')) : 0;
  if (!(size >= 1 && size <= largest) || !Number.isInteger(start)) throw new Refusal('page');
  const next = (place: number) => Buffer.from(`offset=${place}`).toString('base64');
  const first = isEndless ? 0 : start;
  const end = first + size;
  return {
    [list]: rows.slice(first, end).map(made),
    next_page_token: isEndless ? next(start) : end < rows.length ? next(end) : '',
    total_count: rows.length,
  };
}

/** A row that is a record already. */
export const itself = (record: VendorRecord): VendorRecord => record;
