/** How do carrier services fare for one creator? They are heard and not read: silence is no fault. */
import type { SourceAnswer } from '../api/connections.ts';
import type { Told } from '../sources/carriers/shipment.ts';
import { readHeard } from '../store/heard-carriers.ts';
import type { Table } from '../store/table.ts';
import { readTaken } from '../store/taken-counts.ts';
import type { VendorKeys } from './vendor-keys.ts';

export const carrierServices = ['easypost', 'aftership', 'shippo'] as const satisfies readonly Told['service'][];

/** Services whose webhooks this deployment can check. */
export const servicesOf = (keys: VendorKeys): Told['service'][] => carrierServices.filter((service) => keys[service]);

const iso = (ms: number): string => new Date(ms).toISOString();

/** Services that can be heard here, and those that told something of the creator's parcels before. `now` in ms. */
export async function describeCarriers(
  table: Table,
  creatorId: string,
  { now, services }: { now: number; services: readonly Told['service'][] },
): Promise<SourceAnswer[]> {
  const heard = new Map((await readHeard(table, creatorId)).map((each) => [each.service, each]));
  const shown = carrierServices.filter((service) => services.includes(service) || heard.has(service));
  return Promise.all(
    shown.map(async (name): Promise<SourceAnswer> => {
      const last = heard.get(name);
      const canBeHeard = services.includes(name);
      const isFailing = last !== undefined && last.lastError !== '';
      return {
        name,
        shopId: null,
        shop: null,
        as: null,
        state: !canBeHeard ? 'not_set_up' : isFailing ? 'failing' : last ? 'in_use' : 'unused',
        progress: 1,
        newestDatum: last ? iso(last.newest) : null,
        lastSuccess: last ? iso(last.heardAt) : null,
        lastDay: last ? await readTaken(table, creatorId, name, now) : 0,
        lagSeconds: null,
        lastError: last?.lastError || null,
        remedy: remedyOf(canBeHeard, isFailing, last !== undefined),
      };
    }),
  );
}

function remedyOf(canBeHeard: boolean, isFailing: boolean, wasHeard: boolean): string | null {
  if (!canBeHeard)
    return 'Whoever runs this deployment has to put the secret of the service’s webhooks back: without it every one is refused.';
  if (isFailing) return 'Look at the tracking numbers of your shipments: a parcel belongs to one creator alone.';
  return wasHeard ? null : 'Have the service follow your parcels, and bring their tracking numbers along with the shipments.';
}
