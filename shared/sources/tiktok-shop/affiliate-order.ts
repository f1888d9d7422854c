/** How does an affiliate order of a creator read as an event? As the commission settled for it: the sale itself is the shop's. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { instant } from '../files/snapshot.ts';
import { type Notes, wordOf } from '../mapping-notes.ts';
import { countOf, listOf, objectOf, type Raw, requireText, requireTime, sum, textOf, timeOf } from '../record.ts';
import { localisedAmount } from './localised-amount.ts';
import { commissionStatuses } from './rules/statuses.ts';
import { eventOf, type Shop } from './shop.ts';

/** `{amount, currency}` in minor units. */
function moneyOf(value: unknown): { amount: number; currency: string } | undefined {
  const { amount, currency } = objectOf(value);
  const [text, code] = [textOf(amount), textOf(currency)];
  return text && code ? { amount: localisedAmount(text, code), currency: code } : undefined;
}

/** Rates of commission come in hundredths of a percent: 1000 is 10 %. As a share of one. */
const rateOf = (value: unknown): number | undefined => {
  const rate = countOf(value);
  return rate === undefined ? undefined : rate / 10_000;
};

/**
 * One affiliate order (`data.orders[]`) of a creator who is connected as such: `shop.shopId` is the creator's open id. The settlement is final once
 * the order is settled, until then what is estimated; bonuses are not added, since whether the commission holds them is to be confirmed.
 * Throws RangeError where ids, times or amounts cannot be read.
 */
export function affiliateEvent(order: Raw, shop: Shop, notes: Notes): CloudEvent {
  const orderId = requireText(order, 'id');
  const status = wordOf(commissionStatuses, requireText(order, 'status'), 'commission status', `order ${orderId}`, notes);
  const isSettled = status === 'settled';
  const createdAt = requireTime(order, 'create_time');
  const skus = listOf(order.skus);
  const commissions = skus.flatMap((sku) => moneyOf(isSettled ? sku.actual_commission : sku.estimated_commission) ?? []);
  const currency = commissions[0]?.currency;
  if (currency === undefined) throw new RangeError(`${isSettled ? 'actual' : 'estimated'}_commission is missing`);
  if (commissions.some((each) => each.currency !== currency))
    throw new RangeError('commissions of one order are in several currencies');
  const changes = skus.map((sku) => timeOf(sku.last_update_time));
  const version = Math.max(createdAt, ...[timeOf(order.delivery_time), ...changes].filter((at) => at !== undefined));
  const [first = {}] = skus;
  const data = {
    settledAt: isSettled ? instant(version) : undefined,
    estimated: !isSettled,
    status,
    currency,
    settledAmount: sum(commissions.map(({ amount }) => amount)),
    contentType: textOf(first.content_type)?.toLowerCase(),
    contentId: textOf(first.content_id),
    commissionRate: rateOf(first.commission_rate),
    quantity: sum(skus.map((sku) => countOf(sku.quantity))),
    refundedQuantity: sum(skus.map((sku) => countOf(sku.refunded_quantity))),
  };
  const subject = `order/${encodeId(orderId)}/settlement/commission`;
  return eventOf(shop, { entity: 'settlement', subject, version, data });
}
