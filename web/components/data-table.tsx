/** How are rows of numbers shown? A real table: it can be read aloud, copied and printed; wide ones scroll by themselves. */
import { ArrowDown, ArrowUp, ChevronsUpDown } from 'lucide-react';
import type { ReactNode } from 'react';
import { say } from '../formatting/say.ts';
import type { Sorting, SortValue } from './sorted-rows.ts';

export interface TableColumn<Row> {
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** Left out on phones. */
  isWide?: boolean;
  /** What rows are sorted by; a column without it is not. */
  sortBy?: (row: Row) => SortValue;
}

export interface DataTableProps<Row> {
  caption: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  /** How the rows stand, and what is asked for by a click on a column's title. */
  sorting?: Sorting;
  onSort?: (sorting: Sorting) => void;
}

interface HeadProps {
  title: ReactNode;
  isNumber: boolean;
  /** Undefined: the rows stand by another column. */
  isDown: boolean | undefined;
  onSort: (isDown: boolean) => void;
}

/** A column's title that sorts by it; numbers begin with the largest, names with the first. */
function SortButton({ title, isNumber, isDown, onSort }: HeadProps) {
  const Arrow = isDown === undefined ? ChevronsUpDown : isDown ? ArrowDown : ArrowUp;
  return (
    <button
      type="button"
      aria-label={typeof title === 'string' ? say('table.sortBy', { title }) : undefined}
      onClick={() => onSort(isDown === undefined ? isNumber : !isDown)}
      className={`inline-flex min-h-8 items-center gap-1 rounded-md font-medium hover:text-ink ${isNumber ? 'flex-row-reverse' : ''} ${isDown === undefined ? '' : 'text-ink'}`}
    >
      {title}
      <Arrow size={13} aria-hidden className="shrink-0 print:hidden" />
    </button>
  );
}

/** The first column heads each row. */
export function DataTable<Row>({ caption, columns, rows, keyOf, sorting, onSort }: DataTableProps<Row>) {
  const isDownOf = (i: number): boolean | undefined => (sorting?.column === i ? sorting.isDown : undefined);
  const ariaOf = (i: number) => {
    const isDown = isDownOf(i);
    return isDown === undefined ? undefined : isDown ? 'descending' : 'ascending';
  };
  const look = ({ isNumber, isWide }: TableColumn<Row>): string =>
    `px-2 py-2 [overflow-wrap:normal] first:ps-0 last:pe-0 ${isNumber ? 'text-end tabular-nums' : 'text-start'} ${isWide ? 'max-sm:hidden print:table-cell' : ''}`;
  const cellLook = (column: TableColumn<Row>): string => `${look(column)} ${column.isNumber ? 'whitespace-nowrap' : ''}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="relative overflow-x-auto" tabIndex={0} aria-label={caption}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-soft">
            {columns.map((column, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name and never change places
              <th key={i} scope="col" aria-sort={ariaOf(i)} className={`border-b border-line font-medium ${look(column)}`}>
                {onSort && column.sortBy ? (
                  <SortButton
                    title={column.title}
                    isNumber={column.isNumber === true}
                    isDown={isDownOf(i)}
                    onSort={(isDown) => onSort({ column: i, isDown })}
                  />
                ) : (
                  column.title
                )}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)} className="border-b border-line last:border-0 hover:bg-page">
              {columns.map((column, i) => {
                const Cell = i === 0 ? 'th' : 'td';
                return (
                  // biome-ignore lint/suspicious/noArrayIndexKey: as above
                  <Cell key={i} {...(i === 0 ? { scope: 'row' as const } : {})} className={`font-normal ${cellLook(column)}`}>
                    {column.cell(row)}
                  </Cell>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  );
}
