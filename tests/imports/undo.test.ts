/** Is everything as it was before an import once that was undone: every cell, once and again, with what others said since left alone? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import type { ImportStores } from '../../shared/imports/run.ts';
import { acceptBatch } from '../../shared/ingest/accept.ts';
import { tableValues } from '../../shared/lake/compared-values.ts';
import { readEntities } from '../../shared/store/entities.ts';
import { readPartition } from '../../shared/store/partition.ts';
import { makeCreator, makeEvent } from '../make/events.ts';
import { withFault } from '../make/faults.ts';
import { type ImportDesk, makeImportDesk } from '../make/import-desk.ts';
import { someOf } from '../rounds.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
let desk: ImportDesk;
beforeAll(async () => {
  desk = await makeImportDesk('2026-11-30T12:00:00Z');
});
afterAll(() => desk.close());

/** As another source sends: through the door, and counted. */
async function say(...events: CloudEvent[]): Promise<void> {
  const { rejected } = await acceptBatch(events, { table: desk.table, stream: desk.stream, epoch: 1 }, now);
  expect(rejected).toEqual([]);
  await desk.apply();
}

/** Every cell that is not zero, by day and by hour; not how the imports themselves went. */
async function cellsOf(creator: string): Promise<Record<string, number>> {
  const partition = `C#${creator}#1`;
  const { pending, backlog } = await readPartition(desk.table, partition);
  const { day, hour } = await tableValues({ table: desk.table, partition, merged: backlog.applied, pending }, now);
  const all = [...day].map(([cell, value]) => [`day ${cell}`, value] as const);
  const hours = [...hour].map(([cell, value]) => [`hour ${cell}`, value] as const);
  return Object.fromEntries([...all, ...hours].filter(([cell, value]) => value !== 0 && !cell.includes('#operations#')).sort());
}

const order = (creator: string, id: string, at: string, more: object = {}, version = Date.parse(at)): CloudEvent =>
  makeEvent({
    entity: 'order',
    subject: `order/${id}`,
    creator,
    time: at,
    version,
    data: {
      status: 'paid',
      placedAt: at,
      paidAt: at,
      currency: 'USD',
      lines: [{ productId: 'p-1', sku: 's-1', quantity: 1, unitPrice: 1999 }],
      ...more,
    },
  });

const titles = 'order_id,placed_at,paid_at,cancelled_at,product_id,sku,quantity,unit_price';
const row = (id: string, price: string, cancelled = '') =>
  `${id},2026-11-01T10:00:00Z,2026-11-01T10:00:00Z,${cancelled},p-1,s-1,2,${price}`;
const file = (...rows: string[]) => ({
  'orders.csv': [titles, ...rows].join('\n'),
  'costs.csv': 'sku,valid_from,unit_cost\ns-1,2026-01-01,6.40\n',
  'products.csv': 'product_id,title\np-1,Rose serum\np-2,Soap\n',
});

/** A shop with two orders of another source; the first of them the import changes. */
async function shop(creator: string): Promise<void> {
  await say(
    makeCreator(creator, { timeZone: 'UTC', currency: 'USD' }, '2026-01-01T00:00:00Z'),
    order(creator, 'o-1', '2026-11-01T10:00:00Z'),
    order(creator, 'o-2', '2026-11-02T10:00:00Z'),
  );
}
const imported = async (creator: string, ...rows: string[]) => {
  const { id } = await desk.imported(file(...rows), creator);
  await desk.apply();
  return id as string;
};
const rows = [row('o-1', '99.00', '2026-11-03T10:00:00Z'), row('o-3', '5.00')];
const undone = async (id: string, creator: string, change?: (stores: ImportStores) => ImportStores) => {
  expect(await desk.step(id, 'undo', {}, creator)).toMatchObject({ status: 202 });
  await desk.run(change);
  await desk.apply();
  return desk.get(id, creator);
};

