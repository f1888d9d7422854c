/** What happens in the simulated shop? All of it is drawn from a seed before anything is asked: who orders what, and how it ends. */
import { between, chance, pick, type Random, randomOf, whole } from '../../../samples/demo/random.ts';

export interface PlanOptions {
  seed: string;
  /** First and last instant (seconds) at which orders come in. */
  from: number;
  to: number;
  orders: number;
}

export interface PlannedSku {
  id: string;
  productId: string;
  sellerSku: string;
  title: string;
  /** Cents, as all amounts of a plan. */
  price: number;
}

export interface PlannedUnit {
  lineId: string;
  sku: PlannedSku;
  sellerDiscount: number;
  platformDiscount: number;
  tax: number;
}

/** Something that is given back, with the units it is for. */
export interface PlannedRefund {
  id: string;
  requestedAt: number;
  completedAt: number;
  units: PlannedUnit[];
  goods: number;
  shipping: number;
  tax: number;
}

export interface PlannedOrder {
  id: string;
  buyerId: string;
  createdAt: number;
  paidAt?: number;
  isCod: boolean;
  isSample: boolean;
  units: PlannedUnit[];
  shipping: number;
  /** When it came into which status, oldest first. */
  steps: { at: number; status: string }[];
  packageId?: string;
  readyAt?: number;
  collectedAt?: number;
  deliveredAt?: number;
  completedAt?: number;
  /** The carrier lost the package. */
  lostAt?: number;
  cancelledAt?: number;
  cancelledBy?: 'BUYER' | 'SELLER' | 'SYSTEM';
  cancellation?: PlannedRefund;
  return?: PlannedRefund;
}

export interface Plan {
  skus: PlannedSku[];
  orders: PlannedOrder[];
}

const anHour = 3600;
const aDay = 86_400;

/** Ids are as long as the vendor's: more than a JavaScript number holds exactly. */
const idOf = (group: number, number: number): string =>
  `${57_600_000 + group}${String(10_000_000_000 + number).slice(1)}${group % 10}`;

function planSkus(seed: string): PlannedSku[] {
  const random = randomOf(seed, 'products');
  return Array.from({ length: 18 }, (_, i) => ({
    id: idOf(3, i),
    productId: idOf(2, Math.floor(i / 2)),
    sellerSku: `SKU-${i + 1}`,
    title: `Product ${Math.floor(i / 2) + 1}`,
    price: whole(random, 500, 6000),
  }));
}

function planUnits(random: Random, skus: PlannedSku[], order: number): PlannedUnit[] {
  const units: PlannedUnit[] = [];
  for (let line = whole(random, 1, 3); line > 0; line--) {
    const sku = skus[whole(random, 0, skus.length - 1)] as PlannedSku;
    const sellerDiscount = chance(random, 0.4) ? Math.round(sku.price * 0.1) : 0;
    const platformDiscount = chance(random, 0.2) ? Math.round(sku.price * 0.05) : 0;
    const tax = Math.round((sku.price - sellerDiscount) * 0.0825);
    for (let unit = whole(random, 1, 3); unit > 0; unit--)
      units.push({ lineId: idOf(4, order * 20 + units.length), sku, sellerDiscount, platformDiscount, tax });
  }
  return units;
}

const total = (units: PlannedUnit[], of: (unit: PlannedUnit) => number): number => units.reduce((sum, unit) => sum + of(unit), 0);
const goodsOf = (units: PlannedUnit[]): number =>
  total(units, ({ sku, sellerDiscount, platformDiscount }) => sku.price - sellerDiscount - platformDiscount);

function refundOf(id: string, units: PlannedUnit[], shipping: number, requestedAt: number, completedAt: number): PlannedRefund {
  return { id, requestedAt, completedAt, units, goods: goodsOf(units), shipping, tax: total(units, ({ tax }) => tax) };
}

