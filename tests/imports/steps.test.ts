/** Does an import go from dropped files over a dry run to counted events, once, and only for its own creator? */
import { zipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { withChange } from '../make/faults.ts';
import { type ImportDesk, makeImportDesk } from '../make/import-desk.ts';
import { orderFile, shop, threeFiles, us } from '../make/seller-drop.ts';
import { csvOf } from '../make/seller-files.ts';
import { ordersGrid, personal } from '../make/seller-grids.ts';
import { secondExport } from '../make/seller-shop.ts';

let desk: ImportDesk;
beforeAll(async () => {
  desk = await makeImportDesk();
});
afterAll(() => desk.close());

const path = '/v1/creators/{creatorId}/imports';
const orders = () => ({ [orderFile]: csvOf(ordersGrid(shop, us, secondExport)) });

describe('three files of a new shop', () => {
  it('are shown before anything is sent, without what is about persons', async () => {
    const id = await desk.drop(threeFiles());
    expect((await desk.get(id)).status).toBe('waiting');
    expect((await desk.step(id, 'survey')).status).toBe(202);
    expect(await desk.run()).toEqual(['surveyed']);
    const job = await desk.get(id);
    expect(job).toMatchObject({ status: 'to_confirm', refusals: [], questions: [] });
    expect(job.survey).toMatchObject({ market: 'US', currency: 'USD', zone: 'America/Los_Angeles' });
    const kinds = job.survey.files.flatMap((file: { tables: { kind: string }[] }) => file.tables.map(({ kind }) => kind));
    expect(kinds).toEqual(expect.arrayContaining(['orders', 'returns', 'income']));
    expect(job.survey.entities).toContainEqual({ entity: 'order', count: shop.length });
    for (const each of personal) expect(JSON.stringify(job)).not.toContain(each);
    expect((await desk.onStream()).size).toBe(0);
  });

  it('are counted once they are confirmed, the creator first, and their files are gone', async () => {
    const job = await desk.imported(threeFiles());
    expect(job).toMatchObject({ status: 'done', accepted: job.survey.events, refused: [], progress: { of: job.survey.events } });
    const subjects = [...(await desk.onStream()).keys()];
    expect(subjects[0]).toBe('creator/c-1');
    expect(subjects.filter((each) => /^order\/[^/]+$/.test(each))).toHaveLength(shop.length);
    expect((await desk.keys()).filter((key) => key.startsWith('uploads/') && key.includes(job.id))).toEqual([]);
  });

  it('again are the same snapshots: nothing new can be counted', async () => {
    const before = await desk.onStream();
    expect((await desk.imported(threeFiles())).status).toBe('done');
    expect(await desk.onStream()).toEqual(before);
  });
});

describe('two confirmations at once', () => {
  const both = async (id: string) => Promise.all([desk.step(id, 'confirm'), desk.step(id, 'confirm')]);
  const surveyed = async () => {
    const id = await desk.drop(orders());
    await desk.step(id, 'survey');
    await desk.run();
    return id;
  };

  it('import once', async () => {
    const id = await surveyed();
    expect((await both(id)).map(({ status }) => status)).toEqual([202, 202]);
    expect(desk.started).toHaveLength(1);
    expect(await desk.run()).toEqual(['done']);
    expect((await desk.step(id, 'confirm')).json.status).toBe('done');
    expect(desk.started).toEqual([]);
  });

  it('import twice where the state is written without its condition', async () => {
    const id = await surveyed();
    desk.through(
      withChange(desk.table, 'UpdateItemCommand', ({ ConditionExpression: _, ...rest }) => {
        const { ExpressionAttributeValues: values = {}, ...others } = rest as { ExpressionAttributeValues?: object };
        const kept = Object.fromEntries(Object.entries(values).filter(([name]) => !name.startsWith(':from')));
        return { ...others, ExpressionAttributeValues: kept };
      }),
    );
    await both(id);
    desk.through(undefined);
    expect(desk.started.length).toBe(2);
    await desk.run();
  });
});

describe('files that are no good', () => {
  const refusedFor = async (files: { [name: string]: string | Uint8Array }) => {
    const before = (await desk.onStream()).size;
    const id = await desk.drop(files);
    await desk.step(id, 'survey');
    expect(await desk.run()).toEqual(['failed']);
    const job = await desk.get(id);
    expect(job.status).toBe('failed');
    expect((await desk.step(id, 'confirm')).status).toBe(409);
    expect((await desk.onStream()).size).toBe(before);
    return job.refusals.join('\n');
  };

  it('broken off in a workbook: said with the remedy', async () => {
    const [, , [name, workbook]] = Object.entries(threeFiles()) as [unknown, unknown, [string, Uint8Array]];
    expect(await refusedFor({ ...orders(), [name]: workbook.slice(0, workbook.length / 2) })).toMatch(
      /income.*download it again/,
    );
  });
  it('a zip bomb: not unpacked', async () => {
    const bomb = zipSync({ 'xl/worksheets/sheet1.xml': new Uint8Array(60_000_000) });
    expect(await refusedFor({ 'All order-2026-11-14-23_58.xlsx': bomb })).toMatch(/would unpack to 60 MB/);
  });
  it('of another kind, or of another currency than the shop’s', async () => {
    expect(await refusedFor({ 'holiday.csv': 'a,b\n1,2\n' })).toMatch(/holiday.csv is no file of Seller Center/);
  });

  it('that never came, or came longer than announced', async () => {
    const body = { files: [{ name: orderFile, bytes: 10 }] };
    const { json } = await desk.ask({ route: `POST ${path}`, creatorId: 'c-1', as: 'c-1', body });
    const surveyed = async () => {
      await desk.step(json.id, 'survey');
      await desk.run();
      return (await desk.get(json.id)).refusals;
    };
    expect(await surveyed()).toEqual([`${orderFile} has not arrived: choose it again`]);
    await fetch(json.uploads[0].url, { method: 'PUT', body: 'x'.repeat(5000) });
    expect(await surveyed()).toEqual([`${orderFile} has more bytes than the 10 that were announced: choose it again`]);
    expect(json.uploads[0].url).toMatch(/X-Amz-SignedHeaders=content-length%3Bhost/);
  });

  it.each([
    ['too large', [{ name: 'a.csv', bytes: 600_000_001 }], 'files.0.bytes'],
    ['too large together', Array.from({ length: 3 }, (_, i) => ({ name: `${i}.csv`, bytes: 290_000_000 })), 'files'],
    ['no file', [], 'files'],
    ['of another form', [{ name: 'a.pdf', bytes: 1 }], 'files.0.name'],
  ])('%s: refused before an address is given', async (_, files, where) => {
    const { status, json } = await desk.ask({ route: `POST ${path}`, creatorId: 'c-1', as: 'c-1', body: { files } });
    expect([status, json.issues[0].path]).toEqual([400, where]);
  });

  it('with a name that is a path: kept below its import', async () => {
    const id = await desk.drop({ '../../c-2/x\\..\\evil.csv': 'a,b\n' });
    expect((await desk.get(id)).files[0].name).toBe('evil.csv');
    expect((await desk.keys()).filter((key) => key.includes(id))).toEqual([`uploads/c-1/${id}/0`]);
  });
});

describe('a question', () => {
  it('is asked where the files do not say the time of export, and stands until it is answered', async () => {
    const id = await desk.drop({ 'renamed.csv': csvOf(ordersGrid(shop, us, secondExport)) });
    await desk.step(id, 'survey');
    expect(await desk.run()).toEqual(['surveyed']);
    expect(await desk.get(id)).toMatchObject({ status: 'to_confirm', questions: ['exportedAt'], survey: null });
    expect((await desk.step(id, 'confirm')).json.issues).toEqual([{ path: 'exportedAt', message: 'is missing' }]);
    await desk.step(id, 'survey', { exportedAt: '2026-11-14T23:58:00-08:00' });
    await desk.run();
    expect(await desk.get(id)).toMatchObject({ status: 'to_confirm', questions: [], survey: { market: 'US' } });
  });

  it('about the market of a shop that nobody knows can be answered with the confirmation', async () => {
    const vague = csvOf(ordersGrid(shop, { ...us, money: (minor) => (minor / 100).toFixed(2) }, secondExport)).replaceAll(
      'USD',
      '',
    );
    const id = await desk.drop({ [orderFile]: vague }, {}, 'c-vague');
    await desk.step(id, 'survey', {}, 'c-vague');
    await desk.run();
    expect(await desk.get(id, 'c-vague')).toMatchObject({ questions: ['market'] });
    expect((await desk.step(id, 'confirm', { market: 'US' }, 'c-vague')).status).toBe(202);
    expect(await desk.run()).toEqual(['done']);
    expect((await desk.onStream('c-vague')).size).toBeGreaterThan(shop.length);
  });
});

describe('another’s import', () => {
  it('is not found, by its id or under its creator', async () => {
    const id = await desk.drop(orders());
    for (const name of ['survey', 'confirm'] as const) expect((await desk.step(id, name, {}, 'c-2')).status).toBe(404);
    const read = (creatorId: string, as: string) => desk.ask({ route: `GET ${path}/{id}`, creatorId, as, id });
    expect([(await read('c-1', 'c-2')).status, (await read('c-2', 'c-2')).status]).toEqual([404, 404]);
    const { json } = await desk.ask({ route: `GET ${path}`, creatorId: 'c-2', as: 'c-2' });
    expect(json.imports).toEqual([]);
    const announced = await desk.ask({
      route: `POST ${path}`,
      creatorId: 'c-1',
      as: 'c-2',
      body: { files: [{ name: 'a.csv', bytes: 1 }] },
    });
    expect(announced.status).toBe(404);
    const looked = await desk.ask({ route: `GET ${path}`, creatorId: 'c-1', as: 'c-9', roles: ['analyst'] });
    expect(looked.status).toBe(200);
    const changed = await desk.ask({ route: `POST ${path}/{id}/survey`, creatorId: 'c-1', id, roles: ['analyst'], body: {} });
    expect(changed.status).toBe(403);
  });

  it('of a creator that nobody knows is not begun by somebody else', async () => {
    const body = { files: [{ name: 'a.csv', bytes: 1 }] };
    expect((await desk.ask({ route: `POST ${path}`, creatorId: 'c-none', roles: ['admin'], body })).status).toBe(404);
  });
});

it('a run that cannot be started is answered so, and can be asked for again', async () => {
  const id = await desk.drop(orders());
  const logged = vi.spyOn(console, 'error').mockImplementation(() => {});
  desk.refuseNext(Object.assign(new Error('no answer'), { code: 'ECONNREFUSED' }));
  expect((await desk.step(id, 'survey')).status).toBe(503);
  logged.mockRestore();
  expect((await desk.get(id)).status).toBe('waiting');
  await desk.step(id, 'survey');
  expect(await desk.run()).toEqual(['surveyed']);
});
