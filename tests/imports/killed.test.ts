/** Is an import complete, and the same, when its function was killed at any of its calls and run again? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ImportStores } from '../../shared/imports/run.ts';
import { withChange, withFault } from '../make/faults.ts';
import { type ImportDesk, makeImportDesk } from '../make/import-desk.ts';
import { threeFiles } from '../make/seller-drop.ts';
import { someOf } from '../rounds.ts';

let desk: ImportDesk;
let whole: [string, number][];
const subjectsOf = async (creator: string) =>
  [...(await desk.onStream(creator))].filter(([subject]) => !subject.startsWith('creator/')).sort();
beforeAll(async () => {
  desk = await makeImportDesk();
  await desk.imported(threeFiles(), 'c-whole');
  whole = await subjectsOf('c-whole');
});
afterAll(() => desk.close());

const confirmed = async (creator: string) => {
  const id = await desk.drop(threeFiles(), {}, creator);
  await desk.step(id, 'survey', {}, creator);
  await desk.run();
  await desk.step(id, 'confirm', {}, creator);
  return id;
};

/** Runs with a fault, then without; answers the outcome of the second run. */
async function killedOnce(creator: string, change: (stores: ImportStores) => ImportStores): Promise<void> {
  const id = await confirmed(creator);
  const [event] = desk.started;
  const first = await desk.run(change).then(
    ([outcome]) => outcome,
    () => 'killed',
  );
  if (event) desk.started.push(event);
  await desk.run();
  expect((await desk.get(id, creator)).status, `${creator}: ${first}`).toBe('done');
}

const withTable = (stores: ImportStores, table: ImportStores['collector']['table']): ImportStores => ({
  ...stores,
  collector: { ...stores.collector, table },
});

async function callsOfARun(): Promise<number> {
  await confirmed('c-count');
  let sent: string[] = [];
  await desk.run((stores) => {
    const watched = withFault(stores.collector.table, 0, 'before');
    sent = watched.sent;
    return withTable(stores, watched.table);
  });
  return sent.length;
}

describe('a run that is killed', () => {
  it.each(['before', 'after'] as const)('%s any call to the table took effect', async (when) => {
    const calls = await callsOfARun();
    expect(calls).toBeGreaterThan(10);
    const all = Array.from({ length: calls }, (_, i) => i + 1);
    for (const nth of someOf(all, 'stoppedImport')) {
      const creator = `c-${when}-${nth}`;
      await killedOnce(creator, (stores) => withTable(stores, withFault(stores.collector.table, nth, when).table));
      expect(await subjectsOf(creator), creator).toEqual(whole);
    }
  });

  it.each(['GetObjectCommand', 'DeleteObjectCommand'])('at %s', async (name) => {
    const creator = `c-${name}`;
    await killedOnce(creator, (stores) => {
      const send = (command: { constructor: { name: string } }) =>
        command.constructor.name === name ? Promise.reject(new Error('cut')) : stores.uploads.send(command as never);
      return { ...stores, uploads: { ...stores.uploads, send: send as never } };
    });
    expect(await subjectsOf(creator)).toEqual(whole);
  });

  it('between two batches goes on behind what was sent, and counts no event twice', async () => {
    const id = await confirmed('c-between');
    const [event] = desk.started;
    let puts = 0;
    const dying = (stores: ImportStores): ImportStores => {
      const { stream } = stores.collector;
      const send = (command: { constructor: { name: string } }) =>
        command.constructor.name === 'PutRecordsCommand' && ++puts > 3
          ? Promise.reject(new Error('killed'))
          : stream.send(command as never);
      return { ...stores, collector: { ...stores.collector, stream: { ...stream, send: send as never } } };
    };
    await expect(desk.run(dying)).rejects.toThrow();
    const half = await desk.get(id, 'c-between');
    expect(half).toMatchObject({ status: 'importing' });
    expect(half.progress.events).toBeGreaterThan(0);
    if (event) desk.started.push(event);
    expect(await desk.run()).toEqual(['done']);
    const job = await desk.get(id, 'c-between');
    expect(job.accepted).toBe(job.survey.events);
    expect(await subjectsOf('c-between')).toEqual(whole);
  });

  it('is seen to be incomplete where it notes more than it sent', async () => {
    const id = await confirmed('c-planted');
    const [event] = desk.started;
    let notes = 0;
    const planted = (stores: ImportStores): ImportStores => {
      const ahead = withChange(stores.collector.table, 'UpdateItemCommand', (input) => {
        const values = (input.ExpressionAttributeValues ?? {}) as { [name: string]: { N?: string } };
        const sent = values[':sent'];
        if (!sent?.N || ++notes > 1) return input;
        return { ...input, ExpressionAttributeValues: { ...values, ':sent': { N: String(Number(sent.N) + 20) } } };
      });
      const { send } = stores.collector.stream;
      let puts = 0;
      const dying = (command: never) => (++puts > 2 ? Promise.reject(new Error('killed')) : send(command));
      return {
        ...withTable(stores, ahead),
        collector: { ...stores.collector, table: ahead, stream: { ...stores.collector.stream, send: dying as never } },
      };
    };
    await desk.run(planted).catch(() => {});
    if (event) desk.started.push(event);
    await desk.run();
    expect((await desk.get(id, 'c-planted')).status).toBe('done');
    expect(await subjectsOf('c-planted')).not.toEqual(whole);
  });

  it('three times ends as failed, without the cause, and the files can be chosen again', async () => {
    const id = await confirmed('c-thrice');
    const [event] = desk.started;
    for (let i = 0; i < 3; i++) {
      if (i && event) desk.started.push(event);
      await desk
        .run((stores) => ({
          ...stores,
          uploads: { ...stores.uploads, send: (() => Promise.reject(new Error('secret cause'))) as never },
        }))
        .catch(() => {});
    }
    const job = await desk.get(id, 'c-thrice');
    expect(job.status).toBe('failed');
    expect(JSON.stringify(job)).not.toContain('secret');
    await desk.imported(threeFiles(), 'c-thrice');
    expect(await subjectsOf('c-thrice')).toEqual(whole);
  });

  it('and never heard of again is told as failed', async () => {
    const id = await confirmed('c-silent');
    desk.started.splice(0);
    desk.setNow('2026-11-30T13:10:00Z');
    expect((await desk.get(id, 'c-silent')).status).toBe('importing');
    desk.setNow('2026-11-30T13:16:00Z');
    expect((await desk.get(id, 'c-silent')).status).toBe('failed');
    desk.setNow('2026-11-30T12:00:00Z');
  });
});
