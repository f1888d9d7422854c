/** What did a SKU have on each day, and what was sold of it? Rows of the lake put together: all locations, known days only. */
import type { AthenaRow } from '../../lake/athena.ts';
import { addDays, daysBetween, daysOf, earlierOf, laterOf } from '../../time.ts';

/** Days over which stock is measured: 13 weeks. */
export const measuredDays = 91;

export interface Sold {
  units: number;
  sales: number;
  cost: number;
  uncosted: number;
}

export interface Shelf {
  sku: string;
  productId: string | null;
  /** By the newest reading of every location; `asOf` is the oldest of those. */
  onHand: number;
  committed: number;
  asOf: string;
  incoming: { units: number; day: string | null }[];
  /** First day with any; null: never. */
  since: string | null;
  /** Closing stock of the measured days, by day; a day before the first reading is not in it. */
  days: Map<string, number>;
}

export const soldBySku = (rows: AthenaRow[]): Map<string, Map<string, Sold>> => {
  const all = new Map<string, Map<string, Sold>>();
  for (const { sku, day, ...row } of rows) {
    const own = all.get(sku ?? '') ?? new Map<string, Sold>();
    all.set(sku ?? '', own);
    const [units, sales, cost, uncosted] = [row.units, row.sales, row.cost, row.uncosted].map((each) => Number(each ?? 0));
    own.set(day ?? '', { units, sales, cost, uncosted } as Sold);
  }
  return all;
};

/** What a location had on each day up to `last`: a reading holds until the next one. */
function carried(readings: AthenaRow[], last: string): Map<string, number> {
  const first = addDays(last, 1 - measuredDays);
  const byDay = new Map(readings.map((row) => [row.day ?? '', Number(row.on_hand)]));
  const begins = readings[0]?.day ?? '';
  const days = new Map<string, number>();
  let known = byDay.get(begins);
  if (begins > last) return days;
  for (const day of daysOf(laterOf(begins, first), last)) {
    known = byDay.get(day) ?? known;
    if (known !== undefined) days.set(day, known);
  }
  return days;
}

/** Shelves of one creator from rows of `stockSql`; days up to `last`, which is the last one that is over. */
export function shelvesOf(rows: AthenaRow[], last: string): Shelf[] {
  const bySku = Map.groupBy(rows, ({ sku }) => sku ?? '');
  return [...bySku].map(([sku, own]): Shelf => {
    const readings = own.filter(({ on_hand }) => on_hand !== null).toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1));
    const places = [...Map.groupBy(readings, ({ location }) => location ?? '').values()];
    const newest = places.flatMap((each) => each.slice(-1));
    const sum = (column: 'on_hand' | 'committed') => newest.reduce((total, row) => total + Number(row[column] ?? 0), 0);
    const days = new Map<string, number>();
    const all = places.map((each) => carried(each, last));
    for (const each of all) for (const [day, units] of each) days.set(day, (days.get(day) ?? 0) + units);
    return {
      sku,
      productId: newest.find(({ product_id }) => product_id)?.product_id ?? null,
      onHand: sum('on_hand'),
      committed: sum('committed'),
      asOf: newest.reduce((oldest, { day }) => earlierOf(oldest, day ?? oldest), '9999-12-31'),
      incoming: own
        .filter(({ quantity }) => quantity !== null)
        .map(({ quantity, expected }) => ({ units: Number(quantity), day: expected ?? null })),
      since: readings[0]?.since ?? null,
      days,
    };
  });
}

/** The unit cost of a SKU, or else of its product, on a day; null where none is known. */
export function costBook(rows: AthenaRow[]): (sku: string, productId: string | null, day: string) => number | null {
  const bySku = Map.groupBy(
    rows.toSorted((a, b) => ((a.valid_from ?? '') < (b.valid_from ?? '') ? -1 : 1)),
    ({ sku }) => sku ?? '',
  );
  const inForce = (id: string, day: string): number | null => {
    const found = bySku.get(id)?.findLast(({ valid_from }) => (valid_from ?? '') <= day);
    return found ? Number(found.amount) : null;
  };
  return (sku, productId, day) => inForce(sku, day) ?? (productId === null ? null : inForce(productId, day));
}

/** Units sold on days after a reading, which it cannot know of. */
export const soldAfter = (sold: Map<string, Sold>, asOf: string, last: string): number =>
  daysBetween(asOf, last) <= 0
    ? 0
    : [...sold].reduce((sum, [day, { units }]) => sum + (day > asOf && day <= last ? units : 0), 0);
