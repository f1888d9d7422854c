/** How does a job read to the one who asked for it? */
import type { ExportJobAnswer, ExportRequest } from '../api/exports.ts';
import type { SignLink } from '../lake/signed-link.ts';
import { type ExportJob, keptUntil } from './items/jobs.ts';

/** Links are good for a quarter of an hour: long enough to download, short enough to be passed on by mistake. */
export const linkSeconds = 900;

const minute = 60_000;
/** Nothing was heard of it for longer than a run may take: the run was ended, and no other one began. */
const timeouts: { [status: string]: number } = { queued: 75 * minute, running: 20 * minute };

/** Will nobody finish this job any more? `now` in ms. */
export const isLost = ({ status, touchedAt }: ExportJob, now: number): boolean =>
  now - Date.parse(touchedAt) > (timeouts[status] ?? Number.POSITIVE_INFINITY);

const stopped = { code: 'internal', message: 'It stopped before its end and is not tried again. Ask for a new export.' };

const unsent = 'It was not sent and is not tried again. The file lies in the list of exports.';

/** Whom nobody mails any more is told so: the job has no file, or no run has been heard of for longer than one may take. */
function describeMail({ status, touchedAt, mail }: ExportJob, hasFailed: boolean, now: number): ExportJobAnswer['mail'] {
  if (!mail) return null;
  const { at = null, link } = mail;
  const isOpen = mail.status === 'waiting' || mail.status === 'sending';
  const isLate = status === 'done' && now - Date.parse(at ?? touchedAt) > (timeouts.running ?? 0);
  const reason = mail.reason || (hasFailed ? 'There is no file to tell of.' : unsent);
  if (isOpen && (hasFailed || isLate)) return { status: 'failed', at, linkUntil: null, reason };
  const linkUntil = mail.status === 'sent' ? (link?.until ?? null) : null;
  return { status: mail.status, at, linkUntil, ...(mail.status === 'failed' ? { reason } : {}) };
}

/** The answer for a job; `sign` makes links to its objects where they are wanted. */
export async function describeJob(job: ExportJob, now: number, sign?: SignLink): Promise<ExportJobAnswer> {
  const { id, request, rows, result, requestedAt, finishedAt, schedule } = job;
  const { what, format } = JSON.parse(request) as ExportRequest;
  const error = isLost(job, now) ? stopped : job.error;
  const link = async (key: string | undefined) => (key && sign ? sign(key, linkSeconds, now) : null);
  const [url, manifestUrl] = await Promise.all([link(result?.key), link(result?.manifestKey)]);
  return {
    id,
    status: error ? 'failed' : job.status,
    what,
    format,
    progress: { rows, of: result?.rows ?? null },
    rowCount: result?.rows ?? null,
    bytes: result?.bytes ?? null,
    sha256: result?.sha256 ?? null,
    name: result?.key.split('/').at(-1) ?? null,
    url,
    manifestUrl,
    expiresAt: url ? new Date(now + linkSeconds * 1000).toISOString() : null,
    requestedAt,
    finishedAt: finishedAt ?? null,
    keptUntil: keptUntil(requestedAt),
    schedule: schedule ?? null,
    mail: describeMail(job, error !== undefined, now),
    ...(error ? { error } : {}),
  };
}
