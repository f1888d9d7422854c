/** What do the files of a plan say? Their events, older exports first; what is wrong is named and left out, and stops nothing else. */
import { type CloudEvent, parseEvent } from '../../events/parse.ts';
import { type ImportReport, tally } from '../files/import-report.ts';
import { snapshot } from '../files/snapshot.ts';
import { affiliateEvents } from './map/affiliate.ts';
import { type NewestLines, noteNames, orderEvent, productEvents, shipmentEvents } from './map/order-events.ts';
import { gatherOrders, type KnownOrder } from './map/orders.ts';
import { adsEvents, analyticsEvents } from './map/periods.ts';
import { gatherReturns, type KnownReturn, type RefundedInStatements, refundEvents } from './map/refunds.ts';
import { gatherPayouts, type Payout, payoutEvent } from './map/settlements.ts';
import { type Mapped, type Problem, type Shop, sellerCenterSource } from './map/shop.ts';
import type { ImportPlan, PlannedFile, PlannedTable } from './plan.ts';
import { detached } from './read/cell.ts';
import { tableRows } from './read/table-rows.ts';

/** What several files say together. */
interface Joined {
  /** Orders of which something was returned. */
  orders: Map<string, KnownOrder>;
  returns: Map<string, KnownReturn>;
  /** Orders that a return is of. */
  requested: Set<string>;
  /** Payouts of orders that give money back, by id and settled day: a later export replaces them. */
  refunding: Map<string, { payout: Payout; exportedAt: number }>;
  /** Orders that give money back, by the newest export that has them: where they stand. */
  givingBack: Map<string, string>;
}

export interface EventsOptions {
  report: ImportReport;
  now: number;
  /** Whether events that the service would refuse are left out and named here; else whoever takes them checks them. True where absent. */
  isChecked?: boolean;
}

/** The creator's own event: as old as can be, so that whatever is said of the creator elsewhere is newer and stays. */
export function creatorEvent({ shop, market }: ImportPlan): CloudEvent {
  const data = { name: shop.creatorId, timeZone: shop.zone, currency: shop.currency, country: market };
  const subject = `creator/${shop.creatorId}`;
  return snapshot({
    source: sellerCenterSource,
    entity: 'creator',
    creatorId: shop.creatorId,
    subject,
    at: Date.UTC(2015, 0, 1),
    data,
  });
}

function noteProblems(problems: Problem[], report: ImportReport): void {
  for (const { where, column, message } of problems)
    tally(report.wrong, `column ${column}`, `${where}, column ${column}: ${message}`);
}

function* good(made: Iterable<Mapped>, { report, now, isChecked = true }: EventsOptions): Generator<CloudEvent> {
  for (const each of made) {
    if ('problems' in each) {
      noteProblems(each.problems, report);
      continue;
    }
    if (!isChecked) {
      yield each.event;
      continue;
    }
    const parsed = parseEvent(each.event, now);
    if (parsed.ok) yield each.event;
    else tally(report.wrong, 'row that is no good event', `${each.where}: ${parsed.message}`);
  }
}

function noteOrder(known: KnownOrder, joined: Joined, { report }: EventsOptions): void {
  const { id, where, status, statusWord, refundAmount, cancelled } = known;
  if (!status) tally(report.notes, `order status that is not known, read by the order's times: ${statusWord || 'empty'}`, where);
  if (refundAmount > 0 && status !== 'cancelled' && cancelled === undefined) joined.givingBack.set(detached(id), where);
  else if (joined.givingBack.size > 0) joined.givingBack.delete(id);
  if (joined.requested.has(id) && known.problems.length === 0) joined.orders.set(detached(id), structuredClone(known));
}

async function* ordersOf(
  rows: ReturnType<typeof tableRows>,
  { order, table }: PlannedTable,
  { exportedAt }: PlannedFile,
  shop: Shop,
  joined: Joined,
  options: EventsOptions,
): AsyncGenerator<CloudEvent[]> {
  const names: NewestLines = new Map();
  for await (const { orders, problems, disagreeing } of gatherOrders(rows, table.apart, { shop, order, exportedAt })) {
    noteProblems(problems, options.report);
    for (const example of disagreeing)
      tally(
        options.report.notes,
        'row that disagrees with the first of its order on what is the order’s own; the first holds',
        example,
      );
    const events: CloudEvent[] = [];
    for (const known of orders) {
      noteOrder(known, joined, options);
      noteNames(names, known);
      for (const event of good([orderEvent(known, shop), ...shipmentEvents(known, shop)], options)) events.push(event);
    }
    if (events.length > 0) yield events;
  }
  yield [...good(productEvents(names, shop), options)];
}

