/** How are a thousand rows read? Searched, sorted by any column, and a page at a time: no more of them are drawn than are looked at. */
import { useDeferredValue, useMemo, useState } from 'react';
import { say } from '../formatting/say.ts';
import { Button } from './button.tsx';
import { fieldLook } from './choice.tsx';
import { DataTable, type DataTableProps } from './data-table.tsx';
import { Empty } from './skeleton.tsx';
import { type Sorting, sortRows } from './sorted-rows.ts';

export interface SearchTableProps<Row> extends DataTableProps<Row> {
  /** What a row is found by. */
  textOf: (row: Row) => string;
  /** How it stands unasked. */
  sorting: Sorting;
  /** Stands below every page, whatever is searched: what is not listed. */
  rest?: Row[];
}

const pageSize = 25;

export function SearchTable<Row>({ rows, rest = [], columns, textOf, sorting: first, ...table }: SearchTableProps<Row>) {
  const [typed, setTyped] = useState('');
  const [sorting, setSorting] = useState(first);
  const [page, setPage] = useState(0);
  const wanted = useDeferredValue(typed.trim().toLocaleLowerCase());
  const found = useMemo(
    () => (wanted ? rows.filter((row) => textOf(row).toLocaleLowerCase().includes(wanted)) : rows),
    [rows, textOf, wanted],
  );
  const sorted = useMemo(() => {
    const collator = new Intl.Collator(document.documentElement.lang || undefined, { numeric: true });
    const sortValue = columns[sorting.column]?.sortBy;
    return sortValue ? sortRows(found, sortValue, sorting.isDown, collator.compare) : found;
  }, [found, columns, sorting]);
  const pages = Math.max(1, Math.ceil(sorted.length / pageSize));
  const here = Math.min(page, pages - 1);
  const shown = sorted.slice(here * pageSize, (here + 1) * pageSize);
  const isMany = rows.length > pageSize;
  return (
    <>
      {isMany && (
        <label className="mb-3 block text-sm font-medium print:hidden">
          {say('table.search')}
          <input
            type="search"
            value={typed}
            onChange={(event) => {
              setTyped(event.target.value);
              setPage(0);
            }}
            className={`${fieldLook} mt-1 sm:max-w-72`}
            autoComplete="off"
          />
        </label>
      )}
      {sorted.length === 0 ? (
        <Empty title={say('table.none')} />
      ) : (
        <DataTable
          {...table}
          rows={[...shown, ...rest]}
          columns={columns}
          sorting={sorting}
          onSort={(next) => {
            setSorting(next);
            setPage(0);
          }}
        />
      )}
      {isMany && (
        <div className="mt-3 flex flex-wrap items-center justify-between gap-3 text-sm text-soft">
          <span role="status">
            {say('table.shown', {
              first: sorted.length ? here * pageSize + 1 : 0,
              last: here * pageSize + shown.length,
              all: sorted.length,
            })}
          </span>
          {pages > 1 && (
            <span className="flex gap-2 print:hidden">
              <Button disabled={here === 0} onClick={() => setPage(here - 1)}>
                {say('table.back')}
              </Button>
              <Button disabled={here === pages - 1} onClick={() => setPage(here + 1)}>
                {say('table.next')}
              </Button>
            </span>
          )}
        </div>
      )}
    </>
  );
}
