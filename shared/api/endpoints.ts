/** Which endpoints are there? In the order of the description. */
import { getDashboard } from './dashboard.ts';
import { getDocs, getHealth, getOpenApi } from './description.ts';
import type { Endpoint } from './endpoint.ts';
import { postEvents, putCreator } from './events.ts';
import { deleteExportSchedule, getExportSchedule, getExportSchedules, putExportSchedule } from './export-schedules.ts';
import { getExport, getExportFile, getExports, postExport } from './exports.ts';
import { getDictionary, getKpis } from './kpis.ts';
import { getOrders } from './orders.ts';
import { getCreator } from './profile.ts';

export const endpoints: Endpoint[] = [
  getHealth,
  getOpenApi,
  getDocs,
  postEvents,
  getDictionary,
  getCreator,
  putCreator,
  getKpis,
  getDashboard,
  getOrders,
  postExport,
  getExports,
  getExport,
  getExportFile,
  getExportSchedules,
  getExportSchedule,
  putExportSchedule,
  deleteExportSchedule,
] as unknown as Endpoint[];
