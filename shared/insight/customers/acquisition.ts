/** What does a new customer cost, and when is it earned back? By observed value alone. */

/** Spend ÷ new customers; null without any. */
export const acquisitionCost = (spend: number, newCustomers: number): number | null =>
  newCustomers > 0 ? spend / newCustomers : null;

/**
 * The first month (1: the one of the first purchase) after which what customers brought on average covers what one cost; null where it does
 * not within the months observed. `values[i]` is the mean of the first i + 1 months of matured customers, and null ends what is known.
 */
export function paybackMonths(cost: number, values: readonly (number | null)[]): number | null {
  for (const [i, value] of values.entries()) {
    if (value === null) return null;
    if (value >= cost) return i + 1;
  }
  return null;
}
