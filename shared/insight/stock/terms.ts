/** On which terms is stock ordered? What a seller typed for a SKU; what holds where nobody typed anything. */
import type { OrderTerms } from '../inventory/stock-ahead.ts';
import { horizon } from './document.ts';

export interface Terms {
  /** Days from order to shelf, and their deviation. */
  leadDays: number;
  leadDeviation: number;
  safetyDays: number;
  /** Days that an order is to last once it is there. */
  coverDays: number;
  minimumOrder: number;
  packSize: number;
}

export const defaultTerms: Terms = {
  leadDays: 14,
  leadDeviation: 3,
  safetyDays: 0,
  coverDays: 28,
  minimumOrder: 0,
  packSize: 1,
};

/** Of the order cycles that are to end without a stock-out. */
export const serviceLevel = 0.95;
/** Lead time, safety days and cover together: as far as demand is forecast. */
export const mostDays = horizon;

export const orderTermsOf = (terms: Terms): OrderTerms => ({
  lead: { days: terms.leadDays, sd: terms.leadDeviation },
  safetyDays: terms.safetyDays,
  serviceLevel,
  coverDays: terms.coverDays,
  minimumOrder: terms.minimumOrder,
  packSize: terms.packSize,
});
