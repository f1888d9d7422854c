/** When does something hold for an order's parcels? For each of them, but for those that were cancelled (a label made again). */
import { all, any, type Condition, every, is, not } from './language.ts';

const cancelled = is('status', 'cancelled');
const either = (one: Condition, other: Condition): Condition => not(all(not(one), not(other)));

/** The order has a parcel for which it holds, and none that is not cancelled for which it does not. */
export const everyParcel = (condition: Condition): Condition =>
  all(any('shipment', all(not(cancelled), condition)), every('shipment', either(cancelled, condition)));
