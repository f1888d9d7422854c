/** How are rows of numbers shown? A real table: it can be read aloud, copied and printed; wide ones scroll by themselves. */
import type { ReactNode } from 'react';

export interface TableColumn<Row> {
  title: ReactNode;
  cell: (row: Row) => ReactNode;
  isNumber?: boolean;
  /** Left out on phones. */
  isWide?: boolean;
}

export interface DataTableProps<Row> {
  caption: string;
  columns: TableColumn<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
}

/** The first column heads each row. */
export function DataTable<Row>({ caption, columns, rows, keyOf }: DataTableProps<Row>) {
  const look = ({ isNumber, isWide }: TableColumn<Row>): string =>
    `px-2 py-2 [overflow-wrap:normal] first:ps-0 last:pe-0 ${isNumber ? 'text-end tabular-nums whitespace-nowrap' : 'text-start'} ${isWide ? 'max-sm:hidden print:table-cell' : ''}`;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard
    <section className="relative overflow-x-auto" tabIndex={0} aria-label={caption}>
      <table className="w-full border-collapse text-sm">
        <caption className="sr-only">{caption}</caption>
        <thead>
          <tr className="text-soft">
            {columns.map((column, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns have no other name and never change places
              <th key={i} scope="col" className={`border-b border-line font-medium ${look(column)}`}>
                {column.title}
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
                  <Cell key={i} {...(i === 0 ? { scope: 'row' as const } : {})} className={`font-normal ${look(column)}`}>
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
