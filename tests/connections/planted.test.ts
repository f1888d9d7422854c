/** Would the tests of connections see it? Each law with a bug that breaks it, and a token that two renew at once. */
import { BatchWriteItemCommand, type PutItemCommandInput, type UpdateItemCommandInput } from '@aws-sdk/client-dynamodb';
import { afterEach, describe, expect, it } from 'vitest';
import { signWebhook } from '../../shared/sources/tiktok-shop/sign.ts';
import type { Table } from '../../shared/store/table.ts';
import { openTokenStore } from '../../shared/store/vendor-tokens.ts';
import { makeEvent, makeOrder } from '../make/events.ts';
import { bodyOf, signed } from './carriers.ts';
import { connectShop, domain, headersOf, orderOf } from './shopify.ts';
import { app, openShopWorld, type ShopWorld, shopId } from './world.ts';

let world: ShopWorld;
afterEach(() => world.pipeline.close());

type Send = Table['send'];
/** Changes or leaves out the writes of items whose sort key begins so. */
const onPut =
  (prefix: string, change: (put: PutItemCommandInput) => PutItemCommandInput | undefined) =>
  (send: Send): Send =>
    (async (command: { constructor: { name: string }; input: PutItemCommandInput }) => {
      const { input } = command;
      if (command.constructor.name !== 'PutItemCommand' || !input.Item?.sk?.S?.startsWith(prefix)) return send(command as never);
      const changed = change(input);
      if (changed === undefined) return {};
      Object.assign(input, changed);
      return send(command as never);
    }) as never;

/** Changes the updates of parcels' items, or what they answer. */
const onParcels =
  (change?: (input: UpdateItemCommandInput) => unknown, answer?: (item: object, input: UpdateItemCommandInput) => object) =>
  (send: Send): Send =>
    (async (command: { constructor: { name: string }; input: UpdateItemCommandInput }) => {
      const { input } = command;
      const isParcel = command.constructor.name === 'UpdateItemCommand' && input.Key?.pk?.S?.startsWith('P#parcel#');
      if (isParcel) change?.(input);
      const answered = await (send as (each: unknown) => Promise<{ Attributes?: object }>)(command);
      return isParcel && answer ? { Attributes: answer(answered.Attributes ?? {}, input) } : answered;
    }) as never;

