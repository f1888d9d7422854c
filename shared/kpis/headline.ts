/** Which KPIs does the first screen show? Names live in this folder only, so the choice does too. */

/** Shown with the last 30 days and their change. */
// biome-ignore format: one list
export const headline = [
  'netSales', 'orders', 'units', 'averageOrderValue', 'refundRate', 'onTimeDeliveryRate', 'lateDispatchRate', 'csat',
] as const;

/** Shown for today so far against the same hours of earlier days; all of them are kept by hour. */
export const today = ['netSales', 'orders', 'units', 'averageOrderValue'] as const;
