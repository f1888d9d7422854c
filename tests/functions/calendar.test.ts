/** Is the calendar kept as it was sent, for its creator alone, with days that are days, and never over a change that was not seen? */
import { describe, expect, it } from 'vitest';
import { entryKinds, putCalendar } from '../../shared/api/calendar.ts';
import { noon, useOwnList } from '../make/own-list.ts';

const path = '/v1/creators/{creatorId}/calendar';
const sale = { id: 'sale', from: '2026-03-20', to: '2026-03-22', kind: 'promotion', title: 'Spring sale' };
const { call, get, put, pass } = useOwnList(path);

describe('the calendar', () => {
  it('is empty in version 0 at first', async () =>
    expect(await get()).toMatchObject({ status: 200, json: { version: 0, entries: [] } }));

  it('is answered as it was sent, in its order, of every kind, with a product or without', async () => {
    const entries = entryKinds.map((kind, i) => ({ ...sale, id: kind, kind, ...(i % 2 ? { productId: 'p-1' } : {}) }));
    const sent = await put({ version: 0, entries });
    expect(sent).toMatchObject({ status: 200, json: { version: 1 } });
    expect(sent.json.entries).toEqual(entries.map((each) => ({ ...each, savedAt: noon })));
    expect((await get()).json).toEqual(sent.json);
  });

  it('keeps the instant of what did not change, and takes that of what did', async () => {
    const { entries } = (await put({ version: 0, entries: [sale, { ...sale, id: 'other', productId: 'p-1' }] })).json;
    pass(60_000);
    const { json } = await put({ version: 1, entries: [{ ...entries[1], productId: 'p-2' }, entries[0]] });
    expect(json.entries.map(({ id, savedAt }: { id: string; savedAt: string }) => [id, savedAt])).toEqual([
      ['other', '2026-03-20T12:01:00.000Z'],
      ['sale', noon],
    ]);
  });

  it('stands beside the saved views and does not count for them', async () => {
    await put({ version: 0, entries: [sale] });
    const views = '/v1/creators/{creatorId}/saved-views';
    const { json } = await call({ route: `GET ${views}` });
    expect(json).toEqual({ version: 0, views: [] });
  });

  it('of the largest size fits into its item', async () => {
    const entries = Array.from({ length: 300 }, (_, i) => ({
      ...sale,
      id: `${i}`.padEnd(64, 'x'),
      to: '2027-03-20',
      kind: 'working_day',
      title: '字'.repeat(120),
      productId: '字'.repeat(128),
    }));
    expect((await put({ version: 0, entries })).status).toBe(200);
    expect((await get()).json.entries).toHaveLength(300);
  });

  it('of a version that is no longer there is refused and changes nothing', async () => {
    await put({ version: 0, entries: [sale] });
    const late = await put({ version: 0, entries: [] });
    expect(late).toMatchObject({ status: 409, json: { code: 'conflict', detail: expect.stringContaining('version 0') } });
    expect((await get()).json).toMatchObject({ version: 1, entries: [sale] });
  });

  it('that many send at once is taken once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, i) => put({ version: 0, entries: [{ ...sale, title: `Of ${i}` }] })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
  });

  it('as the description shows it is taken', async () => {
    expect((await put(putCalendar.body?.example)).status).toBe(200);
  });
});

describe('an entry', () => {
  const entries = (more: object) => ({ version: 0, entries: [{ ...sale, ...more }] });
  it.each([
    ['a title of nothing', entries({ title: '  ' }), 'entries.0.title'],
    ['a title of 121 letters', entries({ title: 'x'.repeat(121) }), 'entries.0.title'],
    ['a title with a control character', entries({ title: 'a\u0007b' }), 'entries.0.title'],
    ['a day that no month has', entries({ from: '2026-02-30' }), 'entries.0.from'],
    ['a year that is none', entries({ from: '0001-01-01' }), 'entries.0.from'],
    ['a year that is far', entries({ to: '9999-01-01' }), 'entries.0.to'],
    ['days out of order', entries({ to: '2026-03-19' }), 'entries.0.from'],
    ['more than a year of days', entries({ to: '2027-03-21' }), 'entries.0.to'],
    ['a kind that is none', entries({ kind: 'party' }), 'entries.0.kind'],
    ['an endless product', entries({ productId: 'x'.repeat(129) }), 'entries.0.productId'],
    ['an id with a slash', entries({ id: 'a/b' }), 'entries.0.id'],
    ['one id twice', { version: 0, entries: [sale, sale] }, 'entries.1.id'],
    ['300 beside it', { version: 0, entries: Array.from({ length: 301 }, (_, i) => ({ ...sale, id: `e-${i}` })) }, 'entries'],
    ['a field of its own', entries({ colour: 'red' }), 'entries.0.colour'],
    ['no version', { entries: [sale] }, 'version'],
  ])('with %s is refused', async (_, body, where) => {
    const { status, json } = await put(body);
    expect([status, json.issues?.map(({ path: at }: { path: string }) => at)]).toEqual([400, [where]]);
    expect((await get()).json.version).toBe(0);
  });
});

describe('a caller', () => {
  it('finds another tenant’s calendar like that of nobody, and cannot write it', async () => {
    await put({ version: 0, entries: [sale] });
    const unknown = await get({ creatorId: 'c-nobody', as: 'c-nobody' });
    for (const as of ['c-other', undefined]) {
      const [read, written] = [await get({ as }), await put({ version: 1, entries: [] }, { as })];
      expect([read.status, read.text, written.status, written.text]).toEqual([404, unknown.text, 404, unknown.text]);
    }
    expect((await get()).json.version).toBe(1);
  });

  it('who is an admin writes, an analyst only reads, a machine not even that', async () => {
    const body = { version: 0, entries: [sale] };
    expect((await put(body, { roles: ['analyst'], as: undefined })).status).toBe(403);
    expect((await put(body, { roles: ['admin'], as: undefined })).status).toBe(200);
    expect((await get({ roles: ['analyst'], as: undefined })).status).toBe(200);
    expect((await get({ roles: ['service'] })).status).toBe(403);
  });
});