describe('a planted bug', () => {
  it('of checkpoints that run three days ahead is seen: changes are missing', async () => {
    const ahead = onPut('S#checkpoint#', (put) => ({
      ...put,
      Item: { ...put.Item, readUntil: { N: String(Number(put.Item?.readUntil?.N) + 3 * 86_400) } },
    }));
    world = await openShopWorld({ day: 12, plant: ahead });
    await world.connect();
    await world.run();
    world.pass(2 * 86_400_000);
    await world.run();
    world.pass(3_600_000);
    await world.run();
    expect(await world.kpis()).not.toEqual(world.truth());
  });

  it('of webhooks that are never noted as seen is seen: one that comes again is worked off twice', async () => {
    const forgets = (send: Send) =>
      ((command: object) =>
        command instanceof BatchWriteItemCommand ? Promise.resolve({}) : send(command as never)) as unknown as Send;
    world = await openShopWorld({ plant: forgets });
    const body = JSON.stringify({ type: 1, tts_notification_id: '1', shop_id: shopId, data: { order_id: '5' } });
    const outcomes: string[] = [];
    for (let i = 0; i < 2; i++) {
      await world.post(body, signWebhook(body, app.appKey, app.appSecret));
      outcomes.push(...(await world.workOff()));
    }
    expect(outcomes).toEqual(['unknown', 'unknown']);
  });

  it('of consents that are taken without a condition is seen: one is completed twice', async () => {
    const twice = async (plant?: (send: Send) => Send) => {
      world = await openShopWorld({ plant });
      const route = 'POST /v1/creators/{creatorId}/connections/tiktok-shop';
      const { json } = await world.askConnect({ route, creatorId: 'c-1', as: 'c-1' });
      const state = new URL(json.url).searchParams.get('state') ?? '';
      const statuses: number[] = [];
      for (let i = 0; i < 2; i++)
        statuses.push((await world.comeBack('tiktok-shop', { code: world.standIn.authorise(), state })).status);
      return statuses;
    };
    expect(await twice()).toEqual([200, 409]);
    await world.pipeline.close();
    const unconditional = onPut('S#taken', (put) => ({ ...put, ConditionExpression: undefined }));
    expect(await twice(unconditional)).toEqual([200, 200]);
  });

  it('of what a carrier told, put over what is newer, is seen: a parcel that was delivered is on its way again', async () => {
    const told = {
      moved: { status: 'in_transit', at: '2026-03-02T16:30:00Z' },
      delivered: { status: 'delivered', at: '2026-03-04T18:00:00Z' },
    };
    const number = '940010000000000000000000';
    const shipped = (time: string) => ({
      ...makeEvent({ entity: 'shipment', subject: 'order/o-1/shipment/s-1', time, data: { status: 'in_transit' } }),
      trackingkey: `USPS/${number}`,
    });
    const deliveries = async (plant?: (send: Send) => Send) => {
      world = await openShopWorld({ orders: 0, day: 10, plant });
      await world.accept([makeOrder('o-1'), shipped('2026-03-01T18:00:00Z')]);
      for (const said of [[told.moved, told.delivered], [told.moved]]) {
        const body = bodyOf('easypost', 'USPS', number, said);
        await world.postTo('easypost', body, signed('easypost', body, world.state.now));
        await world.workOff();
      }
      await world.accept([shipped('2026-03-03T09:00:00Z')]);
      return world.days('delivered');
    };
    expect(await deliveries()).toEqual({ '2026-03-04': { delivered: 1 } });
    await world.pipeline.close();
    expect(await deliveries(onParcels((input) => Object.assign(input, { ConditionExpression: 'attribute_exists(pk)' })))).toEqual(
      {},
    );
  });

  it('of a number that leads each creator to the own order alone is seen: two that claim it are both moved', async () => {
    const ownOnly = onParcels(undefined, (item, input) => {
      const [, creator] = String(input.ExpressionAttributeNames?.['#part']).split(' ');
      return Object.fromEntries(
        Object.entries(item).filter(([name]) => !name.startsWith('in ') || name.split(' ')[1] === creator),
      );
    });
    world = await openShopWorld({ orders: 0, day: 10, plant: ownOnly });
    const said = [{ status: 'delivered', at: '2026-03-04T18:00:00Z' }];
    const body = bodyOf('easypost', 'USPS', '940010000000000000000000', said);
    await world.postTo('easypost', body, signed('easypost', body, world.state.now));
    await world.workOff();
    for (const creator of ['c-1', 'c-2']) {
      const shipment = makeEvent({
        entity: 'shipment',
        subject: 'order/o-1/shipment/s-1',
        creator,
        data: { status: 'label_created' },
      });
      await world.accept([makeOrder('o-1', { creator }), { ...shipment, trackingkey: 'USPS/940010000000000000000000' }]);
    }
    expect(await world.days('delivered', 'c-2')).not.toEqual({});
  });

  it('of orders of Shopify that are not kept is seen: what has to be erased is not found', async () => {
    const found = async (plant?: (send: Send) => Send) => {
      world = await openShopWorld({ orders: 0, day: 10, plant });
      await connectShop(world);
      const redact = JSON.stringify({ shop_domain: domain, customer: { email: 'ana@example.com' } });
      for (const [topic, body] of [
        ['orders/create', orderOf(1)],
        ['customers/redact', redact],
      ] as const) {
        await world.postTo('shopify', body, headersOf(topic, body));
        await world.workOff();
      }
      return world.pipeline.records().filter((text) => text.includes('shopify-1')).length;
    };
    expect(await found()).toBe(2);
    await world.pipeline.close();
    expect(await found(onPut('S#shopify-order#', () => undefined))).toBe(1);
  });

  it('of shops that are claimed without a condition is seen: another creator takes a connected one over', async () => {
    const unconditional = onPut('S#tiktok-shop#', ({ TableName, Item }) => ({
      TableName,
      Item,
      ConditionExpression: undefined,
      ExpressionAttributeValues: undefined,
    }));
    world = await openShopWorld({ orders: 5, plant: unconditional });
    await world.connect('c-1');
    expect((await world.connect('c-2')).text).not.toContain('is connected to another creator');
  });

  it('of tokens that are put without a condition is seen: the later writer wins', async () => {
    const unconditional = onPut('S#token#', ({ TableName, Item }) => ({
      TableName,
      Item,
      ConditionExpression: undefined,
      ExpressionAttributeValues: undefined,
    }));
    world = await openShopWorld({ plant: unconditional });
    expect(await race()).toEqual([true, true]);
  });
});

/** Two processes that renew one token at the same time. */
async function race(): Promise<boolean[]> {
  const { collector, secrets, now } = world.connectors;
  const of = () =>
    openTokenStore<string>(
      { table: collector.table, secrets, prefix: 'Test', now },
      { creatorId: 'c-1', vendor: 'tiktok-shop', authorisation: 'a' },
    );
  const [one, two] = [of(), of()];
  await one.put('first', undefined);
  const [known, same] = [await one.get(), await two.get()];
  const won = [await one.put('second', known?.version), await two.put('third', same?.version)];
  if (won.filter(Boolean).length === 1)
    expect([(await one.get())?.token, (await two.get())?.token]).toEqual(['second', 'second']);
  return won;
}

it('a token that two renew at once is put by one, and both go on with it', async () => {
  world = await openShopWorld();
  expect(await race()).toEqual([true, false]);
});
