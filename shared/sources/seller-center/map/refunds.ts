/** How does a return request become a refund? The returns file has the day, the orders export or the statement has the amount; neither has both. */
import { encodeId } from '../../../events/subject.ts';
import { instant } from '../../files/snapshot.ts';
import { eachRow, type TableRow } from '../read/table-rows.ts';
import { returnColumns } from '../rules/titles.ts';
import { moneyOnly, returnStatuses, wordOf } from '../rules/words.ts';
import type { GatherOptions, KnownOrder, OrderLine } from './orders.ts';
import { share } from './share.ts';
import { cellsOf, emptyCell, eventOf, type Mapped, type Problem, type Shop } from './shop.ts';

export interface KnownReturn {
  id: string;
  orderId: string;
  where: string;
  exportedAt: number;
  status: string;
  isMoneyOnly: boolean;
  requested: number | undefined;
  refunded: number | undefined;
  reason: string | undefined;
  /** A row is a returned line; how many units of it is not said. */
  rows: { title: string | undefined; unitPrice: number }[];
  problems: Problem[];
}

/** What statements say of the money given back for an order, and how new the newest of them is. */
export interface RefundedInStatements {
  amount: number;
  exportedAt: number;
}

/** All requests of a returns file by id. */
export async function gatherReturns(
  rows: AsyncIterable<TableRow[]>,
  { shop, order, exportedAt }: GatherOptions,
): Promise<{ returns: Map<string, KnownReturn>; problems: Problem[] }> {
  const returns = new Map<string, KnownReturn>();
  const problems: Problem[] = [];
  for await (const row of eachRow(rows)) {
    const cells = cellsOf(row, returnColumns, shop, order);
    const [id, orderId] = [cells.id('returnId'), cells.id('orderId')];
    if (id === undefined || orderId === undefined) {
      problems.push(...(cells.problems.length ? cells.problems : [emptyCell(row.where, returnColumns, 'orderId')]));
      continue;
    }
    const word = cells.text('status', 40) ?? '';
    const refunded = cells.at('refunded');
    const begun = {
      id,
      orderId,
      where: row.where,
      exportedAt,
      // Only money that has left has a time of refund, whatever the language of the status.
      status: wordOf(returnStatuses, word) ?? (refunded === undefined ? word || 'requested' : 'completed'),
      isMoneyOnly: wordOf(moneyOnly, cells.text('returnType') ?? '') !== undefined,
      requested: cells.at('requested'),
      refunded,
      reason: cells.text('reason'),
      rows: [],
      problems: [],
    };
    const known: KnownReturn = returns.get(id) ?? begun;
    returns.set(id, known);
    known.rows.push({ title: cells.text('productName', 500), unitPrice: cells.money('unitPrice') ?? 0 });
    known.problems.push(...cells.problems);
  }
  return { returns, problems };
}

const worthOf = (line: OrderLine): number => Math.max(0, line.subtotal - line.sellerDiscount - line.platformDiscount);

interface ReturnedLine {
  line: OrderLine | undefined;
  units: number;
  /** What its units were worth, to share an amount by. */
  weight: number;
}

/** What is known of the requests of one order that share an amount. */
interface Group {
  order: KnownOrder | undefined;
  amount: number;
  /** The orders export is later than the refunds, so that it says how many units came back. */
  isCounted: boolean;
  /** Lines that a row was found for. */
  taken: Set<OrderLine>;
}

/** Units of a line that came back: as the orders export counts them; else all of an order that was given back whole, or what the amount buys. */
function unitsOf(line: OrderLine, unitPrice: number, { order, amount, isCounted }: Group, isAlone: boolean): number {
  if (isCounted) return line.returned;
  if (amount === order?.orderAmount) return line.quantity;
  const bought = isAlone && unitPrice > 0 ? Math.round(amount / unitPrice) : 1;
  return Math.min(line.quantity, Math.max(1, bought));
}

/** The line of the order that each row names; a line is taken once, the one of the row's price before any other of its title. */
function returnedLines({ rows, isMoneyOnly }: KnownReturn, group: Group, isAlone: boolean): ReturnedLine[] {
  const { order, taken } = group;
  return rows.map(({ title, unitPrice }) => {
    const named = order?.lines.filter((line) => line.title === title && !taken.has(line)) ?? [];
    const line = named.find((each) => Math.abs(worthOf(each) - unitPrice * each.quantity) <= each.quantity) ?? named[0];
    if (!line || isMoneyOnly) return { line, units: 0, weight: unitPrice };
    taken.add(line);
    const units = unitsOf(line, unitPrice, group, isAlone && rows.length === 1);
    return { line, units, weight: units ? Math.round((worthOf(line) * units) / line.quantity) : unitPrice };
  });
}

