/** Which titles has a column, in every language and age that was seen? One line a column; a renamed column is one more title in its line. */

/** How a title is compared: without case, blanks around and between collapsed, one Unicode form, `\` as `/`, and no zone behind it. */
export const foldTitle = (title: string): string =>
  title
    .normalize('NFC')
    .replaceAll(/[\u200B\uFEFF]/g, '')
    .replaceAll('\\', '/')
    .replace(/\s*\(UTC[^)]*\)\s*$/i, '')
    .trim()
    .replaceAll(/\s+/g, ' ')
    .toLowerCase();

/** What a column holds: an id is text of digits, a `clock` a wall clock or a day. */
export type ColumnKind = 'id' | 'text' | 'money' | 'count' | 'clock';

export interface TitledColumn {
  kind: ColumnKind;
  titles: readonly string[];
}

export type Columns = { readonly [key: string]: TitledColumn };

const id = (...titles: string[]): TitledColumn => ({ kind: 'id', titles });
const text = (...titles: string[]): TitledColumn => ({ kind: 'text', titles });
const money = (...titles: string[]): TitledColumn => ({ kind: 'money', titles });
const count = (...titles: string[]): TitledColumn => ({ kind: 'count', titles });
const clock = (...titles: string[]): TitledColumn => ({ kind: 'clock', titles });

/** Buyers' names, phones, addresses, messages and bank accounts are in no list: what is not listed is never kept. */
export const orderColumns = {
  orderId: id('Order ID', 'ID do pedido'),
  status: text('Order Status'),
  substatus: text('Order Substatus'),
  cancelOrReturn: text('Cancelation/Return Type'),
  skuId: id('SKU ID'),
  sellerSku: text('Seller SKU'),
  productName: text('Product Name'),
  variation: text('Variation'),
  quantity: count('Quantity'),
  returned: count('Sku Quantity of return'),
  unitPrice: money('SKU Unit Original Price'),
  subtotal: money('SKU Subtotal Before Discount', 'Subtotal do produto'),
  platformDiscount: money('SKU Platform Discount'),
  sellerDiscount: money('SKU Seller Discount'),
  subtotalAfter: money('SKU Subtotal After Discount'),
  shipping: money('Shipping Fee After Discount'),
  paymentDiscount: money('Payment platform discount'),
  taxes: money('Taxes'),
  orderAmount: money('Order Amount'),
  refundAmount: money('Order Refund Amount'),
  created: clock('Created Time'),
  paid: clock('Paid Time'),
  ready: clock('RTS Time'),
  shipped: clock('Shipped Time'),
  delivered: clock('Delivered Time'),
  cancelled: clock('Cancelled Time'),
  cancelledBy: text('Cancel By'),
  cancelReason: text('Cancel Reason'),
  fulfilledBy: text('Fulfillment Type'),
  delivery: text('Delivery Option'),
  carrier: text('Shipping Provider Name'),
  // Goes along with the parcel, and is kept as a keyed hash alone.
  tracking: text('Tracking ID'),
  region: text('Province', 'State', 'Region'),
  paymentMethod: text('Payment Method'),
  category: text('Product Category'),
  packageId: id('Package ID'),
  purchaseChannel: text('Purchase Channel'),
  creator: text('Creator Handle'),
} satisfies Columns;

export const returnColumns = {
  returnId: id('Return Order ID'),
  orderId: id('Order ID'),
  productName: text('Product Name'),
  returnType: text('Return Type'),
  reason: text('Return Reason'),
  status: text('Return Status'),
  substatus: text('Return Sub Status'),
  unitPrice: money('Return unit price'),
  requested: clock('Time Requested'),
  refunded: clock('Refund Time'),
} satisfies Columns;

