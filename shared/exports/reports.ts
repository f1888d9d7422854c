/** Which reports can be exported? A line each: the endpoint that describes it and what answers it. */

import { getCustomers } from '../api/customers.ts';
import { getDashboard } from '../api/dashboard.ts';
import { getForecasts } from '../api/forecasts.ts';
import { getInventory } from '../api/inventory.ts';
import { getKpis } from '../api/kpis.ts';
import { getMovers } from '../api/movers.ts';
import { getOperations } from '../api/operations.ts';
import { getOrders } from '../api/orders.ts';
import { getPayouts } from '../api/payouts.ts';
import { getProducts } from '../api/products.ts';
import { getProfitability } from '../api/profitability.ts';
import { getRecommendations } from '../api/recommendations.ts';
import { getSamples } from '../api/samples.ts';
import { getSatisfaction } from '../api/satisfaction.ts';
import { getShipping } from '../api/shipping.ts';
import { getTrends } from '../api/trends.ts';
import { reportCustomers } from '../reports/customers.ts';
import { reportDashboard } from '../reports/dashboard.ts';
import { reportForecasts } from '../reports/forecasts.ts';
import { reportInventory } from '../reports/inventory.ts';
import { reportMovers } from '../reports/movers.ts';
import { reportOperations } from '../reports/operations.ts';
import { reportOrders } from '../reports/orders.ts';
import { reportPayouts } from '../reports/payouts.ts';
import { reportProducts } from '../reports/products.ts';
import { reportProfitability } from '../reports/profitability.ts';
import { reportRecommendations } from '../reports/recommendations.ts';
import { reportSamples } from '../reports/samples.ts';
import { reportSatisfaction } from '../reports/satisfaction.ts';
import { reportShipping } from '../reports/shipping.ts';
import { reportTrends } from '../reports/trends.ts';
import { kpiTable } from './kpi-rows.ts';
import { type ExportableReport, exportable, paged, whole } from './report-table.ts';

export const reports = {
  kpis: exportable(getKpis, kpiTable),
  dashboard: whole(getDashboard, (_query, scope) => reportDashboard(scope)),
  movers: whole(getMovers, reportMovers),
  orders: paged(getOrders, reportOrders),
  products: paged(getProducts, reportProducts),
  profitability: whole(getProfitability, reportProfitability),
  samples: whole(getSamples, reportSamples),
  payouts: whole(getPayouts, reportPayouts),
  shipping: whole(getShipping, reportShipping),
  satisfaction: whole(getSatisfaction, reportSatisfaction),
  operations: whole(getOperations, reportOperations),
  customers: whole(getCustomers, reportCustomers),
  forecasts: whole(getForecasts, reportForecasts),
  inventory: whole(getInventory, reportInventory),
  recommendations: whole(getRecommendations, (_query, scope) => reportRecommendations(scope)),
  trends: whole(getTrends, reportTrends),
} satisfies { [name: string]: ExportableReport };

export type ReportName = keyof typeof reports;
export const reportNames = Object.keys(reports) as [ReportName, ...ReportName[]];
