/** What can be asked of exports? One line a question. */
import { allExports, exportFile, newExport, oneExport } from './routes/exports.ts';
import { allSchedules, newSchedule, noSchedule, oneSchedule } from './routes/schedules.ts';

export const routes = [newExport, allExports, oneExport, exportFile, allSchedules, oneSchedule, newSchedule, noSchedule];