/** The one source that knows the amount of these requests: the orders export where it is later than the refund, else the statements. */
function amountKnown(
  requests: KnownReturn[],
  order: KnownOrder | undefined,
  inStatements: RefundedInStatements | undefined,
  isAfterExport: boolean,
) {
  if (requests.length === 0) return undefined;
  if (!isAfterExport && order && order.refundAmount > 0) return { amount: order.refundAmount, exportedAt: order.exportedAt };
  const more = (inStatements?.amount ?? 0) - (isAfterExport ? (order?.refundAmount ?? 0) : 0);
  return inStatements && more > 0 ? { amount: more, exportedAt: inStatements.exportedAt } : undefined;
}

function dataOf(request: KnownReturn, order: KnownOrder | undefined, amount: number, lines: ReturnedLine[], shop: Shop) {
  const isWhole = order !== undefined && amount === order.orderAmount;
  // Only of an order that is given back whole is it known how much of it was shipping and tax.
  const [shipping, tax] = isWhole && order.shipping + order.taxes <= amount ? [order.shipping, order.taxes] : [0, 0];
  const goodsAmount = amount - shipping - tax;
  const shares = share(
    goodsAmount,
    lines.map(({ weight }) => weight),
  );
  return {
    status: request.status,
    requestedAt: request.requested === undefined ? undefined : instant(request.requested),
    completedAt: request.refunded === undefined || request.status !== 'completed' ? undefined : instant(request.refunded),
    currency: shop.currency,
    goodsAmount,
    shippingAmount: shipping || undefined,
    taxAmount: tax || undefined,
    reason: request.reason,
    lines: lines.flatMap(({ line, units }, i) =>
      line
        ? [{ productId: line.skuId, sku: line.skuId, category: line.category, quantity: units, goodsAmount: shares[i] ?? 0 }]
        : [],
    ),
  };
}

/** Of a request that was put together of two files: as new as the mean of both, so that a newer one of either makes it newer. */
const meanOf = (a: number, b: number): number => Math.floor((a + b) / 2);

/**
 * The refunds of one order. A request that is not completed counts nothing and says 0; a completed one whose amount no file says is left
 * out. `unknown` is told of those.
 */
export function refundEvents(
  requests: KnownReturn[],
  {
    order,
    inStatements,
    shop,
    unknown,
  }: {
    order: KnownOrder | undefined;
    inStatements: RefundedInStatements | undefined;
    shop: Shop;
    unknown: (request: KnownReturn) => void;
  },
): Mapped[] {
  const isDone = ({ status, refunded }: KnownReturn) => status === 'completed' && refunded !== undefined;
  const good = requests.filter(({ problems }) => problems.length === 0);
  const isAfter = ({ refunded = 0 }: KnownReturn) => order !== undefined && refunded > order.exportedAt;
  const done = good.filter(isDone);
  const groups = [done.filter((each) => !isAfter(each)), done.filter(isAfter)];
  const made: Mapped[] = requests.filter(({ problems }) => problems.length > 0).map(({ problems }) => ({ problems }));
  const event = (request: KnownReturn, version: number, data: ReturnType<typeof dataOf>): Mapped => {
    const subject = `order/${encodeId(request.orderId)}/refund/${encodeId(request.id)}`;
    const times = [request.requested, request.refunded];
    return { where: request.where, event: eventOf(shop, { entity: 'refund', subject, version, times, data }) };
  };
  const taken = new Set<OrderLine>();
  for (const [i, group] of groups.entries()) {
    const known = amountKnown(group, order, inStatements, i === 1);
    if (!known) {
      group.forEach(unknown);
      continue;
    }
    const shared: Group = { order, amount: known.amount, isCounted: i === 0 && known.exportedAt === order?.exportedAt, taken };
    const lines = group.map((request) => returnedLines(request, shared, group.length === 1));
    const amounts = share(
      known.amount,
      lines.map((each) => each.reduce((sum, { weight }) => sum + weight, 0)),
    );
    for (const [j, request] of group.entries())
      made.push(
        event(
          request,
          meanOf(request.exportedAt, known.exportedAt),
          dataOf(request, order, amounts[j] ?? 0, lines[j] ?? [], shop),
        ),
      );
  }
  for (const request of good.filter((each) => !isDone(each)))
    made.push(event(request, request.exportedAt, dataOf(request, undefined, 0, [], shop)));
  return made;
}
