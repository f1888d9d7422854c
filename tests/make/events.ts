/** How does a test make events? A whole valid one by default, with what matters said in the call. */
import { typeOf } from '../../shared/events/entities.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';

let made = 0;

export interface EventSpec {
  entity: string;
  subject: string;
  data: Record<string, unknown>;
  creator?: string;
  time?: string;
  version?: number;
}

export function makeEvent({
  entity,
  subject,
  data,
  creator = 'c-1',
  time = '2026-03-01T14:03:00Z',
  version,
}: EventSpec): CloudEvent {
  made += 1;
  return {
    specversion: '1.0',
    id: `e-${made}`,
    source: '/test',
    type: typeOf(entity),
    subject,
    time,
    creatorid: creator,
    entityversion: version ?? Date.parse(time),
    data,
  };
}

export const makeCreator = (creator = 'c-1', data: Record<string, unknown> = {}, time = '2026-01-01T00:00:00Z'): CloudEvent =>
  makeEvent({
    entity: 'creator',
    subject: `creator/${creator}`,
    creator,
    time,
    data: { name: `Shop ${creator}`, timeZone: 'America/New_York', currency: 'USD', ...data },
  });

export interface OrderSpec {
  creator?: string;
  paidAt?: string | undefined;
  version?: number;
  product?: string;
  category?: string;
  channel?: string;
  quantity?: number;
  unitPrice?: number;
  sellerDiscount?: number;
  data?: Record<string, unknown>;
}

/** A paid order of one line. */
export function makeOrder(id: string, spec: OrderSpec = {}): CloudEvent {
  const {
    creator,
    product = 'p-1',
    category = 'beauty',
    channel = 'live',
    quantity = 1,
    unitPrice = 1000,
    sellerDiscount = 0,
  } = spec;
  const paidAt = 'paidAt' in spec ? spec.paidAt : '2026-03-01T14:03:00Z';
  const line = { productId: product, sku: `${product}-s`, category, quantity, unitPrice, sellerDiscount };
  const time = paidAt ?? '2026-03-01T14:00:00Z';
  return makeEvent({
    entity: 'order',
    subject: `order/${id}`,
    creator,
    time,
    version: spec.version,
    data: {
      status: paidAt ? 'paid' : 'placed',
      placedAt: time,
      ...(paidAt ? { paidAt } : {}),
      currency: 'USD',
      channel,
      lines: [line],
      ...spec.data,
    },
  });
}

/** A completed refund of an order's goods. */
export const makeRefund = (
  order: string,
  id: string,
  completedAt: string,
  goodsAmount: number,
  data: Record<string, unknown> = {},
) =>
  makeEvent({
    entity: 'refund',
    subject: `order/${order}/refund/${id}`,
    time: completedAt,
    data: {
      completedAt,
      currency: 'USD',
      goodsAmount,
      lines: [{ productId: 'p-1', category: 'beauty', quantity: 1, goodsAmount }],
      ...data,
    },
  });

export const makeShipment = (order: string, id: string, data: Record<string, unknown>, time = '2026-03-04T12:00:00Z') =>
  makeEvent({
    entity: 'shipment',
    subject: `order/${order}/shipment/${id}`,
    time,
    data: { status: 'in_transit', carrier: 'USPS', ...data },
  });
