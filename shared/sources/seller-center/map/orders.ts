/** What are the orders of an export? A row is one SKU line; what is the order's own stands in each of its rows and counts once. */
import { looksLikeAddress } from '../../../events/region.ts';
import { trackingKey } from '../../carriers/shipment.ts';
import { trimmed } from '../read/cell.ts';
import type { TableRow } from '../read/table-rows.ts';
import type { DateOrder } from '../rules/markets.ts';
import { orderColumns } from '../rules/titles.ts';
import { cancelledBy, cashOnDelivery, fulfilledBy, orderStatuses, wordOf } from '../rules/words.ts';
import { type CellReader, cellsOf, emptyCell, type Problem, type Shop } from './shop.ts';

export interface OrderLine {
  skuId: string;
  sellerSku: string | undefined;
  title: string | undefined;
  variation: string | undefined;
  category: string | undefined;
  quantity: number;
  unitPrice: number;
  subtotal: number;
  sellerDiscount: number;
  platformDiscount: number;
  /** Units given back, as far as the file knows. */
  returned: number;
}

export interface Parcel {
  id: string;
  carrier: string | undefined;
  service: string | undefined;
  /** Carrier and tracking number. */
  trackingKey: string | undefined;
}

/** An order as one export shows it. Instants are ms, amounts minor units. */
export interface KnownOrder {
  id: string;
  where: string;
  exportedAt: number;
  /** Neutral word, and the file's where it is not known. */
  status: string | undefined;
  statusWord: string;
  created: number | undefined;
  paid: number | undefined;
  ready: number | undefined;
  shipped: number | undefined;
  delivered: number | undefined;
  cancelled: number | undefined;
  cancelledBy: string | undefined;
  cancelReason: string | undefined;
  isCod: boolean;
  fulfilledBy: string | undefined;
  region: string | undefined;
  purchaseChannel: string | undefined;
  shipping: number;
  taxes: number;
  paymentDiscount: number;
  orderAmount: number;
  refundAmount: number;
  lines: OrderLine[];
  parcels: Map<string, Parcel>;
  problems: Problem[];
  /** What is the order's own, as its first row writes it: every other row repeats it. */
  own: string[];
}

const ownKeys = ['status', 'created', 'paid', 'cancelled', 'shipping', 'orderAmount', 'refundAmount'] as const;

function isOwn(own: string[], row: TableRow): boolean {
  for (let i = 0; i < ownKeys.length; i++) if (trimmed(row.cell(ownKeys[i] ?? '')) !== own[i]) return false;
  return true;
}

/** Reads what a row says otherwise than its order's first: what cannot be read is a problem of the row, not another opinion. */
function readOwn(cells: CellReader): void {
  for (const key of ['created', 'paid', 'cancelled']) cells.at(key);
  for (const key of ['shipping', 'orderAmount', 'refundAmount']) cells.money(key);
}

function lineOf(row: TableRow, cells: CellReader): OrderLine | undefined {
  const [skuId, quantity, subtotal] = [cells.id('skuId'), cells.count('quantity'), cells.money('subtotal')];
  if (skuId === undefined || quantity === undefined || subtotal === undefined) {
    const key = skuId === undefined ? 'skuId' : quantity === undefined ? 'quantity' : 'subtotal';
    if (cells.problems.length === 0) cells.problems.push(emptyCell(row.where, orderColumns, key));
    return undefined;
  }
  return {
    skuId,
    quantity,
    subtotal,
    unitPrice: cells.money('unitPrice') ?? Math.round(subtotal / Math.max(1, quantity)),
    sellerSku: cells.text('sellerSku'),
    title: cells.text('productName', 500),
    variation: cells.text('variation'),
    category: cells.text('category'),
    sellerDiscount: cells.money('sellerDiscount') ?? 0,
    platformDiscount: cells.money('platformDiscount') ?? 0,
    returned: cells.count('returned') ?? 0,
  };
}

