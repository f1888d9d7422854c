/** What does request-export answer? Written by `npm run generate` from the files in routes/. */
import { allExports, exportFile, newExport, oneExport } from './routes/exports.ts';
import { allSchedules, newSchedule, noSchedule, oneSchedule } from './routes/schedules.ts';

export const routes = [newExport, allExports, oneExport, exportFile, allSchedules, oneSchedule, newSchedule, noSchedule];
