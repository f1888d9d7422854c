/** What do parcels cost, and which carrier would have been cheaper? Read from the documents that the job keeps. */
import { leastOnTime, leastParcels, type ShippingAnswer, type ShippingQuery } from '../api/shipping.ts';
import {
  addParcels,
  noParcels,
  otherRegions,
  type Parcels,
  parcelsIn,
  type ShippingMonth,
  shippingReport,
} from '../insight/shipping/document.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { dayOf, monthOf, toLocal } from '../time.ts';
import { computedBy, shareOf } from './computed.ts';
import { freshnessOf, type Scope } from './scope.ts';

type Region = ShippingAnswer['regions'][number];
type Choice = Pick<Region, 'cheapest' | 'saving' | 'savingParcels' | 'reason'>;

const figuresOf = (parcels: Parcels) => ({
  ...parcels,
  meanCost: parcels.costed === 0 ? null : Math.round(parcels.cost / parcels.costed),
  onTimeShare: shareOf(parcels.onTime, parcels.due),
});

function sumOf(all: Iterable<Parcels>): Parcels {
  const sum = noParcels();
  for (const each of all) addParcels(sum, each);
  return sum;
}

/** The most parcels first, then by name. */
const byParcels = ([a, x]: [string, Parcels], [b, y]: [string, Parcels]): number => y.parcels - x.parcels || (a < b ? -1 : 1);

const carriersOf = (byCarrier: Map<string, Parcels>) =>
  [...byCarrier].sort(byParcels).map(([carrier, parcels]) => ({ carrier, ...figuresOf(parcels) }));

const none = (reason: NonNullable<Region['reason']>): Choice => ({ cheapest: null, saving: null, savingParcels: 0, reason });

/** The cheapest carrier of a region that keeps the promise, and what it would have saved there. */
export function chooseCarrier(region: string, byCarrier: Map<string, Parcels>): Choice {
  if (region === '' || region === otherRegions) return none('no_region');
  const all = [...byCarrier];
  if (all.every(([, { costed }]) => costed === 0)) return none('no_costs');
  if (all.every(([, { due }]) => due === 0)) return none('no_promises');
  const known = all.filter(([carrier, { costed, due }]) => carrier !== '' && costed >= leastParcels && due >= leastParcels);
  if (known.length === 0) return none('too_few_parcels');
  const mean = ({ cost, costed }: Parcels): number => cost / costed;
  const [best] = known
    .filter(([, { onTime, due }]) => onTime / due >= leastOnTime)
    .toSorted(([a, x], [b, y]) => mean(x) - mean(y) || (a < b ? -1 : 1));
  if (!best) return none('none_in_time');
  const [cheapest, own] = best;
  const dearer = sumOf(all.filter(([, each]) => each.costed > 0 && mean(each) > mean(own)).map(([, each]) => each));
  const saving = Math.round(dearer.cost - dearer.costed * mean(own));
  return { cheapest, saving, savingParcels: dearer.costed, reason: null };
}

function reasonsOf({ parcels, costed, due }: Parcels, regions: Region[], isComputed: boolean): ShippingAnswer['reasons'] {
  if (!isComputed) return ['not_computed'];
  if (parcels === 0) return ['no_parcels'];
  const reasons: ShippingAnswer['reasons'] = [];
  if (costed === 0) reasons.push('no_costs');
  else if (costed < parcels) reasons.push('some_costs_missing');
  if (due === 0) reasons.push('no_promises');
  if (regions.every(({ region }) => region === '')) reasons.push('no_regions');
  return reasons;
}

/** Answers GET …/shipping. */
export async function reportShipping({ from, to, top }: ShippingQuery, scope: Scope): Promise<ShippingAnswer> {
  const { table, partition, now, zones } = scope;
  const [head, months] = await Promise.all([
    readHead(table, partition, shippingReport),
    readDocuments<ShippingMonth>(table, partition, shippingReport, monthOf(from), monthOf(to)),
  ]);
  const byRegion = parcelsIn(months, from, to, dayOf(toLocal(now, zones)));
  const byCarrier = new Map<string, Parcels>();
  for (const some of byRegion.values())
    for (const [carrier, parcels] of some) byCarrier.set(carrier, sumOf([byCarrier.get(carrier) ?? noParcels(), parcels]));
  const regions = [...byRegion]
    .map(([region, some]): [string, Parcels, Map<string, Parcels>] => [region, sumOf(some.values()), some])
    .sort(([a, x], [b, y]) => byParcels([a, x], [b, y]))
    .map(
      ([region, sum, some]): Region => ({
        ...(region === otherRegions ? { region: '', isOther: true as const } : { region }),
        ...figuresOf(sum),
        carriers: carriersOf(some),
        ...chooseCarrier(region, some),
      }),
    );
  const total = sumOf(byCarrier.values());
  const chosen = regions.filter(({ saving }) => saving !== null);
  return {
    ...freshnessOf(scope),
    from,
    to,
    ...computedBy(head),
    method: 'parcels of your own by the day of their label',
    ...figuresOf(total),
    saving: chosen.length ? chosen.reduce((sum, { saving }) => sum + (saving ?? 0), 0) : null,
    savingParcels: chosen.reduce((sum, { savingParcels }) => sum + savingParcels, 0),
    carriers: carriersOf(byCarrier),
    regions: regions.slice(0, top),
    reasons: reasonsOf(total, regions, head !== undefined),
  };
}
