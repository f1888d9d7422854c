/** What becomes of a run: picked up again, failed with a reason, or nobody's any more because the creator was erased? */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readJob } from '../../shared/exports/items/jobs.ts';
import type { ExportStores } from '../../shared/exports/run.ts';
import { settingsOf } from '../../shared/store/table.ts';
import { type ExportsContext, makeDesk } from '../make/desk.ts';
import { makeOrder } from '../make/events.ts';

let desk: ExportsContext;
beforeAll(async () => {
  desk = await makeDesk();
  await desk.shop.load('c-1', [makeOrder('o-1'), makeOrder('o-2'), makeOrder('o-3')]);
});
afterAll(() => desk.close());

const orders = { what: { entities: 'orders' }, format: 'csv' };

describe('a run that fails', () => {
  /** Calls of this name to the bucket fail. */
  const without =
    (name: string) =>
    (stores: ExportStores): ExportStores => {
      const send = (command: { constructor: { name: string } }) =>
        command.constructor.name === name ? Promise.reject(new Error(`${name} failed`)) : stores.results.send(command as never);
      return { ...stores, results: { ...stores.results, send: send as never } };
    };

  it.each(['UploadPartCommand', 'CompleteMultipartUploadCommand', 'PutObjectCommand'])(
    'at %s is picked up by the next attempt, which writes the same keys',
    async (name) => {
      const { json } = await desk.post(orders);
      const event = desk.started[0] as { creatorId: string; id: string };
      await expect(desk.run(without(name))).rejects.toThrow(`${name} failed`);
      expect((await desk.get(json.id)).json).toMatchObject({ status: 'running', url: null });
      desk.started.push(event);
      expect(await desk.run()).toEqual(['done']);
      expect((await desk.get(json.id)).json).toMatchObject({ status: 'done', rowCount: 3 });
      expect((await desk.keys()).filter((key) => key.includes(json.id))).toHaveLength(2);
    },
  );

  it('three times is told as failed, without the cause', async () => {
    const { json } = await desk.post(orders);
    const event = desk.started[0] as { creatorId: string; id: string };
    for (let i = 0; i < 3; i++) {
      await expect(desk.run(without('UploadPartCommand'))).rejects.toThrow();
      desk.started.push(event);
    }
    expect(await desk.run()).toEqual(['nothing to do']);
    const { status, error } = (await desk.get(json.id)).json;
    expect([status, error.code]).toEqual(['failed', 'internal']);
    expect(error.message).not.toContain('Upload');
  });

  it('and is killed at every attempt is told as failed once it cannot be running any more', async () => {
    const { json } = await desk.post(orders);
    desk.started.splice(0);
    desk.setNow('2026-03-20T17:45:00Z');
    expect((await desk.get(json.id)).json.status).toBe('queued');
    desk.setNow('2026-03-20T17:46:00Z');
    expect((await desk.get(json.id)).json).toMatchObject({ status: 'failed', error: { code: 'internal' } });
    desk.setNow('2026-03-20T16:30:00Z');
  });

  it('leaves no unfinished upload behind', async () => {
    const { json } = await desk.post(orders);
    await expect(desk.run(without('CompleteMultipartUploadCommand'))).rejects.toThrow();
    expect((await desk.keys()).filter((key) => key.includes(json.id))).toEqual([]);
  });
});

describe('a creator who is erased', () => {
  const erase = (creator: string, sk: string) =>
    desk.shop.table.send(
      new DeleteItemCommand({ TableName: desk.shop.table.name, Key: { pk: { S: settingsOf(creator) }, sk: { S: sk } } }),
    );

  it('before the run: the job fails with a clear reason', async () => {
    await desk.shop.load('c-gone', [makeOrder('o-1', { creator: 'c-gone' })]);
    const { json } = await desk.post(orders, 'c-gone');
    await erase('c-gone', 'S#profile');
    expect(await desk.run()).toEqual(['failed']);
    const { status, error } = (await desk.get(json.id, 'c-gone')).json;
    expect([status, error]).toEqual([
      'failed',
      { code: 'not_found', message: 'The creator is gone: there is nothing left to export.' },
    ]);
  });

  it('while it is written: no object comes into being', async () => {
    await desk.shop.load('c-going', [makeOrder('o-1', { creator: 'c-going' })]);
    const { json } = await desk.post(orders, 'c-going');
    const eraseFirst = (stores: ExportStores): ExportStores => {
      const send = async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'CreateMultipartUploadCommand') await erase('c-going', 'S#profile');
        return stores.results.send(command as never);
      };
      return { ...stores, results: { ...stores.results, send: send as never } };
    };
    expect(await desk.run(eraseFirst)).toEqual(['failed']);
    expect((await desk.keys()).filter((key) => key.includes(json.id))).toEqual([]);
  });

  it('with all settings: the run ends and writes nothing, the job included', async () => {
    await desk.shop.load('c-all', [makeOrder('o-1', { creator: 'c-all' })]);
    const { json } = await desk.post(orders, 'c-all');
    const eraseAll = (stores: ExportStores): ExportStores => {
      const send = async (command: { constructor: { name: string } }) => {
        if (command.constructor.name === 'CreateMultipartUploadCommand') await erase('c-all', `S#export#${json.id}`);
        return stores.results.send(command as never);
      };
      return { ...stores, results: { ...stores.results, send: send as never } };
    };
    expect(await desk.run(eraseAll)).toEqual(['taken over']);
    expect(await readJob(desk.shop.table, 'c-all', json.id, Date.parse('2026-03-20T16:30:00Z'))).toBeUndefined();
    expect((await desk.keys()).filter((key) => key.includes(json.id))).toEqual([]);
  });
});
