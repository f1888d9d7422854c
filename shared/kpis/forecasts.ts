/** Which numbers are forecast by day? Those of the whole shop, and of each product its units. */
export const forecastNames = ['netSales', 'orders', 'units'] as const;
export type ForecastName = (typeof forecastNames)[number];

/** The number that is forecast of single products. */
export const forecastOfProducts = 'units' satisfies ForecastName;
