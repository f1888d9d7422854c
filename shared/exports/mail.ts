/** How does a scheduled export tell by mail that it is there? After the file is done, to whom the schedule then names, once where that can be known. */
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { ExportSchedule } from '../api/export-schedules.ts';
import { messageOf } from '../errors.ts';
import { longestSend, type SendMail } from '../mail/send.ts';
import { readProfiles } from '../store/profiles.ts';
import type { Table } from '../store/table.ts';
import { type ExportJob, readJob } from './items/jobs.ts';
import { claimMail, noteMail } from './items/mails.ts';
import { readSchedule } from './items/schedules.ts';
import { messageOfExport } from './mail-text.ts';
import type { ExportEvent } from './run.ts';

export interface Mailing {
  table: Table;
  /** The present instant in ms. */
  clock: () => number;
  /** Absent where the deployment has no sender. */
  sender?: Sender | undefined;
  /** Waits so many ms. */
  pause?: (milliseconds: number) => Promise<unknown>;
}

export interface Sender {
  send: SendMail;
  /** Where the API answers, with a slash at the end. */
  apiUrl: string;
}

export type MailOutcome = 'nothing to mail' | 'mailed' | 'not mailed';

/** A week, in ms: a link that lies in a mailbox is found by whoever gets into it. */
const linkLasts = 7 * 24 * 3_600_000;
/** A mail that has been on its way for longer than its call may take was left by a run that died. */
const timeoutMs = 3 * longestSend;
const look = 5000;

/**
 * Mails the link of a finished job that asks for it; the same event may come again. Throws where it could not be sent, so that Lambda
 * tries again, and where the store fails after it was sent: then, and after a lost answer or a death in between, it is sent twice.
 */
export async function mailExport(mailing: Mailing, { creatorId, id }: ExportEvent): Promise<MailOutcome> {
  const { table, clock, pause = wait } = mailing;
  const worker = randomUUID();
  for (let waited = 0; waited <= 2 * timeoutMs; waited += look) {
    const job = await readJob(table, creatorId, id, clock());
    if (job?.status !== 'done' || !job.mail || job.mail.status === 'sent') return 'nothing to mail';
    const now = clock();
    const link = job.mail.link ?? { token: randomBytes(24).toString('base64url'), until: instant(now + linkLasts) };
    if (await claimMail(table, job, { worker, link, now: instant(now), stale: instant(now - timeoutMs) }))
      return deliver(mailing, { ...job, mail: { ...job.mail, link } }, worker);
    await pause(look);
  }
  throw new Error(`the mail of export ${id} is being sent all the time`);
}

const instant = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** To whom, read now: a schedule that was changed or deleted meanwhile, or a creator who was erased, gets no mail of before. */
async function recipientOf({ table, sender }: Mailing, { creatorId, schedule: id = '' }: ExportJob) {
  const [schedule, profiles] = await Promise.all([readSchedule(table, creatorId, id), readProfiles(table, [creatorId])]);
  const { mailTo } = schedule ? (JSON.parse(schedule.schedule) as ExportSchedule) : {};
  if (!profiles.has(creatorId)) return { refusal: 'The creator is gone.' };
  if (!mailTo) return { refusal: 'The schedule asks for no mail any more.' };
  return sender ? { mailTo, sender } : { refusal: 'This deployment sends no mail: it has no mailFrom.' };
}

async function deliver(mailing: Mailing, job: ExportJob, worker: string): Promise<MailOutcome> {
  const note = (status: 'sent' | 'failed', reason = '') =>
    noteMail(mailing.table, job, worker, { status, reason, now: instant(mailing.clock()) });
  const { refusal, mailTo, sender } = await recipientOf(mailing, job);
  if (!sender) {
    await note('failed', refusal);
    return 'not mailed';
  }
  try {
    await sender.send(messageOfExport(job, mailTo, sender.apiUrl));
  } catch (error) {
    await note('failed', `It could not be sent: ${messageOf(error)}.`);
    throw new Error(`the mail of export ${job.id} was not sent: ${messageOf(error)}`);
  }
  await note('sent');
  return 'mailed';
}
