/** Which shops are connected, and how do sources fare? */
import { getConnections, getPrivacyRequests, getSources } from '../../../shared/api/connections.ts';
import { noSuchCreator } from '../../../shared/api/refusals.ts';
import { servicesOf } from '../../../shared/connections/describe-carriers.ts';
import { describeConnection, describeSources } from '../../../shared/connections/describe-sources.ts';
import { readMissing } from '../../../shared/reports/missing.ts';
import { openScope } from '../../../shared/reports/scope.ts';
import { readConnections } from '../../../shared/store/connections.ts';
import { readPrivacyNotes } from '../../../shared/store/privacy-requests.ts';
import { readProfiles } from '../../../shared/store/profiles.ts';
import type { Table } from '../../../shared/store/table.ts';
import { route } from '../../http.ts';
import type { ConnectContext } from '../context.ts';

async function requireCreator(table: Table, creatorId: string): Promise<void> {
  if (!(await readProfiles(table, [creatorId])).has(creatorId)) throw noSuchCreator();
}

export const connections = route(getConnections, async ({ creatorId }, { table }: ConnectContext) => {
  await requireCreator(table, creatorId);
  return { json: { connections: (await readConnections(table, creatorId)).map(describeConnection) } };
});

export const sources = route(getSources, async ({ creatorId, now }, { table, keys }: ConnectContext) => {
  const scope = await openScope(table, creatorId, now);
  const known = await keys();
  const here = { now, hasApp: known.tiktokShop !== undefined, services: servicesOf(known) };
  const [described, missing] = await Promise.all([describeSources(table, creatorId, here), readMissing(scope)]);
  return { json: { sources: described, missing } };
});

export const privacyRequests = route(getPrivacyRequests, async ({ creatorId }, { table }: ConnectContext) => {
  await requireCreator(table, creatorId);
  const notes = await readPrivacyNotes(table, creatorId);
  return { json: { requests: notes.map(({ id: _, at, ...note }) => ({ ...note, at: new Date(at).toISOString() })) } };
});
