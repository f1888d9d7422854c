/** What does the mail of an export say? What the file is, how to get it and until when, and how to end these mails. */
import type { ExportRequest } from '../api/exports.ts';
import { composeMessage, type Message } from '../mail/message.ts';
import { type ExportJob, keptUntil } from './items/jobs.ts';

/** `2026-03-27T10:02:11.000Z` → `2026-03-27 10:02 UTC`. */
const readable = (instant: string): string => `${instant.slice(0, 10)} ${instant.slice(11, 16)} UTC`;

/** Under the API's address: answered by functions/request-export. */
const addressOf = ({ creatorId, id, mail }: ExportJob, apiUrl: string): string =>
  `${apiUrl}v1/creators/${encodeURIComponent(creatorId)}/exports/${encodeURIComponent(id)}/file?token=${mail?.link?.token}`;

/** The message for a finished job with its link. */
export function messageOfExport(job: ExportJob, to: string, apiUrl: string): Message {
  const { schedule = '', period = '', result, mail, requestedAt } = job;
  const { format } = JSON.parse(job.request) as ExportRequest;
  return composeMessage(to, `Export ${schedule} of ${period.replace('_', ' to ')}`, [
    `The scheduled export ${schedule} of ${period.replace('_', ' to ')} is ready: ${result?.rows} rows, ${result?.bytes} bytes, ${format}.`,
    { says: 'Download the file', link: addressOf(job, apiUrl) },
    `The link is good until ${readable(mail?.link?.until ?? '')}. It needs no sign-in: whoever has it can read the file.`,
    `The file has the SHA-256 ${result?.sha256}. It is kept until ${readable(keptUntil(requestedAt))}; signed in, you find it in the list of exports.`,
    'This mail was asked for with the schedule. To end it, set mailTo of the schedule to null, or delete the schedule.',
  ]);
}