/** How the order goes on once it is paid, or taken as cash on delivery. */
function planDelivery(order: PlannedOrder, random: Random, number: number, from: number): void {
  const { steps } = order;
  const after = (at: number, low: number, high: number) => Math.floor(at + between(random, low, high));
  const readyAt = after(from, anHour, 30 * anHour);
  const collectedAt = after(readyAt, anHour, 20 * anHour);
  steps.push({ at: readyAt, status: 'AWAITING_COLLECTION' }, { at: collectedAt, status: 'IN_TRANSIT' });
  Object.assign(order, { packageId: idOf(5, number), readyAt, collectedAt });
  if (chance(random, 0.03)) {
    order.lostAt = after(collectedAt, 4 * aDay, 6 * aDay);
    return;
  }
  const deliveredAt = after(collectedAt, aDay, 6 * aDay);
  const completedAt = after(deliveredAt, 2 * aDay, 7 * aDay);
  steps.push({ at: deliveredAt, status: 'DELIVERED' }, { at: completedAt, status: 'COMPLETED' });
  Object.assign(order, { deliveredAt, completedAt });
  if (!chance(random, 0.12)) return;
  const returned = order.units.slice(0, whole(random, 1, order.units.length));
  const requestedAt = after(deliveredAt, anHour, 2 * aDay);
  order.return = refundOf(idOf(6, number), returned, 0, requestedAt, after(requestedAt, anHour, 4 * aDay));
}

function planOrder(number: number, { seed, from, to }: PlanOptions, skus: PlannedSku[]): PlannedOrder {
  const random = randomOf(seed, 'order', number);
  const createdAt = Math.floor(between(random, from, to));
  const order: PlannedOrder = {
    id: idOf(1, number),
    buyerId: idOf(7, whole(random, 1, 200)),
    createdAt,
    isCod: chance(random, 0.05),
    isSample: chance(random, 0.03),
    units: planUnits(random, skus, number),
    shipping: pick(random, [
      [0, 2],
      [499, 3],
      [799, 1],
    ]),
    steps: [{ at: createdAt, status: 'UNPAID' }],
  };
  const fate = pick(random, [
    ['unpaid', 6],
    ['cancelled', 8],
    ['delivered', 86],
  ] as const);
  if (fate === 'unpaid' && !order.isCod) {
    order.cancelledAt = createdAt + aDay;
    order.cancelledBy = 'SYSTEM';
    order.steps.push({ at: order.cancelledAt, status: 'CANCELLED' });
    return order;
  }
  const paidAt = order.isCod ? createdAt + 60 : Math.floor(createdAt + between(random, 20, anHour));
  if (!order.isCod) order.paidAt = paidAt;
  order.steps.push({ at: paidAt, status: 'AWAITING_SHIPMENT' });
  if (fate !== 'cancelled' || order.isCod) {
    planDelivery(order, random, number, paidAt);
    return order;
  }
  order.cancelledBy = chance(random, 0.7) ? 'BUYER' : 'SELLER';
  const requestedAt = Math.floor(paidAt + between(random, 600, 12 * anHour));
  order.cancelledAt = requestedAt + anHour;
  order.steps.push({ at: order.cancelledAt, status: 'CANCELLED' });
  order.cancellation = refundOf(idOf(6, number), order.units, order.shipping, requestedAt, order.cancelledAt + anHour);
  return order;
}

/** The same options give the same plan. */
export function planShop(options: PlanOptions): Plan {
  const skus = planSkus(options.seed);
  return { skus, orders: Array.from({ length: options.orders }, (_, i) => planOrder(i, options, skus)) };
}

/** What the buyer pays of units, before shipping: list price less both discounts, with tax. */
export const paidFor = (units: PlannedUnit[]): number => goodsOf(units) + total(units, ({ tax }) => tax);

/** What is settled for an order, in cents: goods the seller keeps, fees, and postage; a cost is negative. */
export function settlementOf({ units, return: returned }: PlannedOrder, at: number) {
  const sold = total(units, ({ sku, sellerDiscount }) => sku.price - sellerDiscount);
  const isBack = returned !== undefined && returned.completedAt <= at;
  const back = isBack ? total(returned.units, ({ sku, sellerDiscount }) => sku.price - sellerDiscount) : 0;
  const revenue = sold - back;
  const referral = -Math.round(revenue * 0.06);
  const affiliate = -Math.round(revenue * 0.1);
  const shipping = -450;
  return { revenue, referral, affiliate, shipping, settled: revenue + referral + affiliate + shipping };
}

/** The statement of an order: made at the midnight (UTC, seconds) after its completion. Samples are settled by none. */
export const statementTimeOf = ({ completedAt, isSample }: PlannedOrder): number | undefined =>
  completedAt === undefined || isSample ? undefined : (Math.floor(completedAt / aDay) + 1) * aDay;
