/** What does report answer? Written by `npm run generate` from the files in routes/. */
import { creator } from './routes/creator.ts';
import { creators } from './routes/creators.ts';
import { customers } from './routes/customers.ts';
import { dashboard } from './routes/dashboard.ts';
import { docs, openApi } from './routes/description.ts';
import { forecasts } from './routes/forecasts.ts';
import { health } from './routes/health.ts';
import { inventory } from './routes/inventory.ts';
import { kpiDictionary, kpis } from './routes/kpis.ts';
import { movers } from './routes/movers.ts';
import { operations } from './routes/operations.ts';
import { orders } from './routes/orders.ts';
import { payouts } from './routes/payouts.ts';
import { products } from './routes/products.ts';
import { profitability } from './routes/profitability.ts';
import { recommendations } from './routes/recommendations.ts';
import { samples } from './routes/samples.ts';
import { satisfaction } from './routes/satisfaction.ts';
import { shipping } from './routes/shipping.ts';
import { trends } from './routes/trends.ts';
import { unitCosts } from './routes/unit-costs.ts';

export const routes = [
  health,
  openApi,
  docs,
  kpiDictionary,
  creators,
  creator,
  kpis,
  dashboard,
  orders,
  products,
  unitCosts,
  profitability,
  movers,
  payouts,
  shipping,
  operations,
  trends,
  samples,
  satisfaction,
  customers,
  forecasts,
  inventory,
  recommendations,
];
