/** How does a product of TikTok Shop read as an event? Of product search and product detail alike; no cost price is in either. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { type Notes, wordOf } from '../mapping-notes.ts';
import { amountOf, listOf, objectOf, type Raw, requireText, textOf, timeOf } from '../record.ts';
import { productStatuses } from './rules/statuses.ts';
import { eventOf, type Shop } from './shop.ts';

/** The price that a SKU is listed at; the lowest of several, as the shop shows it ("from"). Undefined where currencies differ. */
function listPriceOf(skus: readonly Raw[]): { listPrice: number; currency: string } | undefined {
  const prices = skus.flatMap((sku) => {
    const price = objectOf(sku.price);
    const currency = textOf(price.currency);
    const amount = currency && amountOf(price.sale_price ?? price.tax_exclusive_price, currency);
    return currency && typeof amount === 'number' ? [{ currency, listPrice: amount }] : [];
  });
  const [first] = prices;
  if (!first || prices.some(({ currency }) => currency !== first.currency)) return undefined;
  return { currency: first.currency, listPrice: Math.min(...prices.map(({ listPrice }) => listPrice)) };
}

/**
 * One product. `readAt` (ms) is its version where the record has no update_time. Of its categories the most special one is taken.
 * Throws RangeError where it has no id or title, or an amount cannot be read.
 */
export function productEvent(product: Raw, shop: Shop, readAt: number, notes: Notes): CloudEvent {
  const id = requireText(product, 'id');
  const chain = listOf(product.category_chains);
  const category = chain.find(({ is_leaf }) => is_leaf === true) ?? chain.at(-1);
  const data = {
    title: requireText(product, 'title').slice(0, 500),
    category: textOf(category?.local_name)?.slice(0, 200),
    status: wordOf(productStatuses, requireText(product, 'status'), 'product status', `product ${id}`, notes),
    ...listPriceOf(listOf(product.skus)),
  };
  const version = timeOf(product.update_time) ?? readAt;
  return eventOf(shop, { entity: 'product', subject: `product/${encodeId(id)}`, version, data });
}