describe('an import that is undone', () => {
  it('leaves every cell as it was before, and counts again when it is dropped again', async () => {
    await shop('c-1');
    const before = await cellsOf('c-1');
    const id = await imported('c-1', ...rows);
    const after = await cellsOf('c-1');
    expect(after).not.toEqual(before);
    expect(await desk.get(id)).toMatchObject({ status: 'done', canUndo: true, undone: null });
    const job = await undone(id, 'c-1');
    expect(job).toMatchObject({ status: 'undone', canUndo: false, refusals: [], undone: { back: 5, stay: 0 } });
    expect(await cellsOf('c-1')).toEqual(before);
    const stored = await readEntities(desk.table, 'C#c-1#1', ['order/o-3', 'order/o-1', 'product/p-1']);
    expect(stored.get('order/o-3')?.contributions).toEqual([]);
    await imported('c-1', ...rows);
    expect(await cellsOf('c-1')).toEqual(after);
  });

  it('is told at the dry run of the next one: what was taken back is new again', async () => {
    const id = await desk.drop(file(...rows), {}, 'c-1');
    const again = async () => {
      await desk.step(id, 'survey', {}, 'c-1');
      await desk.run();
      return (await desk.get(id)).survey.changes.find(({ entity }: { entity: string }) => entity === 'order');
    };
    expect(await again()).toMatchObject({ created: 0, changed: 0, unchanged: 2 });
    const last = (
      await desk.ask({ route: 'GET /v1/creators/{creatorId}/imports', creatorId: 'c-1', as: 'c-1' })
    ).json.imports.find(({ canUndo }: { canUndo: boolean }) => canUndo);
    await undone(last.id, 'c-1');
    expect(await again()).toMatchObject({ created: 1, changed: 1, unchanged: 0 });
  });

  it('twice is undone once', async () => {
    await shop('c-twice');
    const before = await cellsOf('c-twice');
    const id = await imported('c-twice', ...rows);
    await undone(id, 'c-twice');
    const count = (await desk.stream.records()).length;
    expect((await desk.step(id, 'undo', {}, 'c-twice')).json.status).toBe('undone');
    expect(await desk.run()).toEqual([]);
    expect((await desk.stream.records()).length).toBe(count);
    expect(await cellsOf('c-twice')).toEqual(before);
  });

  it('leaves alone what another source said since', async () => {
    await shop('c-since');
    const id = await imported('c-since', ...rows);
    const later = Date.parse('2026-11-30T12:00:01Z');
    await say(
      order('c-since', 'o-1', '2026-11-01T10:00:00Z', { channel: 'live' }, later),
      order('c-since', 'o-4', '2026-11-04T10:00:00Z'),
    );
    const job = await undone(id, 'c-since');
    expect(job.undone).toMatchObject({ back: 4, stay: 1 });
    await shop('c-like');
    await say(
      order('c-like', 'o-1', '2026-11-01T10:00:00Z', { channel: 'live' }, later),
      order('c-like', 'o-4', '2026-11-04T10:00:00Z'),
    );
    expect(await cellsOf('c-since')).toEqual(await cellsOf('c-like'));
  });

  it('leaves alone what an import before it brought in the same words', async () => {
    await shop('c-same');
    await imported('c-same', ...rows);
    const after = await cellsOf('c-same');
    desk.setNow('2026-11-30T12:05:00Z');
    const second = await imported('c-same', ...rows);
    desk.setNow('2026-11-30T12:00:00Z');
    expect((await undone(second, 'c-same')).undone).toMatchObject({ back: 0, stay: 0 });
    expect(await cellsOf('c-same')).toEqual(after);
  });

  it('gives way to the one before it, which can be undone then', async () => {
    await shop('c-two');
    const before = await cellsOf('c-two');
    const first = await imported('c-two', ...rows);
    const between = await cellsOf('c-two');
    desk.setNow('2026-11-30T12:10:00Z');
    const second = await imported('c-two', row('o-1', '7.00'), row('o-3', '8.00'), row('o-5', '1.00'));
    const refused = await desk.step(first, 'undo', {}, 'c-two');
    expect(refused).toMatchObject({
      status: 409,
      json: { detail: 'Only the last import can be undone: undo the later one, orders.csv, first.' },
    });
    await undone(second, 'c-two');
    expect(await cellsOf('c-two')).toEqual(between);
    await undone(first, 'c-two');
    expect(await cellsOf('c-two')).toEqual(before);
    desk.setNow('2026-11-30T12:00:00Z');
  });

  it('is refused while it runs, and where nothing was counted', async () => {
    await shop('c-run');
    const id = await desk.drop(file(...rows), {}, 'c-run');
    expect((await desk.step(id, 'undo', {}, 'c-run')).json.detail).toMatch(/Nothing of this import was counted/);
    await desk.step(id, 'survey', {}, 'c-run');
    await desk.run();
    await desk.step(id, 'confirm', {}, 'c-run');
    expect(await desk.step(id, 'undo', {}, 'c-run')).toMatchObject({
      status: 409,
      json: { detail: expect.stringMatching(/wait until it is done/) },
    });
    await desk.run();
    await desk.apply();
  });

  it('says so and counts as before where the archive is behind', async () => {
    await shop('c-behind');
    const id = await imported('c-behind', ...rows);
    const after = await cellsOf('c-behind');
    const job = await undone(id, 'c-behind', (stores) => ({ ...stores, past: { ...stores.past, has: async () => false } }));
    expect(job).toMatchObject({
      status: 'done',
      canUndo: true,
      refusals: [expect.stringMatching(/has not reached the archive yet/)],
    });
    expect(await cellsOf('c-behind')).toEqual(after);
    expect((await undone(id, 'c-behind')).status).toBe('undone');
  });

  it('of another creator is not found', async () => {
    const id = await imported('c-run', row('o-8', '1.00'));
    expect(
      (await desk.ask({ route: 'POST /v1/creators/{creatorId}/imports/{id}/undo', creatorId: 'c-1', as: 'c-1', id, body: {} }))
        .status,
    ).toBe(404);
  });
});

