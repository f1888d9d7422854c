/** Are goals kept as they were sent, one for a number and a month, each with a target that the number can have? */
import { describe, expect, it } from 'vitest';
import { putGoals } from '../../shared/api/goals.ts';
import { noon, useOwnList } from '../make/own-list.ts';

const path = '/v1/creators/{creatorId}/goals';
const goal = { id: 'march', name: 'gmv', month: '2026-03', target: 1_500_000 };
const { get, put } = useOwnList(path);

describe('goals', () => {
  it('are none in version 0 at first, and answered as they were sent', async () => {
    expect((await get()).json).toEqual({ version: 0, goals: [] });
    const goals = [goal, { ...goal, id: 'rate', name: 'refundRate', target: 0.02 }];
    expect((await put({ version: 0, goals })).json).toEqual({
      version: 1,
      goals: goals.map((each) => ({ ...each, savedAt: noon })),
    });
    expect((await get()).json.goals).toHaveLength(2);
    expect((await put({ version: 0, goals: [] })).status).toBe(409);
  });

  it.each([
    [
      'a second one for its number and month',
      [goal, { ...goal, id: 'again' }],
      'is the second goal for gmv in 2026-03: change the first one',
    ],
    ['a part of a cent', [{ ...goal, target: 10.5 }], 'must be whole: minor units of the currency, or a count'],
    ['nothing', [{ ...goal, target: 0 }], 'must be more than zero'],
    ['no month', [{ ...goal, month: '2026-13' }], 'must be a month such as 2026-03'],
    ['an unknown number', [{ ...goal, name: 'gold' }], 'unknown KPI gold; GET /v1/kpis lists the names'],
    [
      'a number without a total',
      [{ ...goal, name: 'timeToDeliver' }],
      'has no total of a month: choose a count, an amount or a rate',
    ],
  ])('of %s are refused', async (_, goals, message) => {
    const { status, json } = await put({ version: 0, goals });
    expect(status).toBe(400);
    expect(json.issues.map((each: { message: string }) => each.message)).toContain(message);
    expect((await get()).json.version).toBe(0);
  });

  it('have an example that is taken', async () => expect((await put(putGoals.body?.example)).status).toBe(200));
});
