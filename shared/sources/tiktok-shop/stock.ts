/** How does an inventory of TikTok Shop read as events? The stock of each SKU in each warehouse on the day that it was read. */
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { dayOf, toLocal } from '../../time.ts';
import { tally } from '../files/import-report.ts';
import type { Notes } from '../mapping-notes.ts';
import { countOf, listOf, type Raw, requireText, textOf } from '../record.ts';
import { eventOf, type Shop } from './shop.ts';

/** A part of the subject `stock/{sku}@{location}/{day}`: the sign between SKU and location may stand in neither. */
const partOf = (id: string): string => encodeId(id).replaceAll('@', '%40');

/**
 * Stock of one product (`data.inventory[]` of inventory search), read at `readAt` (ms): the last reading of a local day is its closing level.
 * On hand is what is available and what is committed to orders (inferred: in the examples the two add up to the total).
 * Throws RangeError where a SKU has no id.
 */
export function stockEvents(inventory: Raw, shop: Shop, readAt: number, notes: Notes): CloudEvent[] {
  const productId = requireText(inventory, 'product_id');
  const day = dayOf(toLocal(readAt, [{ from: '', zone: shop.timeZone }]));
  return listOf(inventory.skus).flatMap((sku) => {
    const id = requireText(sku, 'id');
    const warehouses = listOf(sku.warehouse_inventory);
    const total = {
      warehouse_id: 'shop',
      available_quantity: sku.total_available_quantity,
      committed_quantity: sku.total_committed_quantity,
    };
    return (warehouses.length ? warehouses : [total]).flatMap((each) => {
      const location = textOf(each.warehouse_id) ?? 'shop';
      const available = countOf(each.available_quantity);
      if (available === undefined) {
        tally(notes.skipped, 'stock without a quantity', `SKU ${id}`);
        return [];
      }
      const committed = countOf(each.committed_quantity) ?? 0;
      const data = { productId, sellerSku: textOf(sku.seller_sku), onHand: available + committed, committed };
      const subject = `stock/${partOf(id)}@${partOf(location)}/${day}`;
      return [eventOf(shop, { entity: 'stock-day', subject, version: readAt, data })];
    });
  });
}
