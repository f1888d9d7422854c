/** Are saved views kept as they were sent, for their creator alone, and never over a change that was not seen? */
import { describe, expect, it } from 'vitest';
import { putSavedViews } from '../../shared/api/saved-views.ts';
import { noon, useOwnList } from '../make/own-list.ts';

const path = '/v1/creators/{creatorId}/saved-views';
const view = { id: 'march', name: 'March', path: '/kpis', search: '?by=channel' };
const { get, put, pass } = useOwnList(path);

describe('saved views', () => {
  it('are none in version 0 at first', async () =>
    expect(await get()).toMatchObject({ status: 200, json: { version: 0, views: [] } }));

  it('are answered as they were sent, in their order', async () => {
    const views = [view, { ...view, id: 'april', name: 'April' }];
    const sent = await put({ version: 0, views });
    expect(sent).toMatchObject({ status: 200, json: { version: 1 } });
    expect(sent.json.views).toEqual(views.map((each) => ({ ...each, savedAt: noon })));
    expect((await get()).json).toEqual(sent.json);
  });

  it('keep the instant of what did not change when the list is sent back', async () => {
    const { views } = (await put({ version: 0, views: [view, { ...view, id: 'april' }] })).json;
    pass(60_000);
    const changed = await put({ version: 1, views: [views[1], { ...views[0], name: 'Spring' }] });
    expect(changed.json).toMatchObject({
      version: 2,
      views: [
        { id: 'april', savedAt: noon },
        { id: 'march', savedAt: '2026-03-20T12:01:00.000Z' },
      ],
    });
  });

  it('can be emptied, and go on counting', async () => {
    await put({ version: 0, views: [view] });
    expect((await put({ version: 1, views: [] })).json).toEqual({ version: 2, views: [] });
    expect((await put({ version: 0, views: [view] })).status).toBe(409);
  });

  it('of the largest size fit into their item', async () => {
    const views = Array.from({ length: 50 }, (_, i) => ({
      id: `${i}`.padEnd(64, 'x'),
      name: '字'.repeat(80),
      path: `/${'字'.repeat(199)}`,
      search: '字'.repeat(2000),
    }));
    expect((await put({ version: 0, views })).status).toBe(200);
    expect((await get()).json.views).toHaveLength(50);
  });
});

describe('a change', () => {
  it('of a version that is no longer there is refused, says so, and changes nothing', async () => {
    await put({ version: 0, views: [view] });
    const late = await put({ version: 0, views: [] });
    expect(late).toMatchObject({ status: 409, json: { code: 'conflict', detail: expect.stringContaining('version 0') } });
    expect((await put({ version: 7, views: [] })).status).toBe(409);
    expect((await get()).json).toMatchObject({ version: 1, views: [view] });
  });

  it('that many send at once is taken once', async () => {
    for (const version of [0, 1]) {
      const views = Array.from({ length: 6 }, (_, i) => [{ ...view, name: `Of ${i}` }]);
      const answers = await Promise.all(views.map((each) => put({ version, views: each })));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409]);
      const taken = answers.find(({ status }) => status === 200);
      expect((await get()).json).toEqual(taken?.json);
    }
  });
});

describe('a name', () => {
  it.each([
    '<script>alert(1)</script>',
    '"><img src=x onerror=alert(1)>',
    '\u202Emoor\u202C shop',
    '\u200Fمتجر\u200F',
    '👩\u200D👩\u200D👧\u200D👦 🌹',
    '__proto__',
    "'; DROP TABLE views; --",
    '字'.repeat(80),
  ])('%j is answered letter for letter, as JSON', async (name) => {
    await put({ version: 0, views: [{ ...view, name }] });
    const { json, headers } = await get();
    expect(json.views[0].name).toBe(name);
    expect(headers).toMatchObject({ 'content-type': 'application/json', 'x-content-type-options': 'nosniff' });
  });
});

describe('a list', () => {
  const views = (more: object) => ({ version: 0, views: [{ ...view, ...more }] });
  it.each([
    ['a name of nothing', views({ name: ' ' }), 'views.0.name'],
    ['a name of 81 letters', views({ name: 'x'.repeat(81) }), 'views.0.name'],
    ['a name with a control character', views({ name: 'a\u0000b' }), 'views.0.name'],
    ['half a letter for a name', views({ name: '\ud83d' }), 'views.0.name'],
    ['a path without its slash', views({ path: 'kpis' }), 'views.0.path'],
    ['a path of 201 letters', views({ path: `/${'x'.repeat(200)}` }), 'views.0.path'],
    ['a path to another host', views({ path: '//evil.example' }), 'views.0.path'],
    ['a path that a browser takes for one', views({ path: '/\\evil.example' }), 'views.0.path'],
    ['a script for a path', views({ path: 'javascript:alert(1)' }), 'views.0.path'],
    ['an endless search', views({ search: 'x'.repeat(2001) }), 'views.0.search'],
    ['an id with a slash', views({ id: 'a/b' }), 'views.0.id'],
    ['one id twice', { version: 0, views: [view, view] }, 'views.1.id'],
    ['51 views', { version: 0, views: Array.from({ length: 51 }, (_, i) => ({ ...view, id: `v-${i}` })) }, 'views'],
    ['a field of its own', views({ owner: 'c-2' }), 'views.0.owner'],
    ['no version', { views: [view] }, 'version'],
    ['a version below none', { version: -1, views: [view] }, 'version'],
    ['no views', { version: 0 }, 'views'],
  ])('with %s is refused', async (_, body, where) => {
    const { status, json } = await put(body);
    expect([status, json.issues?.map(({ path: at }: { path: string }) => at)]).toEqual([400, [where]]);
    expect((await get()).json.version).toBe(0);
  });

  it('as the description shows it is taken', async () => {
    expect((await put(putSavedViews.body?.example)).status).toBe(200);
  });
});

describe('a caller', () => {
  it('finds another tenant’s views like those of nobody, and cannot write them', async () => {
    await put({ version: 0, views: [view] });
    const unknown = await get({ creatorId: 'c-nobody', as: 'c-nobody' });
    expect(unknown.status).toBe(404);
    for (const as of ['c-other', undefined]) {
      const [read, written] = [await get({ as }), await put({ version: 1, views: [] }, { as })];
      expect([read.status, read.text, written.status, written.text]).toEqual([404, unknown.text, 404, unknown.text]);
    }
    expect((await get()).json.version).toBe(1);
  });

  it('who is an admin keeps views for any creator, but for none that does not exist', async () => {
    const admin = { roles: ['admin'], as: undefined };
    expect((await put({ version: 0, views: [view] }, admin)).status).toBe(200);
    expect((await put({ version: 0, views: [view] }, { ...admin, creatorId: 'c-nobody' })).status).toBe(404);
  });

  it('who is an analyst reads only; a machine not even that', async () => {
    const analyst = { roles: ['analyst'], as: undefined };
    expect((await get(analyst)).status).toBe(200);
    expect((await put({ version: 0, views: [view] }, analyst)).status).toBe(403);
    expect((await put({ version: 0, views: [view] }, { roles: ['creator', 'analyst'], as: 'c-other' })).status).toBe(404);
    expect((await get({ roles: ['service'] })).status).toBe(403);
  });
});
