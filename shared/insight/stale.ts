/** Who has something new that the documents do not show? */
import { readCreators } from '../store/creators.ts';
import { progressOf, readPosition } from '../store/partition.ts';
import { readGenerationOf, readProfiles } from '../store/profiles.ts';
import { type DocumentHead, readHead } from '../store/report-documents.ts';
import { partitionOf, type Table } from '../store/table.ts';
import { dayOf, toLocal, type ZoneSpan } from '../time.ts';
import { insightVersion } from './job.ts';

/** Documents of a creator who sells all the time are computed anew this often (ms). */
const leastAge = 3_600_000;
const costlyAge = 3 * leastAge;
const creatorsAPage = 1000;

export interface Stale {
  creatorId: string;
  partition: string;
  /** The local day that is not over. */
  today: string;
  zones: readonly ZoneSpan[];
  /** When the last report of a run was computed (ms); 0: never. */
  computedAt: number;
}

/** Was it computed in the way that holds now? */
const isCurrent = ({ version }: DocumentHead): boolean => version === insightVersion;

/** Are documents old enough, or computed in an older way? */
export const isDue = (head: DocumentHead | undefined, now: number): boolean =>
  head === undefined || !isCurrent(head) || now - head.computedAt >= leastAge;

/** Is what was computed of a local day that is over? */
const isOfEarlierDay = ({ computedAt }: DocumentHead, { today, zones }: Pick<Stale, 'today' | 'zones'>): boolean =>
  dayOf(toLocal(computedAt, zones)) < today;

/** The same for what takes long. */
export const isCostlyDue = (head: DocumentHead, stale: Pick<Stale, 'today' | 'zones'>, now: number): boolean =>
  !isCurrent(head) || isOfEarlierDay(head, stale) || now - head.computedAt >= costlyAge;

/** The stalest first; with `only` that creator, whatever its age. `last` is the report that a run computes last. */
export async function findStale(table: Table, last: string, now: number, only: string | undefined): Promise<Stale[]> {
  const stale: Stale[] = [];
  const look = async (creatorIds: string[]): Promise<void> => {
    for (const [creatorId, profile] of await readProfiles(table, creatorIds)) {
      const partition = partitionOf(creatorId, readGenerationOf(profile));
      const [head, backlog] = await Promise.all([readHead(table, partition, last), readPosition(table, partition)]);
      const { asOf } = progressOf(backlog, now);
      const { zones } = profile;
      const day = { today: dayOf(toLocal(now, zones)), zones };
      const hasNews =
        !head || !isCurrent(head) || isOfEarlierDay(head, day) || (asOf !== '' && Date.parse(asOf) > head.seenUntil);
      if (only !== undefined || (isDue(head, now) && hasNews))
        stale.push({ creatorId, partition, ...day, computedAt: head?.computedAt ?? 0 });
    }
  };
  if (only !== undefined) await look([only]);
  else
    for (let after = ''; ; ) {
      const page = await readCreators(table, '', after, creatorsAPage);
      await look(page.map(({ creatorId }) => creatorId));
      if (page.length < creatorsAPage) break;
      after = page.at(-1)?.creatorId ?? '';
    }
  return stale.toSorted((a, b) => a.computedAt - b.computedAt);
}
