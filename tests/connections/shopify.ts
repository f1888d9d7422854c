/** A shop of Shopify: how a seller connects it, and what it sends. */
import { createHmac } from 'node:crypto';
import { type ShopWorld, shopifyApp } from './world.ts';

export const domain = 'example.myshopify.com';

/** The query of a redirect, signed as Shopify does. */
export function redirect(query: Record<string, string>, secret = shopifyApp.clientSecret): Record<string, string> {
  const said = Object.keys(query)
    .sort()
    .map((name) => `${name}=${query[name]}`)
    .join('&');
  return { ...query, hmac: createHmac('sha256', secret).update(said).digest('hex') };
}

export const begin = (world: ShopWorld, creatorId = 'c-1', shop = domain, as = creatorId, roles = ['creator']) =>
  world.askConnect({ route: 'POST /v1/creators/{creatorId}/connections/shopify', creatorId, as, roles, body: { shop } });
export const comeBack = (world: ShopWorld, query: Record<string, string>) => world.comeBack('shopify', query);

/** The state that a seller carries to the shop and back. */
export async function stateOf(world: ShopWorld, creatorId = 'c-1', shop = domain): Promise<string> {
  const { json } = await begin(world, creatorId, shop);
  return new URL(json.url).searchParams.get('state') ?? '';
}

/** A code that the shop has given out. */
export function codeOf(world: ShopWorld, shop = domain, scope = 'read_orders'): string {
  const code = `code-${world.codes.size}-${shop}`;
  world.codes.set(`${shop} ${code}`, scope);
  return code;
}

export async function connectShop(world: ShopWorld, creatorId = 'c-1', shop = domain) {
  const state = await stateOf(world, creatorId, shop);
  return comeBack(world, redirect({ code: codeOf(world, shop), shop, state, timestamp: '1', host: 'YWRtaW4' }));
}

/** Headers of a webhook. */
export const headersOf = (
  topic: string,
  body: string | Buffer,
  { id = `w-${topic}`, shop = domain, secret = shopifyApp.clientSecret }: { id?: string; shop?: string; secret?: string } = {},
): Record<string, string> => ({
  'x-shopify-topic': topic,
  'x-shopify-shop-domain': shop,
  'x-shopify-webhook-id': id,
  'x-shopify-hmac-sha256': createHmac('sha256', secret).update(body).digest('base64'),
});

/** An order of two units at 10.00, of a buyer with a mail address. */
export const orderOf = (id: number, changed: object = {}): string =>
  JSON.stringify({
    id,
    created_at: '2026-03-05T10:00:00-05:00',
    updated_at: '2026-03-05T10:00:00-05:00',
    processed_at: '2026-03-05T10:00:00-05:00',
    currency: 'USD',
    financial_status: 'paid',
    email: 'ana@example.com',
    customer: { id: 7, first_name: 'Ana' },
    shipping_address: { name: 'Ana', address1: '1 Example Street' },
    line_items: [{ id: 1, product_id: 11, variant_id: 111, title: 'Rose serum', quantity: 2, price: '10.00' }],
    ...changed,
  });

export const fulfillment = (number: string, changed: object = {}): object => ({
  id: 9,
  status: 'success',
  tracking_company: 'USPS',
  tracking_number: number,
  tracking_numbers: [number],
  created_at: '2026-03-06T09:00:00-05:00',
  updated_at: '2026-03-06T09:00:00-05:00',
  ...changed,
});

export const refundOf = (orderId: number, changed: object = {}): string =>
  JSON.stringify({
    id: 5,
    order_id: orderId,
    created_at: '2026-03-08T10:00:00-05:00',
    refund_line_items: [],
    transactions: [{ kind: 'refund', status: 'success', amount: '4.00', currency: 'USD' }],
    ...changed,
  });