/** Imports and undoes with a fault at a call of the table, then without; answers how many calls the first run made. */
async function undoneOnce(nth: number, when: 'before' | 'after'): Promise<number> {
  const id = await imported('c-kill', ...rows);
  let sent: string[] = [];
  await desk.step(id, 'undo', {}, 'c-kill');
  const [event] = desk.started;
  await desk
    .run((stores) => {
      const watched = withFault(stores.collector.table, nth, when);
      sent = watched.sent;
      return { ...stores, collector: { ...stores.collector, table: watched.table } };
    })
    .catch(() => {});
  if (event) desk.started.push(event);
  await desk.run();
  await desk.apply();
  expect((await desk.get(id, 'c-kill')).status, `${when} ${nth}`).toBe('undone');
  return sent.length;
}

it('an undo that is killed at any call of the table and run again leaves the same', async () => {
  await shop('c-kill');
  const before = await cellsOf('c-kill');
  const calls = await undoneOnce(0, 'before');
  expect(calls).toBeGreaterThan(8);
  const all = Array.from({ length: calls }, (_, i) => i + 1);
  for (const when of ['before', 'after'] as const)
    for (const nth of someOf(all, 'stoppedImport')) {
      await undoneOnce(nth, when);
      expect(await cellsOf('c-kill'), `${when} ${nth}`).toEqual(before);
    }
});

describe('the cells are seen to differ', () => {
  const planted: { [bug: string]: (stores: ImportStores) => ImportStores } = {
    'where the import itself is taken for what was before': (stores) => ({
      ...stores,
      past: { ...stores.past, newest: (creator, entity, subjects) => stores.past.newest(creator, entity, subjects, []) },
    }),
    'where what was before is not looked for': (stores) => ({
      ...stores,
      past: { ...stores.past, newest: async () => new Map() },
    }),
    'where what an import changed was not noted': (stores) => ({
      ...stores,
      uploads: {
        ...stores.uploads,
        send: (() => Promise.reject(Object.assign(new Error('gone'), { name: 'NoSuchKey' }))) as never,
      },
    }),
  };
  it.each(Object.entries(planted))('%s', async (bug, change) => {
    const creator = `c-${Object.keys(planted).indexOf(bug)}-planted`;
    await shop(creator);
    const before = await cellsOf(creator);
    const id = await imported(creator, ...rows);
    await desk.step(id, 'undo', {}, creator);
    await desk.run(change).catch(() => {});
    await desk.apply();
    expect(await cellsOf(creator)).not.toEqual(before);
  });
});