/** What a statement and a list of unsettled orders have in common. */
const payout = {
  id: id('Order/adjustment ID', 'ID Pesanan/Penyesuaian', 'ID đơn hàng/điều chỉnh', 'หมายเลขคำสั่งซื้อ/การปรับ'),
  type: text('Type', 'Transaction type', 'Jenis transaksi', 'Loại giao dịch', 'ประเภทธุรกรรม'),
  relatedOrderId: id('Related order ID', 'ID pesanan terkait'),
  skuId: id('SKU ID'),
  currency: text('Currency', 'Mata uang', 'Đơn vị tiền tệ'),
  revenue: money('Total revenue', 'Total Pendapatan', 'Tổng doanh thu', 'รายได้รวม', 'Net sales'),
  subtotal: money('Subtotal before discounts', 'Subtotal sebelum diskon', 'Gross sales'),
  sellerDiscounts: money('Seller discounts', 'Diskon penjual', 'Giảm giá người bán'),
  refundBefore: money('Refund subtotal before seller discounts', 'Gross sales refund'),
  refundOfDiscounts: money('Refund of seller discounts', 'Seller discounts refund'),
  refundAfter: money('Refund subtotal after seller discounts', 'Subtotal pengembalian dana setelah diskon penjual'),
  fees: money('Total fees', 'Total Biaya', 'Tổng phí', 'Fees'),
  shippingApart: money('Shipping'),
  adjustment: money('Adjustment amount', 'Ajustment amount'),
  customerPayment: money('Customer payment'),
  customerRefund: money('Customer refund'),
  refundedShipping: money('Refund customer shipping fee', 'Customer-paid shipping fee refund'),
} satisfies Columns;

export const incomeColumns = {
  ...payout,
  settled: clock(
    'Order settled time',
    'Waktu pembayaran pesanan',
    'Thời gian quyết toán đơn hàng',
    'เวลาที่ชำระคำสั่งซื้อ',
    'Statement date',
  ),
  created: clock('Order created time', 'Order created date', 'Waktu pemesanan', 'Thời gian tạo đơn hàng'),
  statementId: id('Statement ID'),
  settlement: money('Total settlement amount', 'Jumlah penyelesaian pembayaran', 'Tổng số tiền quyết toán', 'จำนวนเงินที่ชำระทั้งหมด'),
} satisfies Columns;

export const onHoldColumns = {
  ...payout,
  settlement: money('Total estimated settlement amount'),
  created: clock('creation date', 'Order created time', 'Order created date'),
  reason: text('unsettled reasons'),
} satisfies Columns;

export const withdrawalColumns = {
  reference: id('Reference ID'),
  type: text('Type'),
  requested: clock('Request time'),
  amount: money('Amount'),
  status: text('Status'),
} satisfies Columns;

export const affiliateColumns = {
  orderId: id('Order ID', 'ID đơn hàng'),
  productId: id('Product ID', 'ID sản phẩm'),
  productName: text('Product Name', 'Tên sản phẩm'),
  skuId: id('SKU ID', 'Id Sku'),
  sellerSku: text('Seller Sku', 'Sku người bán'),
  price: money('Price', 'Giá'),
  paymentAmount: money('Payment Amount'),
  currency: text('Currency', 'Đơn vị tiền tệ'),
  quantity: count('Quantity', 'Số lượng'),
  status: text('Order Status', 'Trạng thái đơn hàng'),
  creator: text('Creator Username', 'Tên người dùng nhà sáng tạo'),
  contentType: text('Content Type', 'Loại nội dung'),
  contentId: id('Content ID', 'Id nội dung'),
  rate: text('Standard commission rate', 'Tỷ lệ hoa hồng tiêu chuẩn'),
  estimatedBase: money('Est. Commission Base', 'Cơ sở hoa hồng ước tính'),
  estimated: money('Est. standard commission payment'),
  actual: money('Actual Commission Payment'),
  estimatedAds: money('Est. Shop Ads commission payment'),
  actualAds: money('Actual Shop Ads commission payment'),
  created: clock('Time Created', 'Payment time'),
  paid: clock('Time Commission Paid'),
} satisfies Columns;

/** A title below a block of another row is written `block::title`. */
export const analyticsColumns = {
  skuId: id('SKU ID'),
  productId: id('Product ID'),
  title: text('Product name', 'Produk'),
  gmv: money('GMV', 'All::GMV'),
  orders: count('SKU orders', 'All::SKU orders', 'Pesanan SKU'),
  units: count('Items sold', 'All::Items sold', 'Units sold', 'Produk terjual'),
  impressions: count('Product impressions', 'All::Product impressions'),
  clicks: count('Product clicks', 'All::Product clicks'),
  affiliateGmv: money('Affiliate::GMV'),
  sellerLiveGmv: money('Seller LIVE::GMV'),
  sellerVideoGmv: money('Seller video::GMV'),
  sellerCardGmv: money('Seller Product card::GMV'),
} satisfies Columns;

export const adsColumns = {
  campaignId: id('Campaign ID'),
  campaign: text('Campaign name'),
  productId: id('Product ID'),
  cost: money('Cost', 'ต้นทุน'),
  orders: count('SKU orders'),
  revenue: money('Gross revenue', 'รายได้ขั้นต้น'),
  currency: text('Currency'),
} satisfies Columns;
