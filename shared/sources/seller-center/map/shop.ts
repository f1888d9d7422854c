/** Whose files are they? The shop that a mapping works for, and the envelope that its events get. */
import type { CloudEvent } from '../../../events/parse.ts';
import { instantOf } from '../../files/local-time.ts';
import { snapshot } from '../../files/snapshot.ts';
import { type Cell, trimmed } from '../read/cell.ts';
import { readWall } from '../read/clock.ts';
import { readCount, readId, readMoney } from '../read/number.ts';
import type { TableRow } from '../read/table-rows.ts';
import type { DateOrder } from '../rules/markets.ts';
import type { Columns } from '../rules/titles.ts';
import { isNone } from '../rules/words.ts';

export interface Shop {
  creatorId: string;
  currency: string;
  /** IANA name: the files write the shop's wall clock and say no zone. */
  zone: string;
}

/** Why rows are no entity: where, in which column, and what is wrong. */
export interface Problem {
  where: string;
  column: string;
  message: string;
}

/** What a mapping makes of rows: an event, or the reasons why there is none. */
export type Mapped = { event: CloudEvent; where: string } | { problems: Problem[] };

interface Told {
  entity: string;
  subject: string;
  /** When the file was exported (ms), or what follows from that: how new the snapshot is. */
  version: number;
  /** Instants (ms) in the record; the latest is its business time. */
  times: (number | undefined)[];
  data: CloudEvent['data'];
}

/** An event of a shop. Its business time is the latest instant in the record, so that history which is imported later is no correction. */
export function eventOf({ creatorId }: Shop, { entity, subject, version, times, data }: Told): CloudEvent {
  const known = times.filter((at) => at !== undefined);
  const at = known.length ? Math.max(...known) : version;
  return snapshot({ source: '/import/seller-center', entity, creatorId, subject, at, version, data });
}

/** Reads cells of one row by column; a cell that cannot be read is a problem, and `undefined` here. */
export interface CellReader {
  problems: Problem[];
  text(key: string, most?: number): string | undefined;
  id(key: string): string | undefined;
  money(key: string): number | undefined;
  count(key: string): number | undefined;
  /** An instant (ms): a wall clock in the shop's zone. */
  at(key: string): number | undefined;
  /** The day of a wall clock, as the file writes it. */
  day(key: string): string | undefined;
  /** An amount that is not in a listed column. */
  amountIn(cell: Cell, title: string): number | undefined;
}

/** A reader of one row of a table with these columns. */
export function cellsOf(
  { where, cells, problem }: TableRow,
  columns: Columns,
  { currency, zone }: Shop,
  order: DateOrder,
): CellReader {
  const problems: Problem[] = problem === undefined ? [] : [{ where, column: 'row', message: problem }];
  const guarded = <T>(column: string, read: () => T): T | undefined => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      const { message } = error;
      // A cell may be read twice.
      if (!problems.some((known) => known.column === column && known.message === message))
        problems.push({ where, column, message });
      return undefined;
    }
  };
  const titleOf = (key: string): string => columns[key]?.titles[0] ?? key;
  const wall = (key: string): string | undefined => guarded(titleOf(key), () => readWall(cells[key], order));
  return {
    problems,
    text(key, most = 200) {
      const text = trimmed(cells[key]);
      return isNone(text) ? undefined : text.slice(0, most).toWellFormed();
    },
    id: (key) => guarded(titleOf(key), () => readId(cells[key])),
    money: (key) => guarded(titleOf(key), () => readMoney(cells[key], currency)),
    count: (key) => guarded(titleOf(key), () => readCount(cells[key])),
    at(key) {
      const read = wall(key);
      return read === undefined ? undefined : instantOf(read, zone);
    },
    day: (key) => wall(key)?.slice(0, 10),
    amountIn: (cell, title) => guarded(title, () => readMoney(cell, currency)),
  };
}

/** The problem of a cell that must not be empty. */
export const emptyCell = (where: string, columns: Columns, key: string): Problem => ({
  where,
  column: columns[key]?.titles[0] ?? key,
  message: 'is empty; every row needs it',
});
