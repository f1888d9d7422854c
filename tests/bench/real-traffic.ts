/**
 * What does an event cost at real traffic, where a batch holds an event of each of many creators? Write units by DynamoDB's rules, marks and
 * index included, for the batches that five seconds make; beside them plain ways to keep the same totals, and another checkout.
 */
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { frameOf, livesOn, recordsOf } from '../../samples/demo/history.ts';
import { momentsOf, newsOf } from '../../samples/demo/lifecycle-events.ts';
import { demoShops } from '../../samples/demo/shops.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { fold, type Incoming } from '../../shared/fold/fold.ts';
import type { StoredEntity } from '../../shared/fold/parts.ts';
import { type Dictionary, dictionary, makeDictionary } from '../../shared/kpis/dictionary.ts';
import type { Kpi } from '../../shared/kpis/language.ts';
import { topics } from '../../shared/kpis/topics.ts';
import type * as applying from '../../shared/store/apply.ts';
import type * as marking from '../../shared/store/progress.ts';
import type * as settling from '../../shared/store/settled.ts';
import type { Table } from '../../shared/store/table.ts';
import { addDays } from '../../shared/time.ts';
import { pricedTable, type Units } from './priced-table.ts';
import type * as records from './records.ts';
import { rounded } from './statistics.ts';

const windowSeconds = 5;
/** As many records as a batch of the stream has at most. */
const largestBatch = 500;
const shardId = 'shardId-000000000000';
/** Ten million a month of a thousand creators. */
const eventsADay = 333;
const ordersADay = 40;
const aDay = 86_400_000;

/** Two days of a shop of that size as its sources tell them: each order, parcel, refund, review and settlement as often as something happens to it, with stock and content. */
function twoDays(): CloudEvent[] {
  const [demo] = demoShops;
  if (!demo) throw new Error('there is no demo shop');
  const shop = { ...demo, ordersPerDay: ordersADay, growth: 1 };
  const now = Date.now();
  const from = now - 2 * aDay;
  const frame = frameOf(shop, { seed: 1, now });
  const events = [...recordsOf(shop, frame, now)].filter(({ entityversion }) => entityversion > from);
  for (let day = addDays(frame.today, -60); day <= frame.today; day = addDays(day, 1))
    for (const lifecycle of livesOn(shop, day, frame)) {
      const moments = momentsOf(lifecycle).filter((at) => at > from && at <= now);
      for (const [i, at] of moments.entries()) events.push(...newsOf(lifecycle, moments[i - 1] ?? from, at));
    }
  const days = events.sort((a, b) => a.entityversion - b.entityversion);
  if (days.length < 2 * eventsADay) throw new Error(`the shop has only ${days.length} events in two days`);
  return days.slice(-2 * eventsADay);
}

/** The code of a checkout. */
interface Code {
  applyBatch: typeof applying.applyBatch;
  incomingOf: typeof records.incomingOf;
  /** What collect marks of one request with one event. */
  mark(table: Table, record: Incoming, at: number, latest: Map<string, number>): Promise<void>;
}

async function codeOf(root: string): Promise<Code> {
  const load = <T>(file: string): Promise<T> => import(pathToFileURL(join(root, file)).href);
  const { applyBatch } = await load<typeof applying>('shared/store/apply.ts');
  const { incomingOf } = await load<typeof records>('tests/bench/records.ts');
  const { markAccepted } = await load<typeof marking>('shared/store/progress.ts');
  const shards = await load<typeof settling>('shared/store/settled.ts').catch(() => undefined);
  const days = { days: [], stored: async () => [] };
  return {
    applyBatch,
    incomingOf,
    async mark(table, { seq, record }, at, latest) {
      const iso = new Date(at).toISOString();
      await markAccepted(table, `C#${record.event.creatorid}#1`, seq, iso, days);
      await shards?.markShard?.(table, { epoch: 1, shardId }, seq, iso, latest);
    },
  };
}

interface Traffic {
  creators: number;
  /** Events of all of them in a second. */
  rate: number;
}

