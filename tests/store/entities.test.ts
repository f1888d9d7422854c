/** Are entities kept whole, small and only over older ones? */
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { fold } from '../../shared/fold/fold.ts';
import { emptyEntity, type StoredEntity } from '../../shared/fold/parts.ts';
import { packEntity, putEntity, readEntities, unpackEntity } from '../../shared/store/entities.ts';
import { oneLineOrder } from '../bench/records.ts';
import { history } from '../make/arbitrary.ts';
import { sizeOf } from '../make/contents.ts';
import { withChange } from '../make/faults.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { anOrder, aShipment } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';

let table: MadeTable;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const foldOne = (events: Parameters<typeof aStream>[0]): [string, StoredEntity] => {
  const [first] = fold(aStream(events), new Map()).changed;
  return [first?.[0] ?? '', first?.[1].entity ?? emptyEntity()];
};

describe('an entity', () => {
  it('comes back as it was put', () => {
    fc.assert(
      fc.property(history, (records) => {
        for (const [root, { entity }] of fold(records, new Map()).changed)
          expect(unpackEntity(packEntity('C#c-1#1', root, entity))).toEqual({ due: undefined, ...entity });
      }),
      { numRuns: 40 },
    );
  });

  it('of an order of one line takes one write unit: at most a kilobyte', () => {
    const [root, entity] = foldOne([oneLineOrder(1, 1)]);
    expect(sizeOf(packEntity('C#creator-of-usual-length#1', root, entity))).toBeLessThanOrEqual(1024);
  });

  it('of an order under way with its parcel takes one write unit too', () => {
    const promised = { shipBy: '2026-03-03T23:59:59Z', deliverBy: '2026-03-08T23:59:59Z' };
    const [root, entity] = foldOne([
      anOrder(promised),
      aShipment({ handedOverAt: '2026-03-02T12:00:00Z', deliveredAt: '2026-03-05T12:00:00Z' }),
    ]);
    expect(sizeOf(packEntity('C#creator-of-usual-length#1', root, entity))).toBeLessThanOrEqual(1024);
  });

  it('is put over a lower sequence only, and a newer one that stands there is success', async () => {
    const [root, entity] = foldOne([anOrder()]);
    const partition = 'C#c-put#1';
    await putEntity(table, partition, root, { ...entity, seq: '0001:056:5' });
    await putEntity(table, partition, root, { ...emptyEntity(), seq: '0001:056:4' });
    expect((await readEntities(table, partition, [root])).get(root)?.seq).toBe('0001:056:5');
    await putEntity(table, partition, root, { ...emptyEntity(), seq: '0001:056:6' });
    expect((await readEntities(table, partition, [root])).get(root)?.parts).toEqual({});
  });

  it('leaves the index of open orders when nothing is open', async () => {
    const promised = { shipBy: '2026-03-03T23:59:59Z' };
    const [root, open] = foldOne([anOrder(promised)]);
    expect(packEntity('C#c-1#1', root, open)).toMatchObject({ open: { S: 'C#c-1#1' }, due: { S: '2026-03-03T23:59:59.000Z' } });
    const [, closed] = foldOne([anOrder({ ...promised, status: 'cancelled' })]);
    expect(Object.keys(packEntity('C#c-1#1', root, closed))).toEqual(['pk', 'sk', 'seq', 'state']);
  });
});

describe('reading entities', () => {
  const partition = 'C#c-read#1';
  const roots = Array.from({ length: 130 }, (_, i) => `order/o-${i}`);

  it('finds each of more than one call can hold, and leaves out what is absent', async () => {
    const [, entity] = foldOne([anOrder()]);
    for (const root of roots) await putEntity(table, partition, root, entity);
    const found = await readEntities(table, partition, [...roots, ...roots, 'order/none']);
    expect([...found.keys()].sort()).toEqual([...roots].sort());
  });

  it('asks again for what the store left, until it has all', async () => {
    const halving = {
      ...table,
      send: async (command: { input: { RequestItems: Record<string, { Keys: object[] }> } }) => {
        const keys = command.input.RequestItems[table.name]?.Keys ?? [];
        const half = Math.ceil(keys.length / 2);
        command.input.RequestItems[table.name] = { ...command.input.RequestItems[table.name], Keys: keys.slice(0, half) };
        const answer = await table.send(command as never);
        return { ...answer, UnprocessedKeys: half < keys.length ? { [table.name]: { Keys: keys.slice(half) } } : {} };
      },
    } as unknown as MadeTable;
    expect((await readEntities(halving, partition, roots.slice(0, 12))).size).toBe(12);
  });

  it('is an error where the store leaves some unread: an unread entity is not an absent one', async () => {
    const stuck = {
      ...table,
      send: async () => ({
        Responses: {},
        UnprocessedKeys: { [table.name]: { Keys: [{ pk: { S: partition }, sk: { S: 'E#order/o-1' } }] } },
      }),
    } as unknown as MadeTable;
    await expect(readEntities(stuck, partition, ['order/o-1'])).rejects.toThrow('the store left 1 entities unread');
  });

  it('is consistent, so that what the batch before wrote is seen', async () => {
    const asked: unknown[] = [];
    const watched = withChange(table, 'BatchGetItemCommand', (input) => {
      asked.push((input.RequestItems as Record<string, { ConsistentRead?: boolean }>)[table.name]?.ConsistentRead);
      return input;
    });
    await readEntities(watched, partition, ['order/o-1']);
    expect(asked).toEqual([true]);
  });
});
