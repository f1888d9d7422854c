/** What should the totals be? The worlds' KPIs computed over the newest snapshots by hand, without any of the code that is tested. */
import type { StreamRecord } from '../../shared/events/record.ts';
import { clockAt } from './local-time.ts';
import { canCount, type LakeRecord, newestOf } from './newest.ts';

/** What one creator's numbers should be. */
export interface Truth {
  /** By item and field. */
  cells: Map<string, number>;
  /** Orders and costs that count, by `subject|day`. */
  roots: Map<string, Set<string>>;
  /** Deadlines of open orders, by order. */
  due: Map<string, string>;
}

type Data = { [name: string]: unknown };
type Line = { productId?: string; quantity: number; unitPrice: number; sellerDiscount: number; goodsAmount: number };
type By = { [dimension: string]: unknown };
type Tell = (subject: string, kpi: string, at: string | undefined, value: number, by?: By) => void;

/** A snapshot with its amounts in dollars and its times on the creator's clock. */
function readSnapshot({ event, stamp }: StreamRecord) {
  const data: Data = event.data;
  const rate = data.currency === 'EUR' ? Number(data.exchangeRate) : 1;
  return {
    definitions: stamp.definitions,
    data,
    amount: (value: unknown): number => Number(value ?? 0) * rate,
    at: (name: string): string | undefined => (data[name] === undefined ? undefined : clockAt(String(data[name]), stamp.zones)),
    lines: (data.lines ?? []) as Line[],
  };
}
type Read = ReturnType<typeof readSnapshot>;

const instantOf = (read: Read | undefined, name: string): number => Date.parse(String(read?.data[name]));
// Buckets of a distribution grow by 101/99 each, from 1 on.
const bucketOf = (value: number): number => 1 + Math.ceil(Math.log(value) / Math.log(101 / 99));

function tellOrder(order: Read, refunds: Read[], log: Tell): void {
  const { data, amount } = order;
  const paid = order.at('paidAt');
  const gross = (line: Line): number => amount(line.unitPrice) * line.quantity;
  const value =
    order.lines.reduce((sum, line) => sum + gross(line) - amount(line.sellerDiscount), 0) + amount(data.shippingCharged);
  if (data.sample !== true) log('sales', 'orders', paid, 1, { channel: data.channel });
  if (order.definitions < 2) for (const line of order.lines) log('sales', 'net', paid, gross(line), { product: line.productId });
  else {
    log('sales', 'net', paid, value, { channel: data.channel });
    log('sales', 'shipping', paid, amount(data.shippingCharged));
    if (data.campaign) log('sales', 'promoted', paid, 1);
  }
  log('sales', `value:${bucketOf(value)}`, paid, 1);
  // The earliest refund; of two at one instant, told in different zones, the one whose clock text comes first.
  const [first] = refunds
    .flatMap((refund) => refund.at('completedAt') ?? [])
    .sort((a, b) => Date.parse(a) - Date.parse(b) || (a < b ? -1 : 1));
  log('returns', 'refundedOrders', first, 1);
}

function tellRefund(refund: Read, order: Read | undefined, log: Tell): void {
  const goods = refund.amount(refund.data.goodsAmount);
  const completed = refund.at('completedAt');
  const channel = order?.data.channel;
  let rest = goods;
  for (const line of refund.lines) {
    rest -= refund.amount(line.goodsAmount);
    log('returns', 'refunds', completed, refund.amount(line.goodsAmount), { product: line.productId, channel });
  }
  if (rest) log('returns', 'refunds', completed, rest, { product: undefined, channel });
  if (completed) log('returns', 'refundsByOrder', order?.at('paidAt'), goods);
}

function tellShipment(shipment: Read, order: Read | undefined, log: Tell): void {
  const { data, definitions } = shipment;
  const handedOver = instantOf(shipment, 'handedOverAt');
  const delivered = instantOf(shipment, 'deliveredAt');
  const overAt = shipment.at('handedOverAt');
  if (handedOver > instantOf(order, 'shipBy')) log('parcels', 'late', overAt, 1, { carrier: data.carrier });
  log('parcels', 'labels', definitions < 2 ? overAt : shipment.at('deliveredAt'), Number(data.labelCost));
  if (definitions >= 2 && delivered && handedOver) {
    const seconds = (delivered - handedOver) / 1000;
    log('parcels', `transit:${seconds < 1 ? 0 : bucketOf(seconds)}`, shipment.at('deliveredAt'), 1);
  }
}

function tellCost(cost: Read, log: Tell): void {
  const days: string[] = [];
  for (let at = Date.parse(String(cost.data.from)); at <= Date.parse(String(cost.data.to)); at += 86_400_000)
    days.push(new Date(at).toISOString().slice(0, 10));
  const amount = cost.amount(cost.data.amount);
  const each = Math.floor(amount / days.length);
  for (const [i, day] of days.entries())
    log('spend', 'ads', day, each + (i < amount - each * days.length ? 1 : 0), { campaign: cost.data.campaign });
}

function tellTo(truth: Truth, root: string): Tell {
  return (subject, kpi, at, value, by = {}) => {
    if (!at || value === 0) return;
    const add = (item: string): void => {
      const cell = `${item} ${kpi}`;
      truth.cells.set(cell, (truth.cells.get(cell) ?? 0) + value);
    };
    const day = at.slice(0, 10);
    const month = at.slice(0, 7);
    const changedRoots = truth.roots.get(`${subject}|${day}`) ?? new Set();
    truth.roots.set(`${subject}|${day}`, changedRoots.add(root));
    const slice = kpi.includes(':') ? `dist.${kpi.split(':')[0]}` : 'total';
    add(`D#${subject}#${slice}#${day}`);
    add(`M#${subject}#${slice}#${month}`);
    if (slice !== 'total') return;
    if (at.length > 10) add(`H#${subject}#total#${at.slice(0, 13)}${at.slice(-6)}`);
    for (const [dimension, one] of Object.entries(by)) {
      if (one === undefined) continue;
      add(`D#${subject}#${dimension}#${day}#${one}`);
      add(`M#${subject}#${dimension}#${month}#${one}`);
    }
  };
}

/** What a creator's numbers should be after these records. */
export function truthOf(creator: string, records: LakeRecord[]): Truth {
  const truth: Truth = { cells: new Map(), roots: new Map(), due: new Map() };
  const own = records.filter((record) => record.event.creatorid === creator && canCount(record));
  const newest = [...newestOf(own).values()].map((record) => ({ subject: record.event.subject, read: readSnapshot(record) }));
  const rootOf = (subject: string): string => subject.split('/').slice(0, 2).join('/');
  for (const root of new Set(newest.map(({ subject }) => rootOf(subject)))) {
    const log = tellTo(truth, root);
    const parts = newest.filter(({ subject }) => rootOf(subject) === root);
    const order = parts.find(({ subject }) => subject === root && subject.startsWith('order/'))?.read;
    const refunds = parts.filter(({ subject }) => subject.includes('/refund/')).map(({ read }) => read);
    if (order) tellOrder(order, refunds, log);
    for (const refund of refunds) tellRefund(refund, order, log);
    for (const { subject, read } of parts) if (subject.includes('/shipment/')) tellShipment(read, order, log);
    for (const { subject, read } of parts) if (subject.startsWith('cost/')) tellCost(read, log);
    if (order?.data.paidAt && (order.definitions < 2 || order.data.sample !== true))
      truth.due.set(root, new Date(String(order.data.shipBy)).toISOString());
  }
  return truth;
}
