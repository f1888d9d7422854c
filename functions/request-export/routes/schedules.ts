/** Which exports come again and again? */
import {
  deleteExportSchedule,
  getExportSchedule,
  getExportSchedules,
  putExportSchedule,
} from '../../../shared/api/export-schedules.ts';
import { ApiError } from '../../../shared/errors.ts';
import { describeSchedule, keepSchedule } from '../../../shared/exports/schedules.ts';
import { deleteSchedule, readSchedule, readSchedules, type StoredSchedule } from '../../../shared/store/export-schedules.ts';
import type { Table } from '../../../shared/store/table.ts';
import { route } from '../../http.ts';
import type { Desk } from '../desk.ts';

async function find(table: Table, creatorId: string, id: string): Promise<StoredSchedule> {
  const found = await readSchedule(table, creatorId, id);
  if (!found) throw new ApiError('not_found', 'There is no such scheduled export.');
  return found;
}

export const allSchedules = route(getExportSchedules, async ({ creatorId }, { table }: Desk) => ({
  json: { schedules: (await readSchedules(table, creatorId)).map(describeSchedule) },
}));

export const oneSchedule = route(getExportSchedule, async ({ creatorId, id }, { table }: Desk) => ({
  json: describeSchedule(await find(table, creatorId, id)),
}));

export const newSchedule = route(putExportSchedule, async ({ creatorId, id, body, now }, { table }: Desk) => ({
  json: describeSchedule(await keepSchedule(table, creatorId, id, body, now)),
}));

export const noSchedule = route(deleteExportSchedule, async ({ creatorId, id }, { table }: Desk) => {
  await find(table, creatorId, id);
  await deleteSchedule(table, creatorId, id);
  return { json: { id } };
});
