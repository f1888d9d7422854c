/** Which endpoints are there? In the order of the description. */
import { getCreators } from './creators.ts';
import { getDashboard } from './dashboard.ts';
import { getDocs, getHealth, getOpenApi } from './description.ts';
import type { Endpoint } from './endpoint.ts';
import { postEvents, putCreator } from './events.ts';
import { deleteExportSchedule, getExportSchedule, getExportSchedules, putExportSchedule } from './export-schedules.ts';
import { getExport, getExportFile, getExports, postExport } from './exports.ts';
import { getDictionary, getKpis } from './kpis.ts';
import { getOrders } from './orders.ts';
import { getProducts } from './products.ts';
import { getCreator } from './profile.ts';
import { getSavedViews, putSavedViews } from './saved-views.ts';

export const endpoints: Endpoint[] = [
  getHealth,
  getOpenApi,
  getDocs,
  postEvents,
  getDictionary,
  getCreators,
  getCreator,
  putCreator,
  getKpis,
  getDashboard,
  getOrders,
  getSavedViews,
  putSavedViews,
  getProducts,
  postExport,
  getExports,
  getExport,
  getExportFile,
  getExportSchedules,
  getExportSchedule,
  putExportSchedule,
  deleteExportSchedule,
] as unknown as Endpoint[];
