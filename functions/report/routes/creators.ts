/** Whom may the caller look at? */
import { getCreators } from '../../../shared/api/creators.ts';
import { reportCreators } from '../../../shared/reports/creators.ts';
import { seesOwnOnly } from '../../http/identity.ts';
import { route } from '../../http.ts';
import type { ReportContext } from '../context.ts';

export const creators = route(getCreators, async ({ query, now, identity }, { table, cursorKey }: ReportContext) => {
  const sight = seesOwnOnly(identity, getCreators) ? { creatorId: identity.creatorId } : 'all';
  return { json: await reportCreators(query, sight, { table, now, key: cursorKey }) };
});
