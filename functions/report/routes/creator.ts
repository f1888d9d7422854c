/** Who is this creator, and how do the sources fare? */
import { getCreator } from '../../../shared/api/profile.ts';
import { describeProfile } from '../../../shared/reports/profile.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { route } from '../../http.ts';
import type { Reader } from '../reader.ts';

export const creator = route(getCreator, async ({ creatorId, now }, { table }: Reader) => {
  const { profile, progress } = await openScope(table, creatorId, now);
  return { json: describeProfile(profile, progress, now) };
});
