/** Does reading a whole shop come to the shop's own numbers: under faults, while it lives on, and stopped at any call? */
import { describe, expect, it } from 'vitest';
import type { Fault } from '../../../local/vendors/tiktok-shop/faults.ts';
import { notificationsOf } from '../../../local/vendors/tiktok-shop/notifications.ts';
import type { DayOfTruth } from '../../../local/vendors/tiktok-shop/truth.ts';
import { parseEvent } from '../../../shared/events/parse.ts';
import { fold } from '../../../shared/fold/fold.ts';
import { textOf } from '../../../shared/sources/record.ts';
import type { Client } from '../../../shared/sources/tiktok-shop/client.ts';
import { apis } from '../../../shared/sources/tiktok-shop/rules/apis.ts';
import { isGenuineWebhook } from '../../../shared/sources/tiktok-shop/sign.ts';
import { readChanged, streamsOf } from '../../../shared/sources/tiktok-shop/streams.ts';
import { parseWebhook, whatToFetch } from '../../../shared/sources/tiktok-shop/webhook.ts';
import { cellsOf, valuesOf } from '../../make/cells.ts';
import { aStream, inZone } from '../../make/stream.ts';
import { someOf } from '../../rounds.ts';
import { app, countedOf, Killed, newestOf, openWorld, shop, sorted, type WorldOptions } from './world.ts';

type World = Awaited<ReturnType<typeof openWorld>>;

function expectTruth({ kept, truth, notes, world }: World): void {
  expect(sorted(countedOf(kept))).toEqual(sorted(truth()));
  const refused = kept.map((event) => parseEvent(event, world.now)).filter((parsed) => !parsed.ok);
  expect(refused).toEqual([]);
  expect([...notes.refused, ...notes.unknown]).toEqual([]);
}

const during = (fault: Fault, first: number, last: number) => (n: number) => (n >= first && n <= last ? fault : undefined);

