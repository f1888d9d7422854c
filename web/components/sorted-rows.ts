/** In which order do rows stand? By what a column says of them, those without a value last, whichever way. */

export interface Sorting {
  /** Which column, from 0. */
  column: number;
  isDown: boolean;
}

export type SortValue = number | string | null | undefined;

const isEmpty = (value: SortValue): boolean => value === null || value === undefined || value === '';

/** A new list; rows that are equal keep their order. `compareTexts` knows the reader’s alphabet. */
export function sortRows<Row>(
  rows: readonly Row[],
  sortValue: (row: Row) => SortValue,
  isDown: boolean,
  compareTexts: (a: string, b: string) => number,
): Row[] {
  const keyed = rows.map((row) => ({ row, value: sortValue(row) }));
  const sign = isDown ? -1 : 1;
  keyed.sort(({ value: a }, { value: b }) => {
    if (isEmpty(a) || isEmpty(b)) return Number(isEmpty(a)) - Number(isEmpty(b));
    if (typeof a === 'number' && typeof b === 'number') return sign * (a - b);
    return sign * compareTexts(String(a), String(b));
  });
  return keyed.map(({ row }) => row);
}
