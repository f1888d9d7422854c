/** What was done with a recommendation? */
import { adviceId, postDismissed, postDone } from '../../../shared/api/recommendations.ts';
import { noSuchCreator } from '../../../shared/api/refusals.ts';
import { ApiError } from '../../../shared/errors.ts';
import { type AdviceMark, putMark } from '../../../shared/store/advice-marks.ts';
import { readProfiles } from '../../../shared/store/profiles.ts';
import type { Table } from '../../../shared/store/table.ts';
import { route } from '../../http.ts';
import type { SettingsContext } from '../context.ts';

async function keep(table: Table, creatorId: string, mark: AdviceMark) {
  if (!adviceId.safeParse(mark.id).success) throw new ApiError('not_found', 'There is no such recommendation.');
  if (!(await readProfiles(table, [creatorId])).has(creatorId)) throw noSuchCreator();
  if (!(await putMark(table, creatorId, mark)))
    throw new ApiError('conflict', 'Recommendations are being marked by others: try again.');
  return { json: { id: mark.id, state: mark.state, at: mark.at } };
}

export const done = route(postDone, ({ creatorId, id, body, now }, { table }: SettingsContext) =>
  keep(table, creatorId, { id, state: 'done', at: new Date(now).toISOString(), ...body }),
);

export const dismissed = route(postDismissed, ({ creatorId, id, body, now }, { table }: SettingsContext) =>
  keep(table, creatorId, { id, state: 'dismissed', at: new Date(now).toISOString(), ...body }),
);
