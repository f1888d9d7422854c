/** What is stored of parcels? A document for each local month: cells by day, carrier and region, those that are still open by their promise. */
import type { AthenaRow } from '../../lake/athena.ts';
import { monthOf } from '../../time.ts';

export const shippingReport = 'shipping';
/** Regions of a month beyond so many cells are together under `otherRegions`, those with the fewest parcels first. */
export const mostCells = 10_000;
export const otherRegions = '\u0000others';

/** Of some parcels: how many, of how many the label's cost is known and what it is (minor units), how many were promised and kept so. */
export interface Parcels {
  parcels: number;
  costed: number;
  cost: number;
  due: number;
  onTime: number;
}

export const noParcels = (): Parcels => ({ parcels: 0, costed: 0, cost: 0, due: 0, onTime: 0 });

/** Adds one to the other, in place. */
export function addParcels(sum: Parcels, more: Parcels): void {
  sum.parcels += more.parcels;
  sum.costed += more.costed;
  sum.cost += more.cost;
  sum.due += more.due;
  sum.onTime += more.onTime;
}

/** `openUntil`: the promise of parcels that are not delivered; '' for all others. Carrier and region are places in the month's lists. */
type Cell = [day: string, carrier: number, region: number, openUntil: string, ...Counts];
type Counts = [parcels: number, costed: number, cost: number, due: number, onTime: number];

export interface ShippingMonth {
  month: string;
  carriers: string[];
  regions: string[];
  cells: Cell[];
}

interface Told extends Parcels {
  day: string;
  carrier: string;
  region: string;
  openUntil: string;
}

const toldOf = (row: AthenaRow): Told => ({
  day: row.day ?? '',
  carrier: row.carrier ?? '',
  region: row.region ?? '',
  openUntil: row.open_until ?? '',
  parcels: Number(row.parcels),
  costed: Number(row.costed),
  cost: Number(row.cost),
  due: Number(row.due),
  onTime: Number(row.on_time),
});

/** The regions that are kept apart: those with the most parcels, as long as their cells fit. */
function regionsKept(all: Told[], most: number): Set<string> {
  const byRegion = [...Map.groupBy(all, ({ region }) => region)].map(([region, cells]) => ({
    region,
    cells: cells.length,
    parcels: cells.reduce((sum, { parcels }) => sum + parcels, 0),
  }));
  let room = most;
  const kept = new Set<string>();
  for (const { region, cells } of byRegion.toSorted((a, b) => b.parcels - a.parcels || (a.region < b.region ? -1 : 1)))
    if (cells <= room) {
      kept.add(region);
      room -= cells;
    } else break;
  return kept;
}

function monthDocument(month: string, all: Told[], most: number): ShippingMonth {
  const kept = regionsKept(all, most);
  const merged = new Map<string, Told>();
  for (const each of all) {
    const region = kept.has(each.region) ? each.region : otherRegions;
    const key = JSON.stringify([each.day, each.carrier, region, each.openUntil]);
    const known = merged.get(key);
    if (known) addParcels(known, each);
    else merged.set(key, { ...each, region });
  }
  const told = [...merged].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, each]) => each);
  const carriers = [...new Set(told.map(({ carrier }) => carrier))].sort();
  const regions = [...new Set(told.map(({ region }) => region))].sort();
  const [carrierAt, regionAt] = [carriers, regions].map((names) => new Map(names.map((name, i) => [name, i]))) as [
    Map<string, number>,
    Map<string, number>,
  ];
  const cells = told.map(
    ({ day, carrier, region, openUntil, parcels, costed, cost, due, onTime }): Cell => [
      day,
      carrierAt.get(carrier) ?? 0,
      regionAt.get(region) ?? 0,
      openUntil,
      parcels,
      costed,
      cost,
      due,
      onTime,
    ],
  );
  return { month, carriers, regions, cells };
}

/** Documents of one creator, by month. */
export const shippingMonths = (rows: AthenaRow[], most = mostCells): Map<string, ShippingMonth> =>
  new Map(
    [...Map.groupBy(rows.map(toldOf), ({ day }) => monthOf(day))]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([month, all]) => [month, monthDocument(month, all, most)]),
  );

/** Parcels of a range by region, then by carrier. What is open and was promised for a day before `today` is late. */
export function parcelsIn(months: ShippingMonth[], from: string, to: string, today: string): Map<string, Map<string, Parcels>> {
  const byRegion = new Map<string, Map<string, Parcels>>();
  for (const { carriers, regions, cells } of months)
    for (const [day, carrierAt, regionAt, openUntil, parcels, costed, cost, due, onTime] of cells) {
      if (day < from || day > to) continue;
      const [carrier, region] = [carriers[carrierAt] ?? '', regions[regionAt] ?? ''];
      const byCarrier = byRegion.get(region) ?? new Map<string, Parcels>();
      const sum = byCarrier.get(carrier) ?? noParcels();
      const isLate = openUntil !== '' && openUntil < today;
      addParcels(sum, { parcels, costed, cost, due: due + (isLate ? parcels : 0), onTime });
      byCarrier.set(carrier, sum);
      byRegion.set(region, byCarrier);
    }
  return byRegion;
}
