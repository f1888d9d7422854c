/** How are parcels computed? From every parcel of the seller's own; a document for each month. */
import type { Job } from '../job.ts';
import { bound } from '../statements.ts';
import { type ShippingMonth, shippingMonths, shippingReport } from './document.ts';
import { parcelsSql } from './sql.ts';

export const shippingJob: Job = {
  report: shippingReport,
  statements: ({ first }, named) => [{ sql: parcelsSql(named.length), values: bound(first, named) }],
  compute: ([parcels = []]) => shippingMonths(parcels),
  empty: (month): ShippingMonth => ({ month, carriers: [], regions: [], cells: [] }),
};
