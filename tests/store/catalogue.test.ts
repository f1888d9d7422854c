/** Is a product's item that of its newest snapshot, whatever came when, twice, late or half? On a real DynamoDB server. */
import { DeleteItemCommand } from '@aws-sdk/client-dynamodb';
import * as fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contentHash } from '../../shared/events/facts.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import type { Product } from '../../shared/fold/product-directory.ts';
import { loadHistory } from '../../shared/ingest/load-history.ts';
import { applyBatch } from '../../shared/store/apply.ts';
import { readProductDirectory, readProducts } from '../../shared/store/product-directory.ts';
import type { Table } from '../../shared/store/table.ts';
import { itemsOf, sizeOf } from '../make/contents.ts';
import { withChange, withFault } from '../make/faults.ts';
import { type MadeTable, makeTable } from '../make/servers.ts';
import { aCreator, anOrder, aProduct } from '../make/snapshots.ts';
import { aStream } from '../make/stream.ts';
import { hostileTitles } from '../make/titles.ts';
import { roundsOf } from '../rounds.ts';

let table: MadeTable;
let made = 0;
beforeAll(async () => {
  table = await makeTable();
});
afterAll(() => table.close());

const newCreator = () => `c-${++made}`;
async function catalogueOf(creator: string): Promise<Product[]> {
  const products: Product[] = [];
  for await (const product of readProductDirectory(table, creator)) products.push(product);
  return products;
}
const titlesOf = async (creator: string) => (await catalogueOf(creator)).map(({ listing }) => listing.title);

interface Told {
  id: string;
  version: number;
  data: { [field: string]: unknown };
}

/** What should be there, told in another way: everything sorted, the last of each product. */
function newestOf(told: Told[]): unknown[] {
  const events = told.map(({ id, version, data }) => ({ id, version, data: aProduct(data).data }));
  const place = ({ version, data }: Told) => `${String(version).padStart(9, '0')} ${contentHash(data)}`;
  const sorted = events.sort((a, b) => (place(a) < place(b) ? -1 : 1));
  const last = new Map(sorted.map((each) => [each.id, each]));
  return [...last.values()]
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .map(({ id, version, data: { title, category, status, listPrice, currency } }) => ({
      productId: id,
      version,
      listing: { title, category, status, ...(listPrice === undefined ? {} : { listPrice, currency: currency ?? 'USD' }) },
    }));
}

const told: fc.Arbitrary<Told> = fc.record({
  id: fc.constantFrom('p-1', 'p-2#x'),
  version: fc.integer({ min: 1, max: 3 }),
  data: fc.record({
    title: fc.constantFrom('Rose serum', 'Night cream', ...hostileTitles),
    listPrice: fc.constantFrom(undefined, 0, 1999),
    currency: fc.constantFrom('USD', undefined),
  }),
});
/** Snapshots in any order, repeats among them, and where the stream is cut; each piece is delivered once or twice, or again later. */
const delivery = fc.record({
  all: fc.array(told, { minLength: 1, maxLength: 8 }),
  repeats: fc.array(fc.nat(7), { maxLength: 4 }),
  cuts: fc.array(fc.record({ from: fc.nat(11), length: fc.integer({ min: 1, max: 5 }) }), { maxLength: 4 }),
});

/** Does the catalogue come to the newest snapshots through this table? Throws where it does not. */
const converges = (through: Table) =>
  fc.asyncProperty(delivery, async ({ all, repeats, cuts }) => {
    const creator = newCreator();
    const stream = [...all, ...repeats.flatMap((n) => all[n] ?? [])];
    const records = aStream(stream.map(({ id, version, data }) => aProduct(data, { id, version, creator })));
    const pieces = cuts.map(({ from, length }) => records.slice(from, from + length)).filter((piece) => piece.length);
    // The last to arrive is anything: a piece delivered again after all of it.
    for (const piece of [records.slice(0, 3), records, ...pieces])
      expect(await applyBatch(through, piece)).toMatchObject({ retryFrom: undefined, errors: [] });
    const stored = (await catalogueOf(creator)).map(({ productId, version, listing }) => ({ productId, version, listing }));
    expect(stored).toEqual(newestOf(stream));
  });

