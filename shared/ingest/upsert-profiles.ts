/** Which creators does a batch speak of? Profiles that the batch itself brings or changes come first, so that its other events find them. */

import { eachLimit } from '../map-limit.ts';
import { acceptProfile, type Profile, readProfiles } from '../store/profiles.ts';
import type { Table } from '../store/table.ts';
import type { Candidate, Reject } from './accept.ts';

const creatorsAtOnce = 8;

/** Accepts the batch's creator events, in order, and answers the remaining candidates with the profiles in force. */
export async function upsertProfiles(
  candidates: Candidate[],
  table: Table,
  reject: Reject,
): Promise<{ candidates: Candidate[]; profiles: Map<string, Profile> }> {
  const profiles = await readProfiles(
    table,
    candidates.map(({ event }) => event.creatorid),
  );
  const byCreator = Map.groupBy(
    candidates.filter(({ isProfile }) => isProfile),
    ({ event }) => event.creatorid,
  );
  const refused = new Set<Candidate>();
  const failed = await eachLimit(byCreator, creatorsAtOnce, async ([creatorId, own]) => {
    for (const candidate of own) {
      const { index, event } = candidate;
      const currency = profiles.get(creatorId)?.currency ?? event.data.currency;
      if (event.data.currency === currency) profiles.set(creatorId, await acceptProfile(table, event));
      else {
        refused.add(candidate);
        reject(
          index,
          'currency_change',
          `data.currency: this creator counts in ${currency}, and all its totals do; open another one`,
        );
      }
    }
  });
  if (failed[0]) throw failed[0].error;
  return { candidates: candidates.filter((candidate) => !refused.has(candidate)), profiles };
}
