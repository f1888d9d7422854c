/** What does a creator want to reach? */
import { type Goal, getGoals, putGoals } from '../../../shared/api/goals.ts';
import { goalsPlace, type VersionedList } from '../../../shared/store/versioned-list.ts';
import { route } from '../../http.ts';
import type { SettingsContext } from '../context.ts';
import { findList, replaceList } from '../versioned-list.ts';

type Kept = Omit<Goal, 'savedAt'>;

const place = { ...goalsPlace, what: 'The list of goals is' };
const answerOf = ({ version, entries }: VersionedList<Kept>) => ({ json: { version, goals: entries } });

export const goals = route(getGoals, async ({ creatorId }, { table }: SettingsContext) =>
  answerOf(await findList<Kept>(table, creatorId, place)),
);

export const newGoals = route(putGoals, async ({ creatorId, body, now }, { table }: SettingsContext) =>
  answerOf(await replaceList<Kept>(table, creatorId, place, { version: body.version, entries: body.goals }, now)),
);