/** Units an event of a day of these creators, one request an event, read in batches of five seconds. */
async function priceOf(code: Code, { creators, rate }: Traffic, dictionary?: Dictionary): Promise<Record<string, number>> {
  const table = pricedTable();
  // One instance of collect: when it last marked the shard.
  const latest = new Map<string, number>();
  const day = twoDays();
  const batch = Math.min(largestBatch, rate * windowSeconds);
  const begins = Date.parse('2026-11-30T00:00:00Z');
  const count = creators * eventsADay;
  for (let i = 0; i < count; i += batch) {
    const at = begins + (i / rate) * 1000;
    const events = Array.from({ length: Math.min(batch, count - i) }, (_, n) => {
      const creator = (i + n) % creators;
      // Creators are at different hours of the same day.
      const event = day[Math.floor((i + n) / creators) + (creator % eventsADay)] as CloudEvent;
      return { ...event, creatorid: `c-${creator}` };
    });
    const some = code.incomingOf(events);
    for (const [n, record] of some.entries()) await code.mark(table, record, at + (n / rate) * 1000, latest);
    const applied = await code.applyBatch(table, some, dictionary);
    const stopped = applied.retryFrom ?? (applied as { again?: string }).again;
    if (stopped !== undefined || applied.errors.length) throw new Error(`not applied: ${applied.errors.map(String).join()}`);
  }
  return perEvent(table.units(), count);
}

const perEvent = (units: Units, count: number): Record<string, number> =>
  Object.fromEntries(Object.entries(units).map(([name, number]) => [name, Math.round((100 * number) / count) / 100]));

interface Change {
  item: string;
  fields: [field: string, by: number][];
}

/** What each event changes, item by item. */
function changesOf(events: CloudEvent[], incomingOf: Code['incomingOf']): Change[][] {
  const entities = new Map<string, StoredEntity>();
  return incomingOf(events).map((record) => {
    const { changes, changed } = fold([record], entities);
    for (const [root, { entity }] of changed) entities.set(root, entity);
    const byItem = Map.groupBy(
      changes.flatMap(({ deltas }) => deltas),
      ({ item }) => item,
    );
    return [...byItem].map(([item, deltas]): Change => ({ item, fields: deltas.map(({ field, by }) => [field, by]) }));
  });
}

/** Calls that plain ways to keep the same totals make of an event; each writes a small item. None counts exactly once but the last. */
const plainWays: { [name: string]: (changes: Change[]) => number } = {
  'an update for each metric': (changes) => changes.reduce((sum, { fields }) => sum + fields.length, 0),
  'an update for each aggregate': (changes) => changes.length,
  'with an idempotency record': (changes) => 1 + changes.length,
  'in a transaction with it (two units an item)': (changes) => 2 * (1 + changes.length),
};

export interface TrafficOptions {
  creators: number;
  /** Another checkout, on the same events. */
  against?: string | undefined;
}

/** What the declarations would be with less: without a dimension, and without the distributions. */
function lessDeclared(): { [says: string]: Dictionary } {
  const withKpis = (change: (kpi: Kpi) => Kpi | undefined): Dictionary =>
    makeDictionary(
      topics.map((topic) => ({
        ...topic,
        kpis: Object.fromEntries(
          Object.entries(topic.kpis).flatMap(([name, kpi]) => {
            const changed = change(kpi);
            return changed ? [[name, changed]] : [];
          }),
        ),
      })),
      dictionary.latest,
    );
  return {
    'without the dimension product': withKpis((kpi) =>
      kpi.kind === 'measure' && kpi.by ? { ...kpi, by: kpi.by.filter((one) => one !== 'product') } : kpi,
    ),
    'without distributions': withKpis((kpi) => (kpi.kind === 'distribution' ? undefined : kpi)),
  };
}

/** A day of many creators, an event each in every batch. */
export async function realTraffic({ creators, against }: TrafficOptions): Promise<Record<string, unknown>> {
  const figures: Record<string, unknown> = { creators, eventsADay };
  const own = await codeOf(join(import.meta.dirname, '../..'));
  for (const rate of [4, 40, 400]) figures[`${rate} events a second`] = await priceOf(own, { creators, rate });
  if (against) figures['the other checkout, 4 events a second'] = await priceOf(await codeOf(against), { creators, rate: 4 });
  for (const [says, less] of Object.entries(lessDeclared()))
    figures[says] = await priceOf(own, { creators: Math.min(creators, 100), rate: 4 }, less);
  const changes = changesOf(twoDays(), own.incomingOf);
  for (const [name, calls] of Object.entries(plainWays))
    figures[name] = rounded(changes.reduce((sum, each) => sum + calls(each), 0) / changes.length);
  return figures;
}
