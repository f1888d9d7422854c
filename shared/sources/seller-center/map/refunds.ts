/** How does a return request become a refund? The returns file has the day, the orders export or the statement has the amount; neither has both. */
import { encodeId } from '../../../events/subject.ts';
import { instant } from '../../files/snapshot.ts';
import type { TableRow } from '../read/table-rows.ts';
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
  rows: AsyncIterable<TableRow>,
  { shop, order, exportedAt }: GatherOptions,
): Promise<{ returns: Map<string, KnownReturn>; problems: Problem[] }> {
  const returns = new Map<string, KnownReturn>();
  const problems: Problem[] = [];
  for await (const row of rows) {
    const cells = cellsOf(row, returnColumns, shop, order);
    const [id, orderId] = [cells.id('returnId'), cells.id('orderId')];
    if (id === undefined || orderId === undefined) {
      problems.push(...(cells.problems.length ? cells.problems : [emptyCell(row.where, returnColumns, 'orderId')]));
      continue;
    }
    const word = cells.text('status', 40) ?? '';
    const begun = {
      id,
      orderId,
      where: row.where,
      exportedAt,
      status: wordOf(returnStatuses, word) ?? (word || 'requested'),
      isMoneyOnly: wordOf(moneyOnly, cells.text('returnType') ?? '') !== undefined,
      requested: cells.at('requested'),
      refunded: cells.at('refunded'),
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

/** The line of the order that each row names; a line is taken once, the one of the row's price before any other of its title. */
function returnedLines(
  request: KnownReturn,
  order: KnownOrder | undefined,
  isWhole: boolean,
  taken: Set<OrderLine>,
): ReturnedLine[] {
  return request.rows.map(({ title, unitPrice }) => {
    const named = order?.lines.filter((line) => line.title === title && !taken.has(line)) ?? [];
    const line = named.find((each) => Math.abs(worthOf(each) - unitPrice * each.quantity) <= each.quantity) ?? named[0];
    if (!line || request.isMoneyOnly) return { line, units: 0, weight: unitPrice };
    taken.add(line);
    const units = line.returned || (isWhole ? line.quantity : 1);
    return { line, units, weight: Math.round((worthOf(line) * units) / line.quantity) };
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
    const isWhole = known.amount === order?.orderAmount;
    const lines = group.map((request) => returnedLines(request, order, isWhole, taken));
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
