/** How is an export's job kept? An item among the creator's settings, changed under conditions, gone by itself after 30 days. */
import { GetItemCommand, PutItemCommand, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from '../../store/items.ts';
import { type Item, numberOf, settingsOf, type Table, textOf, writeIf } from '../../store/table.ts';

export type JobStatus = 'queued' | 'running' | 'done' | 'failed';

/** What the file turned out to be. */
export interface ExportResult {
  /** Where file and manifest lie in the bucket. */
  key: string;
  manifestKey: string;
  rows: number;
  bytes: number;
  sha256: string;
}

/** How far the mail is that tells of the file. */
export interface JobMail {
  status: 'waiting' | 'sending' | 'sent' | 'failed';
  /** Since when (ISO, UTC); absent while it waits. */
  at?: string | undefined;
  /** Why it failed, in words for the creator. */
  reason?: string | undefined;
  link?: MailLink | undefined;
}

/** What opens the file without a sign-in: whoever has the token, until an instant (ISO, UTC). */
export interface MailLink {
  token: string;
  until: string;
}

export interface ExportJob {
  id: string;
  creatorId: string;
  status: JobStatus;
  /** The request as it was accepted, JSON. */
  request: string;
  /** Of the schedule that asked for it, and of which period. */
  schedule?: string | undefined;
  period?: string | undefined;
  /** Instants (ISO, UTC). */
  requestedAt: string;
  touchedAt: string;
  finishedAt?: string | undefined;
  /** How often work on it began, and who does it now. */
  attempts: number;
  worker?: string | undefined;
  rows: number;
  result?: ExportResult | undefined;
  error?: { code: string; message: string } | undefined;
  /** Absent where no mail is asked for. */
  mail?: JobMail | undefined;
}

const keptSeconds = 30 * 24 * 3600;
// Ours are shorter; a key of the store may not be of any length.
const longestId = 300;
const prefixOfJobs = 'S#export#';
const keyOf = (creatorId: string, id: string): Item => ({
  pk: { S: settingsOf(creatorId) },
  sk: { S: `${prefixOfJobs}${id}` },
});

/** When a job asked for at this instant (ISO) is forgotten. */
export const keptUntil = (requestedAt: string): string => new Date(Date.parse(requestedAt) + keptSeconds * 1000).toISOString();

function mailOf({ mail, mailAt, mailReason, mailToken, mailUntil }: Item): JobMail | undefined {
  if (!mail?.S) return undefined;
  const link = mailToken?.S ? { token: mailToken.S, until: textOf(mailUntil) } : undefined;
  return { status: mail.S as JobMail['status'], at: mailAt?.S, reason: mailReason?.S, link };
}

function unpack(item: Item): ExportJob {
  return {
    ...(JSON.parse(textOf(item.job)) as Pick<ExportJob, 'id' | 'creatorId' | 'request' | 'schedule' | 'period' | 'requestedAt'>),
    status: textOf(item.status) as JobStatus,
    touchedAt: textOf(item.touchedAt),
    finishedAt: item.finishedAt?.S,
    attempts: numberOf(item.attempts),
    worker: item.worker?.S,
    rows: numberOf(item.rows),
    result: item.result?.S ? JSON.parse(item.result.S) : undefined,
    error: item.error?.S ? JSON.parse(item.error.S) : undefined,
    mail: mailOf(item),
  };
}

/** Puts a new job; false where one of this id is there already. */
export async function putJob(table: Table, job: ExportJob): Promise<boolean> {
  const { id, creatorId, request, schedule, period, requestedAt } = job;
  const expires = Math.floor(Date.parse(requestedAt) / 1000) + keptSeconds;
  const put = new PutItemCommand({
    TableName: table.name,
    Item: {
      ...keyOf(creatorId, id),
      job: { S: JSON.stringify({ id, creatorId, request, schedule, period, requestedAt }) },
      status: { S: job.status },
      touchedAt: { S: job.touchedAt },
      attempts: { N: '0' },
      rows: { N: '0' },
      expires: { N: String(expires) },
      ...(job.mail ? { mail: { S: job.mail.status } } : {}),
    },
    ConditionExpression: 'attribute_not_exists(pk)',
  });
  return writeIf(table, put);
}

/** The job of this id, or undefined. TTL deletes late: what has expired by `now` (ms) is gone. */
export async function readJob(table: Table, creatorId: string, id: string, now: number): Promise<ExportJob | undefined> {
  if (id.length > longestId) return undefined;
  const get = new GetItemCommand({ TableName: table.name, Key: keyOf(creatorId, id), ConsistentRead: true });
  const { Item } = await table.send(get);
  return Item && numberOf(Item.expires) * 1000 > now ? unpack(Item) : undefined;
}

/** All jobs of a creator that have not expired, oldest first. */
export async function readJobs(table: Table, creatorId: string, now: number): Promise<ExportJob[]> {
  const jobs: ExportJob[] = [];
  for await (const item of readItems(table, settingsOf(creatorId), prefixOfJobs))
    if (numberOf(item.expires) * 1000 > now) jobs.push(unpack(item));
  return jobs;
}

/** So many jobs of a creator, newest first, that are older than one of an id (of all: undefined). */
export async function readNewestJobs(
  table: Table,
  creatorId: string,
  now: number,
  { olderThan, most }: { olderThan: string | undefined; most: number },
): Promise<ExportJob[]> {
  const jobs: ExportJob[] = [];
  for await (const item of readItems(table, settingsOf(creatorId), prefixOfJobs, true)) {
    if (numberOf(item.expires) * 1000 <= now) continue;
    const job = unpack(item);
    if (olderThan !== undefined && job.id >= olderThan) continue;
    if (jobs.push(job) >= most) break;
  }
  return jobs;
}

export type Job = Pick<ExportJob, 'creatorId' | 'id'>;

/** Sets attributes of a job under a condition, whose own values are `known`. */
export function changeOf(
  table: Table,
  job: Job,
  set: { [name: string]: { S: string } | { N: string } },
  condition: string,
  known: Item = {},
) {
  const names = Object.keys(set);
  return new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(job.creatorId, job.id),
    UpdateExpression: `SET ${names.map((name) => `#${name} = :${name}`).join(', ')}`,
    ConditionExpression: condition,
    ExpressionAttributeNames: { ...Object.fromEntries(names.map((name) => [`#${name}`, name])), '#status': 'status' },
    ExpressionAttributeValues: { ...Object.fromEntries(names.map((name) => [`:${name}`, set[name]])), ...known } as Item,
  });
}

