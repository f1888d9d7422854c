/** Is every record counted or quarantined, by both readers, and every good one counted? One run of a seed, and what it came to. */

import { contentHash } from '../../shared/events/facts.ts';
import { parseEvent } from '../../shared/events/parse.ts';
import { isNewer } from '../../shared/events/record.ts';
import type { Lake } from '../../shared/lake/store.ts';
import { unpackEntity } from '../../shared/store/entities.ts';
import { type Item, partitionOf, type Table } from '../../shared/store/table.ts';
import { chanceOf } from '../crash/chance.ts';
import { storedCells } from '../make/contents.ts';
import { aLine, anOrder } from '../make/snapshots.ts';
import { edgesOf, receivedAt } from './edges.ts';
import { type Code, makeReaders, type Sent } from './readers.ts';

export interface Stores {
  table: Table;
  itemOf(pk: string, sk: string): Promise<Item | undefined>;
  /** A real lake; what it has is not read back. */
  lake?: Lake;
  /** Does the lake in memory refuse what the fuzz plants? */
  isLimited?: boolean;
}

export interface Came {
  events: number;
  /** Events that parse. */
  parsed: number;
  good: number;
  quarantined: number;
  /** Quarantined by one reader alone. */
  onlyAggregate: number;
  onlyArchive: number;
  tries: number;
  batches: number;
}

const creators = 24;
const sequenceOfRecord = (n: number) => String(n).padStart(56, '0');

export async function playFuzz(stores: Stores, events: number, seed: number, code?: Code): Promise<Came> {
  const chance = chanceOf(seed);
  const edges = edgesOf(chance);
  const readers = makeReaders(stores.table, code, stores.lake, stores.isLimited);
  const { aggregate, archive } = readers.quarantined;
  const came: Came = { events: 0, parsed: 0, good: 0, quarantined: 0, onlyAggregate: 0, onlyArchive: 0, tries: 0, batches: 0 };
  const goodOf = new Map<string, number>();

  function record(isGood: boolean): Sent & { event: unknown } {
    const n = ++came.events;
    const number = chance.below(creators);
    const creator = `c-${number}`;
    const stamp = edges.stamp(number);
    const good = () =>
      anOrder(
        { lines: [aLine({ productId: 'p-good', quantity: 1 })], currency: stamp.currency },
        { creator, order: `good-${n}` },
      );
    if (isGood) goodOf.set(creator, (goodOf.get(creator) ?? 0) + 1);
    const event: unknown = isGood ? good() : edges.event(n, creator);
    return {
      event,
      sequenceNumber: sequenceOfRecord(n),
      creator,
      // As it comes over the wire: text is UTF-8, halves of pairs escaped.
      data: Buffer.from(JSON.stringify({ event, stamp })).toString('base64'),
    };
  }

  /** Why a record was lost, or undefined. */
  async function faultOf({ data, sequenceNumber, creator }: Sent): Promise<string | undefined> {
    const [asideA, asideB] = [aggregate.get(sequenceNumber), archive.get(sequenceNumber)];
    if (asideA !== undefined || asideB !== undefined) came.quarantined++;
    if (asideA !== undefined && asideB === undefined) came.onlyAggregate++;
    if (asideA === undefined && asideB !== undefined) came.onlyArchive++;
    if (asideB === undefined && !stores.lake && !readers.archived.has(sequenceNumber))
      return `${sequenceNumber} is neither in the lake nor in quarantine`;
    if (asideB !== undefined && readers.archived.has(sequenceNumber))
      return `${sequenceNumber} is in the lake and in quarantine: ${asideB}`;
    const { event, stamp } = JSON.parse(Buffer.from(data, 'base64').toString());
    const parsed = parseEvent(event, Date.parse(receivedAt));
    if (!parsed.ok) return asideA === undefined ? `${sequenceNumber} does not parse and is in no quarantine` : undefined;
    came.parsed++;
    const item = await stores.itemOf(partitionOf(creator, stamp.generation), `E#${parsed.subject.root}`);
    const part = item && unpackEntity(item).parts[parsed.subject.part];
    const own = {
      version: parsed.event.entityversion,
      definitions: stamp.definitions,
      profile: 1,
      hash: contentHash(parsed.event.data),
    };
    const isCounted = part !== undefined && !isNewer(own, part);
    if (asideA === undefined && !isCounted) return `${sequenceNumber} is neither counted nor in quarantine`;
    return undefined;
  }

  while (came.events < events) {
    const size = Math.min(events - came.events, 100 + chance.below(300));
    const batch = Array.from({ length: size }, () => record(chance.happens(0.1)));
    await readers.take(batch);
    came.batches++;
    for (const one of batch) {
      const fault = await faultOf(one);
      if (fault) throw new Error(`seed ${seed}: ${fault}: ${JSON.stringify(one.event).slice(0, 2000)}`);
    }
    readers.archived.clear();
    aggregate.clear();
    archive.clear();
  }
  for (const [creator, count] of goodOf) {
    const units = (await storedCells(stores.table, partitionOf(creator, 1))).get('M#sales#product#2026-03#p-good units');
    if (units !== count) throw new Error(`seed ${seed}: ${units} of ${count} good orders of ${creator} count`);
    came.good += count;
  }
  came.tries = readers.tries;
  return came;
}
