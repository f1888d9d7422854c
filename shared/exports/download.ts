/** Who may have the file of an export without a sign-in? Whoever has the token that was mailed, while it is good. */
import { timingSafeEqual } from 'node:crypto';
import { ApiError } from '../errors.ts';
import type { SignLink } from '../lake/signed-link.ts';
import type { Table } from '../store/table.ts';
import { readJob } from './items/jobs.ts';

/** Long enough to follow a redirect, short enough to be of no use to anyone else. */
const linkSeconds = 60;

const isSame = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)];
  return a.length === b.length && timingSafeEqual(a, b);
};

/**
 * A link to the file that is good for a minute. Throws not_found alike for a wrong token, one that has run out and an export that is
 * gone; with the job everything ends that was mailed of it.
 */
export async function openDownload(
  { table, sign }: { table: Table; sign: SignLink },
  { creatorId, id, token, now }: { creatorId: string; id: string; token: string; now: number },
): Promise<string> {
  const job = await readJob(table, creatorId, id, now);
  const { link } = job?.mail ?? {};
  if (!job?.result || !link || !isSame(link.token, token) || now >= Date.parse(link.until))
    throw new ApiError('not_found', 'This link is not good any more: sign in and ask for the export again.');
  return sign(job.result.key, linkSeconds, now);
}
