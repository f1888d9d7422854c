/** How are scheduled exports kept by their creators, and started when they are due: each exactly once a period? */
import type { ExportSchedule, ExportScheduleAnswer } from '../api/export-schedules.ts';
import type { ExportRequest } from '../api/exports.ts';
import { noSuchCreator } from '../api/refusals.ts';
import { ApiError } from '../errors.ts';
import type { Start } from '../jobs/start.ts';
import { eachLimit } from '../map-limit.ts';
import { calendarOf, type Profile, readProfiles } from '../store/profiles.ts';
import { takeSlot } from '../store/slots.ts';
import type { Table } from '../store/table.ts';
import { toLocal } from '../time.ts';
import { entityTables } from './entity-columns.ts';
import { putJob, readJob } from './items/jobs.ts';
import {
  dropHint,
  noteDue,
  putSchedule,
  readHints,
  readSchedule,
  readSchedules,
  type StoredSchedule,
} from './items/schedules.ts';
import { periodOf, slotOf } from './periods.ts';
import { scheduledQuery } from './report-query.ts';
import { makeJob } from './request.ts';

const mostSchedules = 20;
const ids = /^[A-Za-z0-9._~-]{1,64}$/;
const startsAtOnce = 8;

const parse = ({ schedule }: StoredSchedule): ExportSchedule => JSON.parse(schedule) as ExportSchedule;

/** The answer for a schedule; the address in it only for those who may see it. */
export function describeSchedule(stored: StoredSchedule, seesAddress: boolean): ExportScheduleAnswer {
  const { cadence, hour, what, format, mailTo } = parse(stored);
  const address = seesAddress && mailTo ? { mailTo } : {};
  return { id: stored.id, cadence, hour, what, format, isMailed: Boolean(mailTo), ...address, lastDue: stored.lastDue };
}

const dueNow = ({ cadence, hour }: ExportSchedule, profile: Profile, now: number): string =>
  slotOf(cadence, hour, toLocal(now, profile.zones), calendarOf(profile).weekStart);

/**
 * Keeps a schedule; it first runs when it is next due. Throws not_found for an unknown creator, conflict beyond twenty, bad_request
 * for mail where the deployment sends none.
 */
export async function keepSchedule(
  { table, sendsMail }: { table: Table; sendsMail: boolean },
  creatorId: string,
  id: string,
  schedule: ExportSchedule,
  now: number,
): Promise<StoredSchedule> {
  if (!ids.test(id))
    throw new ApiError('bad_request', 'The id is not valid: see issues.', [
      { path: 'id', message: 'must be 1 to 64 letters, digits and . _ ~ -' },
    ]);
  if (schedule.mailTo && !sendsMail)
    throw new ApiError('bad_request', 'No mail is sent here: see issues.', [
      {
        path: 'mailTo',
        message: 'no mail is sent here, the deployment has no mailFrom: leave it out, the files lie in the list',
      },
    ]);
  const [profiles, all] = await Promise.all([readProfiles(table, [creatorId]), readSchedules(table, creatorId)]);
  const profile = profiles.get(creatorId);
  if (!profile) throw noSuchCreator();
  const known = all.find((each) => each.id === id);
  const counting = new Set(all.map((each) => each.id));
  const slot = { creatorId, kind: 'export-schedule', most: mostSchedules, id, counting, ended: new Set<string>(), now };
  if (!(await takeSlot(table, slot)) && !known)
    throw new ApiError('conflict', `There are ${mostSchedules} scheduled exports: delete one first.`);
  const { cadence, hour } = known ? parse(known) : {};
  const isSameTime = cadence === schedule.cadence && hour === schedule.hour;
  const lastDue = known && isSameTime ? known.lastDue : dueNow(schedule, profile, now);
  // Not said: as it was. Said to be null: nobody any more.
  const mailTo = schedule.mailTo === undefined && known ? parse(known).mailTo : (schedule.mailTo ?? undefined);
  const stored = { id, creatorId, schedule: JSON.stringify({ ...schedule, mailTo }), lastDue };
  await putSchedule(table, stored);
  return stored;
}

function requestOf({ what, format }: ExportSchedule, { from, to }: { from: string; to: string }): ExportRequest {
  if (what.kpis) return { what: { kpis: { ...what.kpis, from, to } }, format };
  // What is no good any more is refused by the run, where the job can say so.
  const { report, query = {} } = what;
  if (report) return { what: { report, query: scheduledQuery(report, query, { from, to }).query ?? query }, format };
  const hasDay = entityTables.get(what.entities ?? '')?.time !== undefined;
  return { what: { entities: what.entities, ...(hasDay ? { from, to } : {}) }, format };
}

interface Stores {
  table: Table;
  start: Start;
}

/** The job's id is made of the period: of any number of runs, one puts it. Those that find it waiting start it again. */
async function startOne({ table, start }: Stores, stored: StoredSchedule, profile: Profile, now: number): Promise<boolean> {
  const schedule = parse(stored);
  const due = dueNow(schedule, profile, now);
  if (due <= stored.lastDue) return false;
  const { creatorId, id } = stored;
  const period = periodOf(schedule.cadence, due);
  const job = {
    ...makeJob(creatorId, `${id}_${period.name}`, requestOf(schedule, period), now),
    schedule: id,
    period: period.name,
    ...(schedule.mailTo === undefined ? {} : { mail: { status: 'waiting' as const } }),
  };
  const isNew = await putJob(table, job);
  const known = isNew ? job : await readJob(table, creatorId, job.id, now);
  if (known?.status === 'queued') await start({ creatorId, id: job.id });
  await noteDue(table, stored, due);
  return isNew;
}

/** Starts every scheduled export that is due at an instant (ms) and was not started; answers how many. Throws when a call failed. */
export async function startDue(stores: Stores, now: number): Promise<number> {
  const { table } = stores;
  let started = 0;
  const all: { creatorId: string; id: string }[] = [];
  for await (const hint of readHints(table)) all.push(hint);
  const profiles = await readProfiles(
    table,
    all.map(({ creatorId }) => creatorId),
  );
  const failed = await eachLimit(all, startsAtOnce, async ({ creatorId, id }) => {
    const [stored, profile] = [await readSchedule(table, creatorId, id), profiles.get(creatorId)];
    if (!stored) return dropHint(table, creatorId, id);
    if (profile && (await startOne(stores, stored, profile, now))) started += 1;
  });
  if (failed[0]) throw failed[0].error;
  return started;
}