async function* payoutsOf(
  rows: ReturnType<typeof tableRows>,
  { order, table }: PlannedTable,
  { exportedAt }: PlannedFile,
  shop: Shop,
  joined: Joined,
  options: EventsOptions,
): AsyncGenerator<CloudEvent[]> {
  const isEstimate = table.kind.kind === 'on-hold';
  const { payouts, problems } = await gatherPayouts(rows, { shop, order, table, isEstimate });
  noteProblems(problems, options.report);
  for (const payout of payouts) {
    yield [...good([payoutEvent(payout, shop, exportedAt)], options)];
    if (payout.isOrder && !isEstimate && payout.problems.length === 0 && payout.amounts.customerRefund)
      joined.refunding.set(`${payout.id} ${payout.settledDay}`, { payout, exportedAt });
    if (payout.residual)
      tally(
        options.report.notes,
        'payout whose parts do not add up to it; the rest is kept as residual',
        `${payout.where}: ${payout.residual}`,
      );
  }
}

async function* eventsOf(
  planned: PlannedTable,
  file: PlannedFile,
  shop: Shop,
  joined: Joined,
  options: EventsOptions,
): AsyncGenerator<CloudEvent[]> {
  const { table, order } = planned;
  const rows = tableRows(file.survey, table);
  options.report.rows += table.rows;
  const { exportedAt } = file;
  const { from, to } = file.period ?? { from: '', to: '' };
  switch (table.kind.kind) {
    case 'orders':
      return yield* ordersOf(rows, planned, file, shop, joined, options);
    case 'income':
    case 'on-hold':
      return yield* payoutsOf(rows, planned, file, shop, joined, options);
    case 'affiliate':
      return yield [...good(await affiliateEvents(rows, { shop, order, exportedAt }), options)];
    case 'analytics':
      return yield [...good(await analyticsEvents(rows, { shop, from, to, exportedAt }), options)];
    case 'ads':
      return yield [...good(await adsEvents(rows, { shop, from, to, exportedAt }), options)];
    case 'returns': {
      const { returns, problems } = await gatherReturns(rows, { shop, order, exportedAt });
      noteProblems(problems, options.report);
      for (const [id, known] of returns) joined.returns.set(id, known);
      for (const { orderId } of returns.values()) joined.requested.add(orderId);
      return;
    }
    case 'withdrawals':
      tally(
        options.report.skipped,
        'withdrawal: no number is made of it',
        `${file.survey.file}, sheet ${table.sheet}`,
        table.rows,
      );
  }
}

function refundedInStatements(joined: Joined): Map<string, RefundedInStatements> {
  const refunded = new Map<string, RefundedInStatements>();
  for (const { payout, exportedAt } of joined.refunding.values()) {
    const known = refunded.get(payout.id);
    const amount = (known?.amount ?? 0) - (payout.amounts.customerRefund ?? 0);
    refunded.set(payout.id, { amount, exportedAt: Math.max(known?.exportedAt ?? 0, exportedAt) });
  }
  return refunded;
}

/** Refunds come last: each needs what the returns file and the orders export or statement say. */
function* refundsOf(joined: Joined, shop: Shop, options: EventsOptions): Generator<CloudEvent> {
  const inStatements = refundedInStatements(joined);
  for (const [orderId, where] of joined.givingBack)
    if (!joined.requested.has(orderId))
      tally(
        options.report.skipped,
        'refund whose day is in no file: import the returns file together with the orders',
        `${where}: order ${orderId}`,
      );
  const unknown = ({ where, orderId }: KnownReturn) =>
    tally(
      options.report.skipped,
      'refund whose amount is in no file: import the returns together with a later orders export, or with the statement that has it',
      `${where}: order ${orderId}`,
    );
  for (const [orderId, requests] of Map.groupBy(joined.returns.values(), (request) => request.orderId))
    yield* good(
      refundEvents(requests, { order: joined.orders.get(orderId), inStatements: inStatements.get(orderId), shop, unknown }),
      options,
    );
}

/** All events of a plan but the creator's own, many at a time, in an order that follows from the plan alone. */
export async function* sellerCenterBatches({ files, shop }: ImportPlan, options: EventsOptions): AsyncGenerator<CloudEvent[]> {
  const joined: Joined = {
    orders: new Map(),
    returns: new Map(),
    requested: new Set(),
    refunding: new Map(),
    givingBack: new Map(),
  };
  options.report.of = files.length;
  const isOfReturns = ({ table }: PlannedTable): boolean => table.kind.kind === 'returns';
  // Returns first: of the orders only those that they name have to be kept.
  for (const file of files)
    for (const planned of file.tables.filter(isOfReturns)) yield* eventsOf(planned, file, shop, joined, options);
  for (const file of files) {
    for (const planned of file.tables) if (!isOfReturns(planned)) yield* eventsOf(planned, file, shop, joined, options);
    options.report.done++;
  }
  yield [...refundsOf(joined, shop, options)];
}

/** The same events one by one. */
export async function* sellerCenterEvents(plan: ImportPlan, options: EventsOptions): AsyncGenerator<CloudEvent> {
  for await (const events of sellerCenterBatches(plan, options)) yield* events;
}
