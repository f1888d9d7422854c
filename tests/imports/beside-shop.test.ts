/** Does a file of Seller Center leave alone what the connected shop has told itself, which knows more than a file? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { acceptBatch } from '../../shared/ingest/accept.ts';
import { noteConnection, putConnection } from '../../shared/store/connections.ts';
import { makeCreator } from '../make/events.ts';
import { type ImportDesk, makeImportDesk } from '../make/import-desk.ts';
import { shop, threeFiles, us } from '../make/seller-drop.ts';
import { workbookOf } from '../make/seller-files.ts';
import { incomeSheets } from '../make/seller-grids.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const aDay = 86_400_000;
let desk: ImportDesk;
beforeAll(async () => {
  desk = await makeImportDesk('2026-11-30T12:00:00Z');
});
afterAll(() => desk.close());

async function say(event: CloudEvent): Promise<void> {
  const { rejected } = await acceptBatch([event], { table: desk.table, stream: desk.stream, epoch: 1 }, now);
  expect(rejected).toEqual([]);
  await desk.apply();
}

/** A creator whose shop was connected and last read at these instants (ms). */
async function connected(creatorId: string, connectedAt: number, lastSuccess: number): Promise<void> {
  await say(makeCreator(creatorId, { timeZone: 'America/Los_Angeles', currency: 'USD' }, '2026-01-01T00:00:00Z'));
  const shop = { vendor: 'tiktok-shop', shopId: `1-${creatorId}` };
  const more = { name: 'Rosa', cipher: 'c', authorisation: 'a', scopes: [], refreshExpiresAt: now + aDay };
  const granted = { ...shop, creatorId, connectedAt, ...more };
  await putConnection(desk.table, granted);
  await noteConnection(desk.table, granted, { importedAt: connectedAt + 1, lastSuccess });
}

/** Subjects of orders and their parts that an import put on the stream; and how it was shown before. */
async function imported(creatorId: string) {
  const done = await desk.imported(threeFiles(), creatorId);
  expect(done.status).toBe('done');
  const subjects = [...(await desk.onStream(creatorId)).keys()];
  const of = (name: string) => done.survey.changes.find((each: { entity: string }) => each.entity === name);
  return { orders: subjects.filter((subject) => /^order\//.test(subject)), shown: of('order') };
}

it('all of them count where no shop is connected', async () => {
  await say(makeCreator('c-none', { timeZone: 'America/Los_Angeles', currency: 'USD' }, '2026-01-01T00:00:00Z'));
  const { orders, shown } = await imported('c-none');
  expect(orders.length).toBeGreaterThan(20);
  expect(shown).toMatchObject({ older: 0 });
});

it('what the shop told when it was read after the export is left out, and shown as older before', async () => {
  await connected('c-read', now - 3 * aDay, now - 60_000);
  const { orders, shown } = await imported('c-read');
  expect(orders).toEqual([]);
  expect(shown).toMatchObject({ created: 0, changed: 0 });
  expect(shown.older).toBeGreaterThan(10);
});

it('an export that was made after the last reading of a shop that has to be connected again counts', async () => {
  await connected('c-away', now - 60 * aDay, Date.parse('2026-11-10T00:00:00Z'));
  expect((await imported('c-away')).orders.length).toBeGreaterThan(20);
});

it('what lies before the reach of the shop counts', async () => {
  // Its first reading goes back a year: here it began after all that is in the files.
  await connected('c-late', now + 366 * aDay, now - 60_000);
  expect((await imported('c-late')).orders.length).toBeGreaterThan(20);
});

it('a statement of which no order is known is said to be of another shop, one of the shop itself is not', async () => {
  await say(makeCreator('c-paid', { timeZone: 'America/Los_Angeles', currency: 'USD' }, '2026-01-01T00:00:00Z'));
  await imported('c-paid');
  await desk.apply();
  const noted = async (isStrange: boolean): Promise<string[]> => {
    const sheets = incomeSheets(shop, us, 1);
    const rows = sheets['Order details'] ?? [];
    const other = rows.map((cells, r) => (r > 0 && isStrange ? cells.with(0, `77${String(cells[0]).slice(2)}`) : cells));
    const file = { 'income_20261116091516(UTC-8).xlsx': workbookOf({ ...sheets, 'Order details': other }) };
    const id = await desk.drop(file, {}, 'c-paid');
    await desk.step(id, 'survey', {}, 'c-paid');
    await desk.run();
    const job = await desk.get(id, 'c-paid');
    return job.survey.notes.map(({ what }: { what: string }) => what);
  };
  expect(await noted(false)).toEqual([]);
  expect(await noted(true)).toEqual([expect.stringMatching(/of another shop, so do not count them/)]);
});
