/** Are terms of ordering kept as they were sent, one entry for a SKU, within the days that are forecast; and is what was done with advice? */
import { describe, expect, it } from 'vitest';
import { putStockTerms } from '../../shared/api/stock-terms.ts';
import { noon, useOwnList } from '../make/own-list.ts';

const entry = {
  ...{ id: 'a', sku: 's/1', leadDays: 21, leadDeviation: 4.5, safetyDays: 2, coverDays: 28 },
  ...{ minimumOrder: 50, packSize: 12 },
};
const { get, put, call } = useOwnList('/v1/creators/{creatorId}/stock-terms');

describe('terms of ordering', () => {
  it('are none at first, and answered as they were sent', async () => {
    expect((await get()).json).toEqual({ version: 0, terms: [] });
    expect((await put({ version: 0, terms: [entry] })).json).toEqual({ version: 1, terms: [{ ...entry, savedAt: noon }] });
    expect((await put({ version: 0, terms: [] })).status).toBe(409);
  });

  it.each([
    ['twice of a SKU', [entry, { ...entry, id: 'b' }], 's/1 is there twice: change the first entry'],
    [
      'beyond the forecast',
      [{ ...entry, leadDays: 91 }],
      'lead time, safety days and cover are at most 120 days together: demand is forecast so far',
    ],
  ])('%s are refused', async (_, terms, message) => {
    const { status, json } = await put({ version: 0, terms });
    expect(status).toBe(400);
    expect(json.issues.map((each: { message: string }) => each.message)).toContain(message);
  });

  it('have an example that is taken', async () => expect((await put(putStockTerms.body?.example)).status).toBe(200));
});

it('advice is marked as done or put off, and what is none is not', async () => {
  const body = { money: 100, number: 3, judgedAfterDays: 14 };
  const mark = (id: string, what: string) =>
    call({ route: `POST /v1/creators/{creatorId}/recommendations/{id}/${what}`, id, body });
  const id = 'runs_out-0123456789ab';
  expect((await mark(id, 'done')).json).toEqual({ id, state: 'done', at: noon });
  expect((await mark(id, 'dismiss')).json).toEqual({ id, state: 'dismissed', at: noon });
  expect((await mark('nothing', 'done')).status).toBe(404);
});
