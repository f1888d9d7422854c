/** Whose files are they? The shop that a mapping works for, and the envelope that its events get. */
import type { CloudEvent } from '../../../events/parse.ts';
import { instantOf, instantShowing } from '../../files/local-time.ts';
import { snapshot } from '../../files/snapshot.ts';
import { trimmed } from '../read/cell.ts';
import { readWall, utcInFull } from '../read/clock.ts';
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
  /** Of a shipment: carrier and tracking number. */
  trackingKey?: string | undefined;
}

/** `source` of events of these files. */
export const sellerCenterSource = '/import/seller-center';

/** An event of a shop. Its business time is the latest instant in the record, so that history which is imported later is no correction. */
export function eventOf({ creatorId }: Shop, { entity, subject, version, times, data, trackingKey }: Told): CloudEvent {
  const latest = times.reduce<number>((most, at) => (at !== undefined && at > most ? at : most), Number.NEGATIVE_INFINITY);
  const at = Number.isFinite(latest) ? latest : version;
  return snapshot({ source: sellerCenterSource, entity, creatorId, subject, at, version, data, trackingKey });
}

/** Reads cells of one row by column; a cell that cannot be read is a problem, and `undefined` here. */
export class CellReader {
  readonly problems: Problem[] = [];
  readonly #row: TableRow;
  readonly #columns: Columns;
  readonly #shop: Shop;
  readonly #order: DateOrder;

  constructor(row: TableRow, columns: Columns, shop: Shop, order: DateOrder) {
    this.#row = row;
    this.#columns = columns;
    this.#shop = shop;
    this.#order = order;
    const message = row.problem;
    if (message !== undefined) this.problems.push({ where: row.where, column: 'row', message });
  }

  text(key: string, most = 200): string | undefined {
    const text = trimmed(this.#row.cell(key));
    if (isNone(text)) return undefined;
    return (text.length > most ? text.slice(0, most) : text).toWellFormed();
  }

  id(key: string): string | undefined {
    try {
      return readId(this.#row.cell(key));
    } catch (error) {
      return this.#note(this.#titleOf(key), error);
    }
  }

  money(key: string): number | undefined {
    try {
      return readMoney(this.#row.cell(key), this.#shop.currency);
    } catch (error) {
      return this.#note(this.#titleOf(key), error);
    }
  }

  count(key: string): number | undefined {
    try {
      return readCount(this.#row.cell(key));
    } catch (error) {
      return this.#note(this.#titleOf(key), error);
    }
  }

  /** An instant (ms): a wall clock in the shop's zone. */
  at(key: string): number | undefined {
    const inFull = utcInFull(trimmed(this.#row.cell(key)), this.#order);
    if (inFull !== undefined) return instantShowing(inFull, this.#shop.zone);
    const wall = this.#wall(key);
    return wall === undefined ? undefined : instantOf(wall, this.#shop.zone);
  }

  /** The day of a wall clock, as the file writes it. */
  day(key: string): string | undefined {
    return this.#wall(key)?.slice(0, 10);
  }

  /** The amount in a fee column, by its place in the header's list and its title. */
  fee(place: number, title: string): number | undefined {
    try {
      return readMoney(this.#row.fee(place), this.#shop.currency);
    } catch (error) {
      return this.#note(title, error);
    }
  }

  #titleOf(key: string): string {
    return this.#columns[key]?.titles[0] ?? key;
  }

  #wall(key: string): string | undefined {
    try {
      return readWall(this.#row.cell(key), this.#order);
    } catch (error) {
      return this.#note(this.#titleOf(key), error);
    }
  }

  /** Keeps what is wrong with a cell; throws what is wrong with anything else. */
  #note(column: string, error: unknown): undefined {
    if (!(error instanceof RangeError)) throw error;
    const { message } = error;
    // A cell may be read twice.
    if (!this.problems.some((known) => known.column === column && known.message === message))
      this.problems.push({ where: this.#row.where, column, message });
    return undefined;
  }
}

/** A reader of one row of a table with these columns. */
export const cellsOf = (row: TableRow, columns: Columns, shop: Shop, order: DateOrder): CellReader =>
  new CellReader(row, columns, shop, order);

/** The problem of a cell that must not be empty. */
export const emptyCell = (where: string, columns: Columns, key: string): Problem => ({
  where,
  column: columns[key]?.titles[0] ?? key,
  message: 'is empty; every row needs it',
});
