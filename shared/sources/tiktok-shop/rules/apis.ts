/** Which addresses does TikTok Shop's Open API have, and what are their limits? One entry a call that is made here. */

export const hosts = {
  /** Every region ("Sign your API request"). */
  api: 'https://open-api.tiktokglobalshop.com',
  /** Tokens ("Authorization overview (202407)"). */
  auth: 'https://auth.tiktok-shops.com',
  /** Where a seller gives consent: everywhere but the US, and the US. */
  consent: 'https://services.tiktokshop.com/open/authorize',
  consentUs: 'https://services.tiktokshops.us/open/authorize',
  /** Where a creator does (“Creator authorization guide”; for apps that the vendor has admitted to it). */
  consentCreator: 'https://shop.tiktok.com/alliance/creator/auth',
} as const;

export const tokenPaths = { get: '/api/v2/token/get', refresh: '/api/v2/token/refresh' } as const;

/** Requests a second that a shop allows an app for one API; held over any second at sending, so that some may still arrive together. Documented on an older copy of the vendor's pages only; to be confirmed. */
export const requestsPerSecond = 50;

export interface Api {
  /** In words, for messages. */
  name: string;
  method: 'GET' | 'POST';
  /** With its version; `{id}` is filled in by the caller. */
  path: string;
  /** Largest page, where it has pages. */
  pageSize?: number;
  /** Where the list stands in `data`. */
  list?: string;
  /** Calls of a creator carry no shop_cipher. */
  ofCreator?: true;
}

const get = (name: string, path: string, list?: string, pageSize?: number): Api => ({
  name,
  method: 'GET',
  path,
  list,
  pageSize,
});
const post = (name: string, path: string, list: string, pageSize: number): Api => ({
  name,
  method: 'POST',
  path,
  list,
  pageSize,
});

/** Ids that one call of order detail takes. */
export const idsPerCall = 50;

// Versions as documented between December 2025 and May 2026. An old one lives for two months at least after its successor has come.
export const apis = {
  shops: get('authorised shops', '/authorization/202309/shops', 'shops'),
  searchOrders: post('order search', '/order/202309/orders/search', 'orders', 100),
  orders: get('order detail', '/order/202507/orders', 'orders'),
  searchReturns: post('return search', '/return_refund/202602/returns/search', 'return_orders', 50),
  searchCancellations: post('cancellation search', '/return_refund/202602/cancellations/search', 'cancellations', 50),
  searchPackages: post('package search', '/fulfillment/202309/packages/search', 'packages', 50),
  package: get('package detail', '/fulfillment/202309/packages/{id}'),
  tracking: get('tracking', '/fulfillment/202309/orders/{id}/tracking', 'tracking'),
  searchProducts: post('product search', '/product/202502/products/search', 'products', 100),
  product: get('product detail', '/product/202309/products/{id}'),
  searchInventory: post('inventory search', '/product/202309/inventory/search', 'inventory', 100),
  statements: get('statements', '/finance/202309/statements', 'statements', 100),
  statementTransactions: get(
    'transactions of a statement',
    '/finance/202309/statements/{id}/statement_transactions',
    'transactions',
    100,
  ),
  orderTransactions: get('transactions of an order', '/finance/202501/orders/{id}/statement_transactions', 'sku_transactions'),
  unsettled: get('unsettled transactions', '/finance/202507/orders/unsettled', 'transactions', 100),
  shopPerformance: get('shop performance', '/analytics/202509/shop/performance'),
  videoPerformance: get('video performance', '/analytics/202509/shop_videos/performance', 'videos', 100),
  livePerformance: get('LIVE performance', '/analytics/202509/shop_lives/performance', 'live_stream_sessions', 100),
  productPerformance: get('product performance', '/analytics/202509/shop_products/performance', 'products', 100),
  creatorProfile: { ...get('creator profile', '/affiliate_creator/202508/profiles'), ofCreator: true },
  creatorOrders: {
    ...post('affiliate orders of a creator', '/affiliate_creator/202410/orders/search', 'orders', 100),
    ofCreator: true,
  },
} as const satisfies { [name: string]: Api };
