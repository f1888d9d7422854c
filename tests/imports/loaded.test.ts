/** Does the first import of a creator come to the same whether it is loaded as history or sent, also when it was killed at any of its calls? */
import { GetObjectCommand, ListObjectsV2Command } from '@aws-sdk/client-s3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { parseEvent } from '../../shared/events/parse.ts';
import type { ImportStores } from '../../shared/imports/run.ts';
import { acceptBatch } from '../../shared/ingest/accept.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { readProfiles } from '../../shared/store/profiles.ts';
import { partitionOf } from '../../shared/store/table.ts';
import { itemsOf, storedCells, storedEntities } from '../make/contents.ts';
import { makeEvent } from '../make/events.ts';
import { withFault } from '../make/faults.ts';
import { type ImportDesk, makeImportDesk } from '../make/import-desk.ts';
import { orderFile, shop, threeFiles, us } from '../make/seller-drop.ts';
import { csvOf } from '../make/seller-files.ts';
import { ordersGrid } from '../make/seller-grids.ts';
import { secondExport } from '../make/seller-shop.ts';
import { aCreator } from '../make/snapshots.ts';
import { someOf } from '../rounds.ts';

let desk: ImportDesk;
/** What the ordinary way through the stream comes to. */
let sent: Awaited<ReturnType<typeof standing>>;

const loading = (stores: ImportStores): ImportStores => ({ ...stores, lake: { ...desk.bucket.lake } });

const profileOf = async (creator: string) => (await readProfiles(desk.table, [creator])).get(creator);

async function standing(creator: string) {
  const profile = await profileOf(creator);
  const partition = partitionOf(creator, profile?.generation ?? 0);
  const entities = [...(await storedEntities(desk.table, partition))]
    .filter(([root]) => !/^(creator|operation)\//.test(root ?? ''))
    .map(([root, { parts, contributions, due }]) => [root, parts, contributions, due])
    .sort();
  // How the import itself went is told through the stream either way.
  const cells = [...(await storedCells(desk.table, partition))].filter(([cell]) => !cell.includes('#operations#'));
  return { cells: new Map(cells), entities };
}

/** Folds what is on the stream of a creator, as aggregate does. */
async function counted(creator: string): Promise<void> {
  const records = (await desk.stream.records()).filter(({ record }) => record.event.creatorid === creator);
  const incoming = records.map(({ seq, record }) => {
    const parsed = parseEvent(record.event, Date.parse('2026-11-30T12:00:00Z'));
    if (!parsed.ok) throw new Error(parsed.message);
    return { seq, record, entity: parsed.entity, subject: parsed.subject };
  });
  for (let i = 0; i < incoming.length; i += 100) await applyBatch(desk.table, incoming.slice(i, i + 100));
}

beforeAll(async () => {
  desk = await makeImportDesk();
  await desk.imported(threeFiles(), 'c-sent');
  await counted('c-sent');
  sent = await standing('c-sent');
});
afterAll(() => desk.close());

async function confirmed(creator: string): Promise<string> {
  const id = await desk.drop(threeFiles(), {}, creator);
  await desk.step(id, 'survey', {}, creator);
  await desk.run();
  await desk.step(id, 'confirm', {}, creator);
  return id;
}

const lakeKeys = async (creator: string): Promise<string[]> => {
  const { Contents = [] } = await desk.bucket.lake.send(new ListObjectsV2Command({ Bucket: desk.bucket.lake.bucket }));
  return Contents.map(({ Key = '' }) => Key).filter((key) => key.startsWith('raw/') && key.includes(`-${creator}-`));
};

describe('the first import of a creator', () => {
  it('is loaded: the same numbers and orders, nothing of it on the stream, the raw data in the lake', async () => {
    const id = await confirmed('c-loaded');
    expect(await desk.run(loading)).toEqual(['done']);
    const job = await desk.get(id, 'c-loaded');
    expect(job).toMatchObject({ status: 'done', accepted: job.survey.events, refused: [] });
    expect(job.progress).toEqual({ events: job.survey.events, of: job.survey.events });
    expect(await standing('c-loaded')).toEqual(sent);
    expect([...(await desk.onStream('c-loaded')).keys()]).toEqual(['operation/files/2026-11-30T12:00Z']);
    const keys = await lakeKeys('c-loaded');
    for (const table of ['order', 'order.lines', 'shipment', 'settlement', 'product', 'creator'])
      expect(keys.some((key) => key.startsWith(`raw/entity=${table}/dt=2026-11-30/`))).toBe(true);
    const { Body } = await desk.bucket.lake.send(new GetObjectCommand({ Bucket: desk.bucket.lake.bucket, Key: keys[0] }));
    expect((await Body?.transformToByteArray())?.length).toBeGreaterThan(100);
  });

  it('and imported again goes through the stream and changes nothing', async () => {
    const id = await confirmed('c-loaded');
    expect(await desk.run(loading)).toEqual(['done']);
    expect((await desk.onStream('c-loaded')).size).toBeGreaterThan(20);
    await counted('c-loaded');
    expect(await standing('c-loaded')).toEqual(sent);
    expect((await desk.get(id, 'c-loaded')).status).toBe('done');
  });

  it('can be undone: nothing of it counts any more, what another source said since stays, and dropped again it counts again', async () => {
    const id = await confirmed('c-back');
    expect(await desk.run(loading)).toEqual(['done']);
    const after = (await standing('c-back')).cells;
    const product = { entity: 'product', subject: 'product/p-other', creator: 'c-back', time: '2026-11-30T11:00:00Z' };
    await acceptBatch(
      [makeEvent({ ...product, version: Date.parse(product.time), data: { title: 'Of another source' } })],
      { table: desk.table, stream: desk.stream, epoch: 1 },
      Date.parse('2026-11-30T12:00:00Z'),
    );
    await counted('c-back');
    expect(await desk.get(id, 'c-back')).toMatchObject({ canUndo: true });
    await desk.step(id, 'undo', {}, 'c-back');
    expect(await desk.run(loading)).toEqual(['undone']);
    await counted('c-back');
    const { undone } = await desk.get(id, 'c-back');
    expect(undone.back).toBeGreaterThan(50);
    expect(undone.stay).toBe(0);
    const { cells, entities } = await standing('c-back');
    expect([...cells]).toEqual([]);
    expect(entities.some(([root]) => root === 'product/p-other')).toBe(true);
    await confirmed('c-back');
    expect(await desk.run(loading)).toEqual(['done']);
    await counted('c-back');
    expect((await standing('c-back')).cells).toEqual(after);
  });

  it('is sent where the creator has become known while it was loaded', async () => {
    const id = await confirmed('c-met');
    const meet = (stores: ImportStores): ImportStores => {
      const { table } = stores.collector;
      let isMet = false;
      const send = async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'BatchWriteItemCommand' && !isMet) {
          isMet = true;
          await acceptBatch(
            [aCreator({ timeZone: 'America/Los_Angeles', currency: 'USD' }, { creator: 'c-met' })],
            stores.collector,
            stores.clock(),
          );
        }
        return table.send(command as never);
      };
      const collector = { ...stores.collector, table: { ...table, send: send as never } };
      return loading({ ...stores, collector });
    };
    expect(await desk.run(meet)).toEqual(['done']);
    await counted('c-met');
    expect(await standing('c-met')).toEqual(sent);
    expect((await profileOf('c-met'))?.generation).toBe(1);
    expect((await desk.get(id, 'c-met')).refused).toEqual([]);
  });
});

