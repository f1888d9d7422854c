/** What does a webhook of TikTok Shop ask for? It only says that something changed: what is counted is fetched. */

/** What to read again. `authorisation` is no reading: consent was withdrawn or runs out. */
export type Fetched = 'orders' | 'packages' | 'returns' | 'cancellations' | 'products' | 'inventory' | 'authorisation';

export interface WebhookType {
  name: string;
  /** Absent: nothing that is counted here changes. */
  fetch?: Fetched;
  /** Where the ids stand in `data`. */
  id?: (data: { [name: string]: unknown }) => unknown[];
}

const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : value === undefined ? [] : [value]);
const field = (name: string) => (data: { [name: string]: unknown }) => listOf(data[name]);
const each = (name: string, inner: string) => (data: { [name: string]: unknown }) =>
  listOf(data[name]).map((entry) => (entry as { [name: string]: unknown } | null)?.[inner]);

/** By `type` of the envelope, as the vendor's event pages number them. */
export const webhookTypes: { readonly [type: number]: WebhookType } = {
  1: { name: 'order status change', fetch: 'orders', id: field('order_id') },
  // The address is not read here: nothing of it is counted.
  3: { name: 'recipient address update' },
  4: { name: 'package update', fetch: 'packages', id: each('package_list', 'package_id') },
  5: { name: 'product status change', fetch: 'products', id: field('product_id') },
  6: { name: 'seller deauthorisation', fetch: 'authorisation' },
  7: { name: 'upcoming authorisation expiration', fetch: 'authorisation' },
  11: { name: 'cancellation status change', fetch: 'cancellations', id: field('cancel_id') },
  12: { name: 'return status change', fetch: 'returns', id: field('return_id') },
  13: { name: 'new conversation' },
  14: { name: 'new message' },
  15: { name: 'product information change', fetch: 'products', id: field('product_id') },
  16: { name: 'product creation', fetch: 'products', id: field('product_id') },
  17: { name: 'shoppable content posting' },
  18: { name: 'product category change', fetch: 'products', id: field('product_id') },
  19: { name: 'size chart change' },
  20: { name: 'creator deauthorisation', fetch: 'authorisation' },
  21: { name: 'inbound FBT order status change' },
  22: { name: 'FBT merchant onboarding' },
  23: { name: 'goods match' },
  // The inventory search that follows is told the SKU.
  24: { name: 'FBT inventory update', fetch: 'inventory', id: field('sku_id') },
  25: { name: 'opportunity matching status change' },
  27: { name: 'inventory status change', fetch: 'inventory', id: field('sku_id') },
  33: { name: 'creator message' },
  35: { name: 'Tokopedia mirror status change' },
  36: { name: 'invoice status change' },
  37: { name: 'product audit status change', fetch: 'products', id: field('product_id') },
  38: { name: 'strikethrough price expired', fetch: 'products', id: field('product_id') },
  39: { name: 'promotion activity status change' },
  42: { name: 'combined listing change', fetch: 'products', id: each('products', 'id') },
  46: { name: 'image translation completed' },
  51: { name: 'global listing' },
  52: { name: 'global listing' },
  55: { name: 'video pre-check result' },
  56: { name: 'sample application status change' },
  58: { name: 'FBT MCF order status' },
  59: { name: 'shoppable video pre-check result' },
  62: { name: 'product package recommended' },
  63: { name: 'promotion activity change' },
  68: { name: 'inventory changed', fetch: 'inventory', id: field('sku_id') },
};

/** Events of one type that the vendor documents without its usual envelope. */
export const bareInventoryType = 68;
