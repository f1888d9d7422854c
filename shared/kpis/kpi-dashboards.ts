/** Which KPIs does each screen of the dashboard show, in which order? Names live in this folder only, so the choice does too. */

/** Of a split, the first dimension is the one shown unasked. */
export interface KpiDashboard {
  names: readonly string[];
  dimensions: readonly string[];
}

// biome-ignore format: one board a paragraph
export const kpiDashboards = {
  sales: {
    names: ['netSales', 'gmv', 'orders', 'averageOrderValue', 'units', 'refunds', 'refundRate', 'sellerDiscounts', 'platformDiscounts', 'cancellationRate', 'sellerCancellationRate', 'totalSales'],
    dimensions: ['channel', 'category', 'product'],
  },
  products: {
    names: ['netSales', 'units', 'grossSales', 'sellerDiscounts', 'refunds', 'refundRate', 'csat', 'reviews'],
    dimensions: ['product', 'category'],
  },
  shipping: {
    names: ['onTimeDeliveryRate', 'lateDispatchRate', 'timeToDispatch', 'timeToShip', 'timeToDeliver', 'dispatched', 'delivered', 'labelCost'],
    dimensions: ['carrier', 'region', 'channel'],
  },
  satisfaction: {
    names: ['csat', 'reviews', 'satisfiedReviews', 'negativeReviews', 'negativeReviewRate', 'refundedOrderRate', 'refundedOrders', 'deliveredOrders'],
    dimensions: ['product', 'channel'],
  },
} as const satisfies Record<string, KpiDashboard>;

/** The number that is there as soon as there is any. */
export const firstSign = 'orders';

/** What the first screen looks at to tell what moved: a number and the dimensions it is taken apart by. */
export const movers = { name: 'netSales', dimensions: ['product', 'channel'] } as const;

/** The numbers that say how requests to sources fared. */
export const sourceHealth = { requests: 'sourceRequests', failures: 'sourceFailures' } as const;