const withTable = (stores: ImportStores, table: ImportStores['collector']['table']): ImportStores => ({
  ...stores,
  collector: { ...stores.collector, table },
});

/** Runs with a fault, then until it is done; answers how often it ran. */
async function killedAt(creator: string, change: (stores: ImportStores) => ImportStores): Promise<void> {
  const id = await confirmed(creator);
  const [event] = desk.started;
  await desk.run((stores) => change(loading(stores))).catch(() => {});
  if (event) desk.started.push(event);
  await desk.run(loading);
  expect((await desk.get(id, creator)).status, creator).toBe('done');
}

describe('a load that is killed', () => {
  it.each(['before', 'after'] as const)('%s any call to the table took effect comes to the same', async (when) => {
    await confirmed('c-calls');
    let calls: string[] = [];
    await desk.run((stores) => {
      const watched = withFault(stores.collector.table, 0, 'before');
      calls = watched.sent;
      return loading(withTable(stores, watched.table));
    });
    expect(calls.length).toBeGreaterThan(8);
    const all = calls.map((_, i) => i + 1);
    for (const nth of someOf(all, 'stoppedImport')) {
      const creator = `c-load-${when}-${nth}`;
      await killedAt(creator, (stores) => withTable(stores, withFault(stores.collector.table, nth, when).table));
      // Where the fault came behind the profile and the rest was sent, it has to be counted.
      await counted(creator);
      expect(await standing(creator), creator).toEqual(sent);
    }
  });

  const puts = (stores: ImportStores): ImportStores => {
    const { table } = stores.collector;
    const send = (command: { constructor: { name: string } }) =>
      command.constructor.name === 'PutItemCommand' ? Promise.reject(new Error('killed')) : table.send(command as never);
    return withTable(stores, { ...table, send: send as never });
  };

  it('leaves nothing of the attempts before', async () => {
    await killedAt('c-left', puts);
    expect((await profileOf('c-left'))?.generation).toBe(2);
    expect(await itemsOf(desk.table, partitionOf('c-left', 1))).toEqual([]);
    expect(await standing('c-left')).toEqual(sent);
  });

  describe('and whose files are not chosen again', () => {
    const onlyOrders = () => ({ [orderFile]: csvOf(ordersGrid(shop, us, secondExport)) });
    const inOneGeneration = (stores: ImportStores): ImportStores => {
      const { table } = stores.collector;
      const send = async (command: { input: { UpdateExpression?: string } }) =>
        command.input.UpdateExpression === 'ADD attempts :one'
          ? { Attributes: { attempts: { N: '1' } } }
          : table.send(command as never);
      return withTable(stores, { ...table, send: send as never });
    };
    const importOrders = async (creator: string, change = (stores: ImportStores) => stores): Promise<void> => {
      const id = await desk.drop(onlyOrders(), { market: 'US' }, creator);
      await desk.step(id, 'survey', {}, creator);
      await desk.run();
      await desk.step(id, 'confirm', {}, creator);
      expect(await desk.run(change)).toEqual(['done']);
    };
    const insteadOfKilled = async (creator: string, change = (stores: ImportStores) => stores) => {
      await confirmed(creator);
      await desk.run((stores) => puts(change(loading(stores)))).catch(() => {});
      await importOrders(creator, (stores) => change(loading(stores)));
      return standing(creator);
    };

    it('leaves nothing to what is imported instead', async () => {
      await importOrders('c-orders');
      await counted('c-orders');
      const alone = await standing('c-orders');
      expect(await insteadOfKilled('c-instead')).toEqual(alone);
      expect(await insteadOfKilled('c-planted', inOneGeneration)).not.toEqual(alone);
    });
  });
});