describe('a backfill of 400 orders', () => {
  it('comes to the truth of the shop: orders, GMV, refunds and settlements of every day', async () => {
    const found = await openWorld({ orders: 400 });
    await found.pollAll();
    expectTruth(found);
    const newest = newestOf(found.kept);
    const count = (pattern: RegExp) => [...newest.keys()].filter((subject) => pattern.test(subject)).length;
    expect(count(/^order\/\d+$/)).toBe(400);
    expect(count(/^product\//)).toBe(9);
    expect(count(/shipment/)).toBe(found.plan.orders.filter(({ packageId }) => packageId).length);
    expect(count(/refund\/\d/)).toBeGreaterThan(20);
    expect(count(/refund\/cancel-/)).toBeGreaterThan(10);
  });

  it('asks for packages by the list, and for the detail of those alone that are on their way', async () => {
    const found = await openWorld({ orders: 400, day: 12 });
    await found.pollAll();
    const newest = newestOf(found.kept);
    const packages = found.plan.orders.flatMap(({ packageId }) => packageId ?? []);
    const statusOf = (id: string) =>
      [...newest].find(([subject]) => subject.endsWith(`/shipment/${id}`))?.[1].data as { status: string } | undefined;
    const onTheirWay = packages.filter((id) => ['in_transit', 'exception'].includes(statusOf(id)?.status ?? ''));
    const details = [...found.standIn.requests].flatMap(([path]) => /packages\/(\d+)$/.exec(path)?.[1] ?? []);
    expect(onTheirWay.length).toBeGreaterThan(30);
    expect(details.sort()).toEqual(onTheirWay.sort());
    // Read one by one, as webhooks have them read, the shipments are the same.
    const made = packages.filter((id) => statusOf(id));
    expect(made.length).toBeGreaterThan(100);
    for (const event of await readChanged({ fetch: 'packages', ids: made }, found.reading))
      expect(newest.get(event.subject)?.data, event.subject).toEqual(event.data);
  });

  it('comes to it in the KPIs of the service, whatever the order in which the events are folded', async () => {
    const found = await openWorld({ orders: 400 });
    await found.pollAll();
    const stamp = { zones: inZone(shop.timeZone), currency: 'USD' };
    const told = (of: (day: DayOfTruth) => number) =>
      Object.fromEntries([...found.truth()].map(([day, numbers]) => [day, of(numbers)]).filter(([, number]) => number !== 0));
    for (const events of [found.kept, found.kept.toReversed()]) {
      const cells = cellsOf(fold(aStream(events, stamp), new Map()).changes);
      expect(valuesOf(cells, 'gmv')).toEqual(told(({ gmv }) => gmv));
      expect(valuesOf(cells, 'orders')).toEqual(told(({ orders }) => orders));
      expect(valuesOf(cells, 'refunds')).toEqual(told(({ refunds }) => refunds));
    }
  });

  const faults: [what: string, options: WorldOptions][] = [
    ['a storm of 429', { fault: during('too_many', 20, 26) }],
    ['a storm of 500', { fault: during('broken', 30, 36) }],
    ['pages of HTML', { fault: during('html', 40, 43) }],
    ['bodies that break off', { fault: during('half', 50, 53) }],
    ['tokens that run out in the middle', { fault: (n) => (n % 60 === 0 ? 'expired' : undefined) }],
    [
      'tokens that are good for two hours while each request takes ten minutes',
      { tokenSeconds: 7200, requestMs: 600_000, day: 45 },
    ],
    ['a tenth of the requests a second', { requestsPerSecond: 5 }],
    [
      'a fault at every third request',
      { fault: (n) => (n > 1 ? (['too_many', 'broken', 'html', 'half'] as const)[n % 12] : undefined) },
    ],
  ];
  it.each(faults)('comes to it under %s', async (_, options) => {
    const found = await openWorld({ orders: 400, ...options });
    await found.pollAll();
    // What has changed while it was read.
    await found.pollAll();
    expectTruth(found);
  });
});

describe('a shop that lives on while it is read', () => {
  // Each request takes half an hour: some orders change between any two pages.
  const living = { orders: 1500, day: 18, requestMs: 1_800_000, tokenSeconds: 60 * 86_400 };

  it('loses no order by page tokens that count places (without this care, some are missing)', async () => {
    const { client, world, plan } = await openWorld(living);
    const until = Math.floor(world.now / 1000);
    const ids = new Set<string>();
    const question = {
      query: { sort_field: 'update_time', sort_order: 'ASC' },
      body: { update_time_ge: 0, update_time_lt: until },
    };
    const { data } = await client.page(apis.searchOrders, question);
    for await (const { items } of client.pages(apis.searchOrders, question)) for (const { id } of items) ids.add(String(id));
    // Nothing happens to these any more: however long it takes, they are in the list.
    const settled = plan.orders.filter(({ createdAt, steps }) => createdAt < until && steps.every(({ at }) => at < until));
    expect(Number(data.total_count)).toBeGreaterThan(500);
    expect(settled.filter(({ id }) => !ids.has(id)).length).toBeGreaterThan(0);

    const found = await openWorld(living);
    await found.pollAll();
    const kept = newestOf(found.kept);
    expect(settled.filter(({ id }) => !kept.has(`order/${id}`))).toEqual([]);
  });

  it('comes to the truth by polling, again and again', async () => {
    const found = await openWorld({ orders: 400, day: 2 });
    for (let poll = 0; poll < 12; poll++) {
      await found.pollAll();
      expectTruth(found);
      found.world.now += 100 * 3_600_000;
    }
    expect([...found.truth().values()].reduce((sum, { settled }) => sum + settled, 0)).toBeGreaterThan(100_000);
  });

  it('comes to it by webhooks that get lost, come twice and in any order, and a poll behind them', async () => {
    const found = await openWorld({ orders: 150, day: 3 });
    const done = new Set<string>();
    let fetched = 0;
    for (let day = 3; day < 20; day++) {
      const options = { seed: 's', shopId: shop.shopId, ...app, lost: 0.2, repeated: 0.2, isShuffled: true };
      const since = found.from + day * 86_400;
      found.world.now = (since + 86_400) * 1000;
      for (const { body, authorization } of notificationsOf(found.plan, since, since + 86_400, options)) {
        expect(isGenuineWebhook(Buffer.from(body), authorization, app)).toBe(true);
        const notification = parseWebhook(Buffer.from(body));
        if (done.has(notification.dedupeKey)) continue;
        done.add(notification.dedupeKey);
        const wanted = whatToFetch(notification, found.notes);
        if (wanted) await found.sink(await readChanged(wanted, found.reading));
        fetched++;
      }
    }
    expect(fetched).toBeGreaterThan(200);
    expect(sorted(countedOf(found.kept))).not.toEqual(sorted(found.truth()));
    await found.pollAll();
    expectTruth(found);
  });
});

it('two that read the same shop at once come to the same', async () => {
  const found = await openWorld({ orders: 100, tokenSeconds: 7000, requestMs: 5000 });
  await Promise.all([found.pollAll(), found.pollAll()]);
  await found.pollAll();
  expectTruth(found);
});

it('an order whose detail is not there is taken as the list has it, and one that is nowhere is counted', async () => {
  const { reading, client, notes } = await openWorld({ orders: 30 });
  const bare: Client = {
    ...client,
    page: async (api, ...rest) => (api === apis.orders ? { items: [], next: undefined, data: {} } : client.page(api, ...rest)),
  };
  const withoutDetail = { ...reading, client: bare };
  const orders = streamsOf(withoutDetail).find(({ name }) => name === 'orders');
  const { items } = await client.page(apis.searchOrders);
  const events = (await orders?.events(items, false)) ?? [];
  expect(events.filter(({ subject }) => /^order\/\d+$/.test(subject))).toHaveLength(30);
  expect(await readChanged({ fetch: 'orders', ids: ['1'] }, withoutDetail)).toEqual([]);
  expect(notes.skipped.get('order that is not found')?.examples).toEqual(['order 1']);
});

describe('a backfill that is stopped', () => {
  const small = { orders: 40, tokenSeconds: 40 * 86_400 };

  it('at any call, before or after it, and resumed ends complete, and nothing counts twice', async () => {
    const whole = await openWorld(small);
    await whole.pollAll();
    const steps = whole.world.steps;
    expect(steps).toBeGreaterThan(100);
    const all = Array.from({ length: steps }, (_, i) => i + 1);
    for (const killAt of someOf(all, 'stoppedPoll')) {
      const found = await openWorld(small);
      found.world.killAt = killAt;
      await expect(found.pollAll(), `step ${killAt}`).rejects.toThrow(Killed);
      found.world.killAt = Number.POSITIVE_INFINITY;
      await found.pollAll();
      expectTruth(found);
    }
  });

  it('loses something where the sink answers before it has kept what it was given', async () => {
    const whole = await openWorld(small);
    await whole.pollAll();
    let lost = 0;
    for (let killAt = 1; killAt <= whole.world.steps; killAt += 30) {
      const found = await openWorld({ ...small, isSinkLazy: true });
      found.world.killAt = killAt;
      await expect(found.pollAll()).rejects.toThrow(Killed);
      found.world.killAt = Number.POSITIVE_INFINITY;
      await found.pollAll();
      if (JSON.stringify(sorted(countedOf(found.kept))) !== JSON.stringify(sorted(found.truth()))) lost++;
    }
    expect(lost).toBeGreaterThan(0);
  });

  it('after every few calls, again and again, still ends', async () => {
    const found = await openWorld(small);
    let stops = 0;
    for (;;) {
      // Long enough for one page of each kind: what is stopped before a page is done has to read it again.
      found.world.killAt = found.world.steps + 120;
      try {
        await found.pollAll();
        break;
      } catch (error) {
        expect(error).toBeInstanceOf(Killed);
        expect(++stops).toBeLessThan(200);
      }
    }
    expect(stops).toBeGreaterThan(2);
    expectTruth(found);
  });
});

it('reads the stock of what a webhook names', async () => {
  const { reading, plan, world } = await openWorld({ orders: 20 });
  const [sku] = plan.skus;
  const events = await readChanged({ fetch: 'inventory', ids: [sku?.id ?? ''] }, reading);
  expect(events.every((event) => parseEvent(event, world.now).ok)).toBe(true);
  expect(events.map(({ data }) => textOf(data.sellerSku))).toContain(sku?.sellerSku);
  const products = await readChanged({ fetch: 'products', ids: [sku?.productId ?? ''] }, reading);
  expect(products.map(({ subject }) => subject)).toEqual([`product/${sku?.productId}`]);
  expect(await readChanged({ fetch: 'authorisation', ids: [] }, reading)).toEqual([]);
});
