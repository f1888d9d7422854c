/** Who is this creator, how do the sources fare, and on which days are there numbers? */
import { getCreator } from '../../../shared/api/profile.ts';
import { reportDataDays } from '../../../shared/reports/data-span.ts';
import { describeProfile } from '../../../shared/reports/profile.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { isNear } from '../../http/identity.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const creator = route(getCreator, async ({ creatorId, now, identity }, { table }: ReportContext) => {
  const scope = await openScope(table, creatorId, now);
  const { email, ...profile } = describeProfile(scope.profile, scope.progress, now);
  const described = { ...profile, ...(await reportDataDays(scope)) };
  return { json: isNear(identity, creatorId) && email !== undefined ? { ...described, email } : described };
});
