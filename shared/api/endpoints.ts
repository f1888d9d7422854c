/** Which endpoints are there? Written by `npm run generate` from the files of this folder that declare one; in the order of the description, new ones last. */
import { getCalendar, putCalendar } from './calendar.ts';
import {
  getConnections,
  getPrivacyRequests,
  getShopifyCallback,
  getSources,
  getTikTokShopCallback,
  postConnection,
  postShopifyConnection,
  postTikTokShopConnection,
} from './connections.ts';
import { getCreators } from './creators.ts';
import { getCustomers } from './customers.ts';
import { getDashboard } from './dashboard.ts';
import { getDocs, getHealth, getOpenApi } from './description.ts';
import type { Endpoint } from './endpoint.ts';
import { getProgress, postEvents, putCreator } from './events.ts';
import { deleteExportSchedule, getExportSchedule, getExportSchedules, putExportSchedule } from './export-schedules.ts';
import { getExport, getExportFile, getExports, postExport } from './exports.ts';
import { getForecasts } from './forecasts.ts';
import { getGoals, putGoals } from './goals.ts';
import {
  getImport,
  getImports,
  getRefusedFiles,
  getTemplate,
  getTemplates,
  postImport,
  postImportConfirm,
  postImportSurvey,
  postImportUndo,
} from './imports.ts';
import { getInventory } from './inventory.ts';
import { getDictionary, getKpis } from './kpis.ts';
import { getMovers } from './movers.ts';
import { getOperations } from './operations.ts';
import { getOrders } from './orders.ts';
import { getPayouts } from './payouts.ts';
import { getProducts } from './products.ts';
import { getCreator } from './profile.ts';
import { getProfitability } from './profitability.ts';
import { getHeldRecord, getQuarantine, postQuarantineDiscard, postQuarantineReplay } from './quarantine.ts';
import { getRecommendations, postDismissed, postDone } from './recommendations.ts';
import { getSamples } from './samples.ts';
import { getSatisfaction } from './satisfaction.ts';
import { getSavedViews, putSavedViews } from './saved-views.ts';
import { getShipping } from './shipping.ts';
import { getStockTerms, putStockTerms } from './stock-terms.ts';
import { getTrends } from './trends.ts';
import { getUnitCosts, postUnitCosts } from './unit-costs.ts';
import {
  postAfterShipWebhook,
  postEasyPostWebhook,
  postShippoWebhook,
  postShopifyWebhook,
  postTikTokShopWebhook,
} from './webhooks.ts';

export const endpoints: Endpoint[] = [
  getHealth,
  getOpenApi,
  getDocs,
  postEvents,
  getProgress,
  getDictionary,
  getCreators,
  getCreator,
  putCreator,
  getKpis,
  getDashboard,
  getOrders,
  getSavedViews,
  putSavedViews,
  getCalendar,
  putCalendar,
  getProducts,
  postExport,
  getExports,
  getExport,
  getExportFile,
  getExportSchedules,
  getExportSchedule,
  putExportSchedule,
  deleteExportSchedule,
  getConnections,
  getSources,
  postTikTokShopConnection,
  getTikTokShopCallback,
  postTikTokShopWebhook,
  postImport,
  postImportSurvey,
  postImportConfirm,
  getImports,
  getImport,
  postEasyPostWebhook,
  postAfterShipWebhook,
  postShippoWebhook,
  postShopifyConnection,
  getShopifyCallback,
  getPrivacyRequests,
  postShopifyWebhook,
  getRefusedFiles,
  getTemplates,
  getTemplate,
  postImportUndo,
  getUnitCosts,
  postUnitCosts,
  getQuarantine,
  getHeldRecord,
  postQuarantineReplay,
  postQuarantineDiscard,
  getProfitability,
  getMovers,
  getGoals,
  putGoals,
  postConnection,
  getPayouts,
  getShipping,
  getOperations,
  getTrends,
  getSamples,
  getSatisfaction,
  getCustomers,
  getForecasts,
  getInventory,
  getStockTerms,
  putStockTerms,
  getRecommendations,
  postDone,
  postDismissed,
] as unknown as Endpoint[];