describe('the catalogue', () => {
  it('holds the newest snapshots, whatever came when and how often', async () => {
    await fc.assert(converges(table), { numRuns: roundsOf('catalogue') });
  });

  it('would not without its condition', async () => {
    const blind = withChange(table, 'PutItemCommand', (input) => {
      if (!JSON.stringify(input.Item).includes('S#product#')) return input;
      const { ConditionExpression: _, ExpressionAttributeNames: __, ExpressionAttributeValues: ___, ...rest } = input;
      return rest;
    });
    await expect(fc.assert(converges(blind), { seed: 1, numRuns: 100, endOnFailure: true })).rejects.toThrow('Property failed');
  });

  it('comes to the same whichever call fails, before or after it took effect', async () => {
    const story = (creator: string) =>
      aStream([
        aProduct({}, { creator, version: 2 }),
        aProduct({ title: 'Old' }, { creator, version: 1 }),
        aProduct({ title: 'Other' }, { creator, id: 'p-2' }),
      ]);
    const calls = withFault(table, 0, 'before');
    await applyBatch(calls.table, story(newCreator()));
    expect(calls.sent.length).toBeGreaterThan(4);
    for (const when of ['before', 'after'] as const)
      for (let nth = 1; nth <= calls.sent.length; nth++) {
        const creator = newCreator();
        const records = story(creator);
        const { retryFrom } = await applyBatch(withFault(table, nth, when).table, records);
        expect(retryFrom, `call ${nth} fails ${when}`).toBeDefined();
        await applyBatch(
          table,
          records.filter(({ seq }) => seq >= (retryFrom ?? '')),
        );
        expect(await titlesOf(creator), `call ${nth} fails ${when}`).toEqual(['Rose serum', 'Other']);
      }
  });

  it('keeps a title as it was sent, and a product of any title within two write units', async () => {
    const creator = newCreator();
    const events = hostileTitles.map((title, i) => aProduct({ title }, { creator, id: `p-${i}` }));
    await applyBatch(table, aStream(events));
    expect(await titlesOf(creator)).toEqual(hostileTitles);
    for (const item of await itemsOf(table, `C#${creator}`)) expect(sizeOf(item)).toBeLessThanOrEqual(2048);
  });

  it('is filled by history in bulk as by the stream', async () => {
    const [bulk, streamed] = [newCreator(), newCreator()];
    const events = (creator: string): CloudEvent[] => [
      aProduct({ title: 'New' }, { creator, version: 3 }),
      aProduct({}, { creator, version: 2 }),
      aProduct({ listPrice: undefined, status: undefined }, { creator, id: 'p-2' }),
    ];
    await loadHistory(table, aCreator({}, { creator: bulk }), events(bulk));
    await applyBatch(table, aStream(events(streamed)));
    const said = async (creator: string) => (await catalogueOf(creator)).map(({ creatorId: _, ...product }) => product);
    expect(await said(bulk)).toEqual(await said(streamed));
    expect(await titlesOf(bulk)).toEqual(['New', 'Rose serum']);
  });

  it('costs nothing where no product is told', async () => {
    const creator = newCreator();
    await applyBatch(table, aStream([anOrder({}, { creator })]));
    expect(await itemsOf(table, `C#${creator}`)).toEqual([]);
  });

  it('has no name of what is in quarantine, at the first delivery and when it comes again behind a newer one', async () => {
    const creator = newCreator();
    const records = aStream([
      aProduct({ title: 'Refused', currency: 'EUR' }, { creator, version: 9 }),
      aProduct({}, { creator, version: 1 }),
    ]);
    expect(await applyBatch(table, records)).toMatchObject({ refused: [{ seq: records[0]?.seq }] });
    expect(await titlesOf(creator)).toEqual(['Rose serum']);
    await applyBatch(table, records);
    expect(await titlesOf(creator)).toEqual(['Rose serum']);
  });
});

describe('a product that was told before there was a catalogue', () => {
  /** A creator with a product that the totals know and the catalogue does not. */
  async function unnamed(): Promise<{ creator: string; retryFrom: ReturnType<typeof aStream> }> {
    const creator = newCreator();
    const event = aProduct({}, { creator });
    await applyBatch(table, aStream([event]));
    const key = { pk: { S: `C#${creator}` }, sk: { S: 'S#product#p-1' } };
    await table.send(new DeleteItemCommand({ TableName: table.name, Key: key }));
    return { creator, retryFrom: aStream([event], {}, 2) };
  }

  it('is named when the same snapshot is replayed', async () => {
    const { creator, retryFrom } = await unnamed();
    expect(await applyBatch(table, retryFrom)).toMatchObject({ retryFrom: undefined, entities: 0 });
    expect(await titlesOf(creator)).toEqual(['Rose serum']);
  });

  it('is sent again when its name could not be written, though nothing else of it is new', async () => {
    const { retryFrom } = await unnamed();
    const failing = withChange(table, 'PutItemCommand', () => {
      throw new Error('no');
    });
    expect(await applyBatch(failing, retryFrom)).toMatchObject({ retryFrom: retryFrom[0]?.seq, errors: [expect.any(Error)] });
  });
});

describe('reading products', () => {
  it('by id answers those that are known in the order asked, each once, and of no other creator', async () => {
    const [creator, other] = [newCreator(), newCreator()];
    await applyBatch(table, aStream([aProduct({}, { creator }), aProduct({}, { creator, id: 'p-2' })]));
    await applyBatch(table, aStream([aProduct({}, { creator: other, id: 'p-3' })]));
    const found = await readProducts(table, creator, ['p-2', 'p-3', 'p-1', 'p-2']);
    expect(found.map(({ productId }) => productId)).toEqual(['p-2', 'p-1']);
  });

  it('is an error where the store leaves some unread', async () => {
    const stuck = {
      ...table,
      send: async () => ({ UnprocessedKeys: { [table.name]: { Keys: [{ pk: { S: 'C#c' }, sk: { S: 'S#product#p' } }] } } }),
    } as unknown as Table;
    await expect(readProducts(stuck, 'c', ['p'])).rejects.toThrow('the store left 1 products unread');
  });
});
