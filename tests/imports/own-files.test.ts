/** Do a seller's own tables come in by the page: shown with what they would change, one bad row stopping no other, and mended ones too? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ImportDesk, makeImportDesk } from '../make/import-desk.ts';
import { threeFiles } from '../make/seller-drop.ts';

let desk: ImportDesk;
beforeAll(async () => {
  desk = await makeImportDesk();
});
afterAll(() => desk.close());

const creators = 'name,time_zone,currency\nMy shop,America/New_York,USD\n';
const costs = (...rows: string[]) => ['sku,valid_from,unit_cost', ...rows, ''].join('\r\n');
const surveyed = async (files: { [name: string]: string | Uint8Array }, creator: string) => {
  const id = await desk.drop(files, {}, creator);
  await desk.step(id, 'survey', {}, creator);
  await desk.run();
  return desk.get(id, creator);
};
const confirmed = async (id: string, creator: string) => {
  await desk.step(id, 'confirm', {}, creator);
  await desk.run();
  await desk.apply();
  return desk.get(id, creator);
};

describe('a shop that nobody knows', () => {
  it('is asked for its profile, and brings it in a file', async () => {
    const alone = await surveyed({ 'costs.csv': costs('S,2026-01-01,1') }, 'c-new');
    expect(alone).toMatchObject({ status: 'failed', refusals: [expect.stringMatching(/drop a filled-in template of creators/)] });
    const job = await surveyed({ 'creators.csv': creators, 'costs.csv': costs('S,2026-01-01,1') }, 'c-new');
    expect(job.survey).toMatchObject({ currency: 'USD', zone: 'America/New_York' });
    expect(job.survey.changes).toEqual([
      { entity: 'creator', created: 1, changed: 0, unchanged: 0, older: 0 },
      { entity: 'unit-cost', created: 1, changed: 0, unchanged: 0, older: 0 },
    ]);
    expect(await confirmed(job.id, 'c-new')).toMatchObject({ status: 'done', accepted: 2, refused: [] });
  });
});

describe('costs with a bad row', () => {
  it('come in without it; the row can be had, mended and dropped again', async () => {
    await desk.imported({ 'creators.csv': creators }, 'c-bad');
    await desk.apply();
    const job = await surveyed({ 'costs.csv': costs('S-1,2026-01-01,6.40', '=S-2,2026-01-01,six', 'S-3,2026-01-01,3') }, 'c-bad');
    expect(job.survey).toMatchObject({ events: 2, refusedFiles: ['costs.csv'], currency: 'USD', zone: 'America/New_York' });
    expect(job.survey.wrong[0].examples[0]).toMatch(/^costs.csv line 3, column unit_cost: six is not an amount/);
    expect((await confirmed(job.id, 'c-bad')).accepted).toBe(2);
    const told = (await desk.stream.records()).map(({ record }) => record.event);
    expect(told.findLast(({ creatorid, type }) => creatorid === 'c-bad' && type.includes('operation'))?.data).toEqual({
      requests: 3,
      failures: [{ kind: 'wrong in the file', count: 1 }],
    });
    const { 'costs.csv': back = '' } = await desk.refused(job.id, 'c-bad');
    expect(back.split('\r\n')[1]).toMatch(/^'=S-2,2026-01-01,six,.*unit_cost six is not an amount/);
    const mended = await surveyed({ 'costs.csv': back.replace(',six,', ',6,') }, 'c-bad');
    expect(mended.survey).toMatchObject({ events: 1, wrong: [], changes: [{ entity: 'unit-cost', created: 1 }] });
    await confirmed(mended.id, 'c-bad');
    const subjects = [...(await desk.onStream('c-bad')).keys()].filter((each) => each.startsWith('unit-cost'));
    expect(subjects.sort()).toEqual(['unit-cost/=S-2/2026-01-01', 'unit-cost/S-1/2026-01-01', 'unit-cost/S-3/2026-01-01']);
  });

  it('dropped again are told to change nothing, and a newer amount to change one', async () => {
    const files = (amount: string) => ({ 'costs.csv': costs('S-1,2026-01-01,6.40', `S-3,2026-01-01,${amount}`) });
    expect((await surveyed(files('3'), 'c-bad')).survey.changes).toEqual([
      { entity: 'unit-cost', created: 0, changed: 0, unchanged: 2, older: 0 },
    ]);
    desk.setNow('2026-11-30T12:30:00Z');
    expect((await surveyed(files('4'), 'c-bad')).survey.changes).toEqual([
      { entity: 'unit-cost', created: 0, changed: 1, unchanged: 1, older: 0 },
    ]);
    desk.setNow('2026-11-30T11:00:00Z');
    expect((await surveyed(files('4'), 'c-bad')).survey.changes).toEqual([
      { entity: 'unit-cost', created: 0, changed: 0, unchanged: 1, older: 1 },
    ]);
    desk.setNow('2026-11-30T12:00:00Z');
  });

  it('says before it is confirmed what the service would not take', async () => {
    const stock = 'sku,day,on_hand\nS-1,2027-03-01,4\nS-1,2026-03-01,4\n';
    const job = await surveyed(
      { 'stock.csv': stock, 'costs.csv': 'sku,valid_from,unit_cost,currency\nS,2026-01-01,1,EUR\n' },
      'c-bad',
    );
    expect(job.survey.wrong.flatMap(({ examples }: { examples: string[] }) => examples)).toEqual([
      expect.stringMatching(/amounts in EUR need a rate to USD: fill the column exchange_rate/),
      expect.stringMatching(/2027-03-01 is more than 24 hours ahead/),
    ]);
    expect(job.survey.events).toBe(1);
    expect((await confirmed(job.id, 'c-bad')).refused).toEqual([]);
  });
});

describe('what is not for this creator', () => {
  it('is refused row by row', async () => {
    const job = await surveyed(
      { 'costs.csv': 'creator_id,sku,valid_from,unit_cost\nc-new,S,2026-01-01,1\nc-bad,S,2026-01-02,1\n' },
      'c-bad',
    );
    expect(job.survey.wrong[0].examples[0]).toMatch(/c-new is another creator than c-bad/);
    await confirmed(job.id, 'c-bad');
    expect([...(await desk.onStream('c-new')).keys()]).not.toContain('unit-cost/S/2026-01-02');
  });

  it('can nobody else look at', async () => {
    const job = await surveyed({ 'costs.csv': costs('S,2026-01-01,x') }, 'c-bad');
    await expect(desk.refused(job.id, 'c-new')).rejects.toThrow();
    expect(Object.keys(await desk.refused(job.id, 'c-bad'))).toEqual(['costs.csv']);
  });

  it('is told apart from files of Seller Center, which come in by themselves', async () => {
    const job = await surveyed({ ...threeFiles(), 'costs.csv': costs('S,2026-01-01,1') }, 'c-bad');
    expect(job.status).toBe('failed');
    expect(job.refusals).toHaveLength(3);
    for (const refusal of job.refusals) expect(refusal).toMatch(/drop the two apart/);
  });
});

it('a workbook is read as its rows are', async () => {
  const { workbookOf } = await import('../make/seller-files.ts');
  const book = workbookOf({
    costs: [
      ['sku', 'valid_from', 'unit_cost'],
      ['W-1', '2026-01-01', 6.4],
    ],
  });
  const job = await surveyed({ 'book.xlsx': book }, 'c-bad');
  expect(job.survey).toMatchObject({ events: 1, wrong: [], changes: [{ entity: 'unit-cost', created: 1 }] });
});

it('every template can be had, and no other', async () => {
  const get = async (id: string) => desk.ask({ route: 'GET /v1/import-templates/{id}', as: 'c-bad', id });
  const { json } = await desk.ask({ route: 'GET /v1/import-templates', as: 'c-bad' });
  for (const { kind } of json.templates)
    for (const form of ['csv', 'xlsx'])
      expect((await get(`${kind}.${form}`)).json.base64.length, `${kind}.${form}`).toBeGreaterThan(20);
  expect((await get('costs.pdf')).json.detail).toMatch(/name one of creators, products,/);
});
