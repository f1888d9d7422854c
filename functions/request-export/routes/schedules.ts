/** Which exports come again and again? */
import {
  deleteExportSchedule,
  getExportSchedule,
  getExportSchedules,
  putExportSchedule,
} from '../../../shared/api/export-schedules.ts';
import { ApiError } from '../../../shared/errors.ts';
import { deleteSchedule, readSchedule, readSchedules, type StoredSchedule } from '../../../shared/exports/items/schedules.ts';
import { describeSchedule, keepSchedule } from '../../../shared/exports/schedules.ts';
import { freeSlot } from '../../../shared/store/slots.ts';
import type { Table } from '../../../shared/store/table.ts';
import { isNear } from '../../http/identity.ts';
import { route } from '../../http.ts';
import type { ExportsContext } from '../context.ts';

async function find(table: Table, creatorId: string, id: string): Promise<StoredSchedule> {
  const found = await readSchedule(table, creatorId, id);
  if (!found) throw new ApiError('not_found', 'There is no such scheduled export.');
  return found;
}

export const allSchedules = route(getExportSchedules, async ({ creatorId, identity }, { table }: ExportsContext) => {
  const schedules = await readSchedules(table, creatorId);
  return { json: { schedules: schedules.map((each) => describeSchedule(each, isNear(identity, creatorId))) } };
});

export const oneSchedule = route(getExportSchedule, async ({ creatorId, id, identity }, { table }: ExportsContext) => ({
  json: describeSchedule(await find(table, creatorId, id), isNear(identity, creatorId)),
}));

export const newSchedule = route(putExportSchedule, async ({ creatorId, id, body, now, identity }, context: ExportsContext) => ({
  json: describeSchedule(await keepSchedule(context, creatorId, id, body, now), isNear(identity, creatorId)),
}));

export const noSchedule = route(deleteExportSchedule, async ({ creatorId, id }, { table }: ExportsContext) => {
  await find(table, creatorId, id);
  await deleteSchedule(table, creatorId, id);
  await freeSlot(table, creatorId, 'export-schedule', id);
  return { json: { id } };
});