function firstOf(row: TableRow, id: string, cells: CellReader, exportedAt: number): KnownOrder {
  const statusWord = cells.text('status') ?? '';
  const region = cells.text('region', 80);
  const created = cells.at('created');
  if (created === undefined && cells.problems.length === 0) cells.problems.push(emptyCell(row.where, orderColumns, 'created'));
  return {
    id,
    where: row.where,
    exportedAt,
    status: wordOf(orderStatuses, statusWord),
    statusWord,
    created,
    paid: cells.at('paid'),
    ready: cells.at('ready'),
    shipped: cells.at('shipped'),
    delivered: cells.at('delivered'),
    cancelled: cells.at('cancelled'),
    cancelledBy: wordOf(cancelledBy, cells.text('cancelledBy') ?? ''),
    cancelReason: cells.text('cancelReason'),
    isCod: wordOf(cashOnDelivery, cells.text('paymentMethod') ?? '') !== undefined,
    fulfilledBy: wordOf(fulfilledBy, cells.text('fulfilledBy') ?? ''),
    region: region && !looksLikeAddress(region) ? region : undefined,
    purchaseChannel: cells.text('purchaseChannel'),
    shipping: cells.money('shipping') ?? 0,
    taxes: cells.money('taxes') ?? 0,
    paymentDiscount: cells.money('paymentDiscount') ?? 0,
    orderAmount: cells.money('orderAmount') ?? 0,
    refundAmount: cells.money('refundAmount') ?? 0,
    lines: [],
    parcels: new Map(),
    problems: [],
    own: ownKeys.map((key) => trimmed(row.cell(key))),
  };
}

export interface GatherOptions {
  shop: Shop;
  order: DateOrder;
  exportedAt: number;
}

/** What some rows of an export came to. */
export interface GatheredOrders {
  /** Orders of which no row follows. */
  orders: KnownOrder[];
  problems: Problem[];
  disagreeing: string[];
}

function addRow(known: KnownOrder, row: TableRow, cells: CellReader): void {
  const line = lineOf(row, cells);
  if (line) known.lines.push(line);
  const parcel = cells.id('packageId');
  if (parcel) {
    const [carrier, code] = [cells.text('carrier', 80), cells.text('tracking', 100)];
    const service = cells.text('delivery', 80);
    known.parcels.set(parcel, {
      id: parcel,
      carrier,
      service,
      trackingKey: carrier && code ? trackingKey(carrier, code) : undefined,
    });
  }
  if (cells.problems.length > 0) known.problems.push(...cells.problems);
}

/**
 * The orders of an export as soon as their last row was read; equal rows are all real. Rows of one order stand together, or else `apart`
 * says at which line its last one is: only those orders are held open meanwhile.
 */
export async function* gatherOrders(
  rows: AsyncIterable<TableRow[]>,
  apart: ReadonlyMap<string, number>,
  { shop, order, exportedAt }: GatherOptions,
): AsyncGenerator<GatheredOrders> {
  const open = new Map<string, KnownOrder>();
  let current: KnownOrder | undefined;
  for await (const some of rows) {
    const gathered: GatheredOrders = { orders: [], problems: [], disagreeing: [] };
    for (const row of some) {
      const cells = cellsOf(row, orderColumns, shop, order);
      const id = cells.id('orderId');
      if (id === undefined) {
        gathered.problems.push(...(cells.problems.length ? cells.problems : [emptyCell(row.where, orderColumns, 'orderId')]));
        continue;
      }
      if (current && current.id !== id && !open.has(current.id)) gathered.orders.push(current);
      const begun = current?.id === id ? current : open.get(id);
      if (begun && !isOwn(begun.own, row)) {
        readOwn(cells);
        if (cells.problems.length === 0) gathered.disagreeing.push(`${row.where}: order ${id}`);
      }
      const known: KnownOrder = begun ?? firstOf(row, id, cells, exportedAt);
      addRow(known, row, cells);
      current = known;
      const last = apart.get(id);
      if (last === undefined) continue;
      if (row.line < last) open.set(id, known);
      else open.delete(id);
    }
    yield gathered;
  }
  yield { orders: current ? [...open.values(), ...(open.has(current.id) ? [] : [current])] : [], problems: [], disagreeing: [] };
}