/** A worker takes an unfinished job over, from whoever had it; false where it is finished or gone. */
export async function takeJob(table: Table, job: ExportJob, worker: string, now: string): Promise<boolean> {
  const set = {
    status: { S: 'running' },
    worker: { S: worker },
    touchedAt: { S: now },
    attempts: { N: String(job.attempts + 1) },
  };
  const known = { ':queued': { S: 'queued' }, ':running': { S: 'running' } };
  return writeIf(table, changeOf(table, job, { ...set, rows: { N: '0' } }, '#status IN (:queued, :running)', known));
}

/** A worker says how far it is; false where the job is no longer its own: erased, or taken over. */
export const noteProgress = (table: Table, job: Job, worker: string, rows: number, now: string): Promise<boolean> =>
  writeIf(table, ofWorker(table, job, worker, { rows: { N: String(rows) }, touchedAt: { S: now } }));

const ofWorker = (table: Table, job: Job, worker: string, set: { [name: string]: { S: string } | { N: string } }) =>
  changeOf(table, job, set, 'worker = :mine AND #status = :running', { ':mine': { S: worker }, ':running': { S: 'running' } });

/** A worker ends its job; false where it is no longer its own. */
export async function finishJob(table: Table, job: Job, worker: string, result: ExportResult, now: string): Promise<boolean> {
  const set = { status: { S: 'done' }, result: { S: JSON.stringify(result) }, rows: { N: String(result.rows) } };
  return writeIf(table, ofWorker(table, job, worker, { ...set, finishedAt: { S: now }, touchedAt: { S: now } }));
}

/** Ends an unfinished job without a file; false where it is finished or gone. */
export async function failJob(table: Table, job: Job, error: { code: string; message: string }, now: string): Promise<boolean> {
  const set = { status: { S: 'failed' }, error: { S: JSON.stringify(error) }, finishedAt: { S: now }, touchedAt: { S: now } };
  const known = { ':queued': { S: 'queued' }, ':running': { S: 'running' } };
  return writeIf(table, changeOf(table, job, set, '#status IN (:queued, :running)', known));
}
