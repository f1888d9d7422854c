/** Who sells what in the Olist data set? Sellers as creators, and the products that each of them sold. */
import type { CloudEvent } from '../shared/events/parse.ts';
import { snapshot } from '../shared/sources/files/snapshot.ts';
import { type OlistItem, type OlistTables, olistCurrency, olistZone } from './olist-files.ts';

export const olistSource = '/import/olist';

// The files date neither sellers nor products: both are told as of a day before the first order.
const founded = Date.UTC(2016, 8, 1);

/** The creator of a seller. */
export function sellerOf(sellerId: string, tables: OlistTables): CloudEvent {
  const seller = tables.sellers.get(sellerId);
  const place = seller?.city ? `, ${seller.city}${seller.state ? ` ${seller.state}` : ''}` : '';
  const data = { name: `Seller ${sellerId.slice(0, 8)}${place}`, timeZone: olistZone, currency: olistCurrency, country: 'BR' };
  return snapshot({
    source: olistSource,
    entity: 'creator',
    creatorId: sellerId,
    subject: `creator/${sellerId}`,
    at: founded,
    data,
  });
}

/** The products among a seller's items; the files hold no titles, so category and a short id stand in. */
export function productsOf(sellerId: string, items: OlistItem[], tables: OlistTables): CloudEvent[] {
  return [...new Set(items.map((item) => item.productId))].map((productId) => {
    const category = tables.categories.get(productId);
    const data = { title: `${category ?? 'product'} ${productId.slice(0, 8)}`, category };
    return snapshot({
      source: olistSource,
      entity: 'product',
      creatorId: sellerId,
      subject: `product/${productId}`,
      at: founded,
      data,
    });
  });
}
