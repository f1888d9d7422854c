/** What happens in a lake's world? Records of two shards over three days, and what a reader has to find once they are archived. */
import { typeOf } from '../../shared/events/entities.ts';
import { contentHash } from '../../shared/events/facts.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { isNewer, type SnapshotOrder } from '../../shared/events/record.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { aRecord } from '../make/stream.ts';
import type { Chance } from './chance.ts';
import { someSnapshot } from './shop.ts';

export const shards = ['shardId-000000000000', 'shardId-000000000001'] as const;
const days = 3;
const firstDay = Date.parse('2026-06-01T00:00:00Z');

/** Records in the order of their shards: new snapshots, older ones that come late, repetitions, two profiles and definitions. */
export function lakeHistory(chance: Chance, count: number): Incoming[][] {
  const sent: CloudEvent[] = [];
  const history: Incoming[][] = shards.map(() => []);
  for (let n = 1; n <= count; n++) {
    const repeated = sent.length && chance.happens(0.05) ? chance.pick(sent) : undefined;
    const event = repeated ?? someEvent(chance, n, Math.max(2, count / 40));
    if (!repeated) sent.push(event);
    const shard = Number(event.creatorid.slice(2)) % shards.length;
    const receivedAt = new Date(firstDay + (days * 86_400_000 * (n - 1)) / count).toISOString();
    const stamp = { definitions: 1 + chance.below(2), profile: 1 + chance.below(2), receivedAt };
    history[shard]?.push(aRecord(event, n, stamp));
  }
  return history;
}

function someEvent(chance: Chance, n: number, orders: number): CloudEvent {
  const { entity, subject, data } = someSnapshot(chance, orders);
  return {
    specversion: '1.0',
    id: `e-${n}`,
    source: '/world',
    type: typeOf(entity),
    subject,
    time: '2025-11-02T12:00:00Z',
    creatorid: `c-${1 + chance.below(6)}`,
    entityversion: 1 + chance.below(4),
    data,
  };
}

const orderOf = ({ record: { event, stamp } }: Incoming): SnapshotOrder => ({
  version: event.entityversion,
  definitions: stamp.definitions,
  profile: stamp.profile,
  hash: contentHash(event.data),
});

/** In euros without a rate: no row can be made of it, so it is quarantined. */
const isRateless = ({ data }: CloudEvent): boolean => data.currency === 'EUR' && data.exchangeRate === undefined;

export const nameOf = (creator: string, subject: string, { version, definitions, profile, hash }: SnapshotOrder): string =>
  [creator, subject, version, definitions, profile, hash].join(' ');

interface Listing {
  lines?: { goodsAmount?: number }[];
  goodsAmount?: number;
}

/** The rows that a snapshot has in the tables of its lists; a refund's items have one more for what no line accounts for. */
export function linesOf(name: string, { lines, goodsAmount }: Listing): string[] {
  const rows = (list: string, count: number) => Array.from({ length: count }, (_, i) => `${list} ${name} ${i + 1}`);
  const own = rows('lines', lines?.length ?? 0);
  if (goodsAmount === undefined) return own;
  const sum = (lines ?? []).reduce((all, line) => all + (line.goodsAmount ?? 0), 0);
  return [...own, ...rows('items', (lines?.length ?? 0) + Number(sum !== goodsAmount))];
}

/** What a reader has to find: grows with every record that was archived. */
export class LakeTruth {
  readonly seqs = new Set<string>();
  readonly snapshots = new Set<string>();
  /** List, snapshot and line. */
  readonly lines = new Set<string>();
  readonly quarantineRefused = new Set<string>();
  readonly #newest = new Map<string, SnapshotOrder>();

  /** As it is now, whatever comes later. */
  copy(): LakeTruth {
    const copy = new LakeTruth();
    for (const name of ['seqs', 'snapshots', 'lines', 'quarantineRefused'] as const)
      for (const one of this[name]) copy[name].add(one);
    for (const [entity, order] of this.#newest) copy.#newest.set(entity, order);
    return copy;
  }

  add(records: Iterable<Incoming>): void {
    for (const incoming of records) {
      const { event } = incoming.record;
      if (isRateless(event)) {
        this.quarantineRefused.add(incoming.seq);
        continue;
      }
      const order = orderOf(incoming);
      const entity = `${event.creatorid} ${event.subject}`;
      const name = nameOf(event.creatorid, event.subject, order);
      this.seqs.add(incoming.seq);
      this.snapshots.add(name);
      for (const line of linesOf(name, event.data)) this.lines.add(line);
      const known = this.#newest.get(entity);
      if (!known || isNewer(order, known)) this.#newest.set(entity, order);
    }
  }

  /** The newest snapshot of each entity. */
  get newest(): Set<string> {
    return new Set([...this.#newest].map(([entity, order]) => nameOf(...(entity.split(' ') as [string, string]), order)));
  }

  /** The lines of newest snapshots. */
  get newestLines(): Set<string> {
    const newest = this.newest;
    return new Set([...this.lines].filter((line) => newest.has(line.split(' ').slice(1, -1).join(' '))));
  }
}

/** What one set lacks and has too much, in a few words. */
export function difference(what: string, found: Iterable<string>, expected: Set<string>): string[] {
  const all = [...found];
  const set = new Set(all);
  const missing = [...expected].filter((one) => !set.has(one));
  const strange = [...set].filter((one) => !expected.has(one));
  const doubled = all.length - set.size;
  return [
    ...(missing.length ? [`${missing.length} ${what} are missing: ${missing[0]}`] : []),
    ...(strange.length ? [`${strange.length} ${what} never came: ${strange[0]}`] : []),
    ...(doubled ? [`${doubled} ${what} stand more than once`] : []),
  ];
}
