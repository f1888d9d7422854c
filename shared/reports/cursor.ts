/** Where does the next page begin? An opaque text that is signed, and good for the same list only. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.ts';

const sign = (key: string, list: string, place: string): Buffer =>
  createHmac('sha256', key)
    .update(JSON.stringify([list, place]))
    .digest()
    .subarray(0, 16);

/** A cursor behind a place of a list; `list` says which list it is. */
export const makeCursor = (key: string, list: string, place: string): string =>
  `${Buffer.from(place).toString('base64url')}.${sign(key, list, place).toString('base64url')}`;

/** The place of a cursor. Throws bad_request for one that was not made here for this list. */
export function readCursor(key: string, list: string, cursor: string): string {
  const [place = '', signature = ''] = cursor.split('.').map((part) => Buffer.from(part, 'base64url'));
  const expected = sign(key, list, place.toString());
  if (Buffer.isBuffer(signature) && signature.length === expected.length && timingSafeEqual(signature, expected))
    return place.toString();
  throw new ApiError('bad_request', 'The query is not valid: see issues.', [
    { path: 'cursor', message: 'does not belong to this list: leave it out to begin anew' },
  ]);
}

/** Bytes of JSON on a page: with every quote escaped once more, as a function hands its answer over, it is far below 6 MB. */
const pageBytes = 2_000_000;

/** How many of the rows fit on a page: one in any case, however large it is. */
function fitting(rows: object[], limit: number): number {
  let bytes = 0;
  for (const [i, row] of rows.slice(0, limit).entries()) {
    bytes += Buffer.byteLength(JSON.stringify(row));
    if (i > 0 && bytes > pageBytes) return i;
  }
  return Math.min(limit, rows.length);
}

/**
 * A page of rows of which one more than `limit` may have been read: that one only says that there are more. A page of large rows ends
 * earlier. `next` makes the cursor.
 */
export function pageOf<Row extends object>(
  rows: Row[],
  limit: number,
  next: (last: Row) => string,
): { page: Row[]; cursor: string | null } {
  const page = rows.slice(0, fitting(rows, limit));
  const last = page.at(-1);
  return { page, cursor: rows.length > page.length && last !== undefined ? next(last) : null };
}
