/** Who is this creator, and how do the sources fare? */
import { getCreator } from '../../../shared/api/profile.ts';
import { describeProfile } from '../../../shared/reports/profile.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { isNear } from '../../http/identity.ts';
import { route } from '../../http.ts';
import type { Reader } from '../reader.ts';

export const creator = route(getCreator, async ({ creatorId, now, identity }, { table }: Reader) => {
  const { profile, progress } = await openScope(table, creatorId, now);
  const { email, ...described } = describeProfile(profile, progress, now);
  return { json: isNear(identity, creatorId) && email !== undefined ? { ...described, email } : described };
});
