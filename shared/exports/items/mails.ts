/** Who sends the mail of an export? Whoever takes it under a condition: two runs do not both send, unless one may have died on the way. */

import { type Table, writeIf } from '../../store/table.ts';
import { changeOf, type Job, type MailLink } from './jobs.ts';

interface Claim {
  worker: string;
  link: MailLink;
  /** Instants (ISO, UTC): the present one, and before which a mail that is being sent belongs to nobody any more. */
  now: string;
  stale: string;
}

/** Takes the mail of a finished job; false where it was sent, or another run is at it. */
export function claimMail(table: Table, job: Job, { worker, link, now, stale }: Claim): Promise<boolean> {
  const set = {
    mail: { S: 'sending' },
    mailAt: { S: now },
    mailWorker: { S: worker },
    mailToken: { S: link.token },
    mailUntil: { S: link.until },
  };
  const known = { ':done': 'done', ':waiting': 'waiting', ':failed': 'failed', ':stale': stale };
  const values = Object.fromEntries(Object.entries(known).map(([name, S]) => [name, { S }]));
  const isFree = '(#mail IN (:waiting, :failed) OR (#mail = :mail AND #mailAt < :stale))';
  return writeIf(table, changeOf(table, job, set, `#status = :done AND ${isFree}`, values));
}

/** Says what became of a mail that this worker took; false where the job is gone or another one took it. */
export function noteMail(
  table: Table,
  job: Job,
  worker: string,
  { status, reason = '', now }: { status: 'sent' | 'failed'; reason?: string; now: string },
): Promise<boolean> {
  const set = { mail: { S: status }, mailAt: { S: now }, mailReason: { S: reason } };
  const known = { ':mine': { S: worker }, ':done': { S: 'done' } };
  return writeIf(table, changeOf(table, job, set, 'mailWorker = :mine AND #status = :done', known));
}
