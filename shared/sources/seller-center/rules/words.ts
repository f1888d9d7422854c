/**
 * Which neutral word stands for a word of a cell? Status words are localised, titles mostly are not. A word more is one more in its line.
 * English and Indonesian words, and those for cancelled, are from files that parsers read; most others are from the usage of their language, and
 * a word that is in no line is read by the row's times.
 */

const fold = (word: string): string => word.normalize('NFC').trim().replaceAll(/\s+/g, ' ').toLowerCase();

type Words = ReadonlyMap<string, string>;
const table = (words: { [neutral: string]: readonly string[] }): Words =>
  new Map(Object.entries(words).flatMap(([neutral, theirs]) => theirs.map((word): [string, string] => [fold(word), neutral])));

const foldedCells = new Map<string, string>();
const mostFolded = 1000;

/** Few words stand in many cells. */
function folded(cell: string): string {
  const known = foldedCells.get(cell);
  if (known !== undefined) return known;
  if (foldedCells.size >= mostFolded) foldedCells.clear();
  const made = fold(cell);
  foldedCells.set(cell, made);
  return made;
}

/** The neutral word; undefined where the cell's is not known. */
export const wordOf = (words: Words, cell: string): string | undefined => words.get(folded(cell));

export const orderStatuses = table({
  placed: ['Unpaid', 'Belum dibayar', 'Chưa thanh toán', 'Não pago', 'ยังไม่ชำระเงิน', 'No pagado', 'Belum bayar'],
  on_hold: ['On hold', 'Ditahan', 'Đang tạm giữ'],
  paid: [
    'To ship',
    'Awaiting shipment',
    'Awaiting collection',
    'Perlu dikirim',
    'Chờ vận chuyển',
    'Chờ giao hàng',
    'Cần gửi',
    'A enviar',
    'Para enviar',
    'Por enviar',
    'ที่ต้องจัดส่ง',
    'Untuk dihantar',
  ],
  shipped: [
    'Shipped',
    'In transit',
    'Dikirim',
    'Đã vận chuyển',
    'Đang giao hàng',
    'Đã gửi',
    'Đã gửi hàng',
    'Enviado',
    'จัดส่งแล้ว',
    'Dihantar',
  ],
  delivered: ['Delivered', 'Terkirim', 'Đã giao', 'Đã giao hàng', 'Entregue', 'Entregado', 'จัดส่งสำเร็จ'],
  completed: [
    'Completed',
    'Selesai',
    'Đã hoàn tất',
    'Hoàn tất',
    'Đã hoàn thành',
    'Concluído',
    'Completado',
    'เสร็จสมบูรณ์',
    'สำเร็จ',
  ],
  cancelled: ['Canceled', 'Cancelled', 'Dibatalkan', 'Đã hủy', 'Đã huỷ', 'Cancelado', 'ยกเลิกแล้ว', 'ยกเลิก'],
});

export const cancelledBy = table({
  buyer: ['User', 'Buyer', 'Customer', 'Pembeli', 'Người mua', 'Comprador'],
  seller: ['Seller', 'Penjual', 'Người bán', 'Vendedor'],
  platform: ['System', 'Operator', 'Platform', 'Sistem', 'Hệ thống', 'Sistema'],
});

export const fulfilledBy = table({
  seller: ['Fulfillment by seller', 'Fulfilled by seller', 'Seller'],
  platform: ['Fulfillment by TikTok', 'Fulfilled by TikTok', 'Fulfilled by TikTok (FBT)', 'FBT', 'Platform'],
});

export const cashOnDelivery = table({
  yes: [
    'Cash on delivery',
    'COD',
    'Bayar di tempat',
    'Thanh toán khi nhận hàng',
    'Thanh toán khi giao hàng',
    'ชำระเงินปลายทาง',
    'เก็บเงินปลายทาง',
    'Pagamento na entrega',
    'Pago contra entrega',
  ],
});

/** Only at `completed` has the money left. */
export const returnStatuses = table({
  completed: [
    'Completed',
    'Refunded',
    'Refund completed',
    'Return completed',
    'Selesai',
    'Hoàn tất',
    'Đã hoàn tất',
    'Đã hoàn tiền',
    'Concluído',
    'Completado',
    'เสร็จสมบูรณ์',
  ],
  rejected: [
    'Return request rejected',
    'Refund request rejected',
    'Request rejected',
    'Rejected',
    'Ditolak',
    'Bị từ chối',
    'Rejeitado',
    'Rechazado',
  ],
  cancelled: ['Canceled', 'Cancelled', 'Request canceled', 'Request cancelled', 'Dibatalkan', 'Đã hủy', 'Cancelado'],
  requested: [
    'Requested',
    'Return requested',
    'Refund requested',
    'Pending',
    'In process',
    'Processing',
    'To process',
    'Awaiting return',
  ],
});

/** Money alone comes back: no goods do. */
export const moneyOnly = table({
  yes: ['Refund only', 'Refund', 'Hanya pengembalian dana', 'Chỉ hoàn tiền', 'Somente reembolso', 'Solo reembolso'],
});

/** Rows of a statement that are of an order; every other type is an adjustment. */
export const orderTypes = table({ order: ['Order', 'Pesanan', 'Đơn hàng', 'คำสั่งซื้อ', 'Pedido'] });

/** Names of adjustments that are localised, by their English ones. */
export const adjustmentTypes = table({
  'GMV Payment for TikTok Ads': ['GMV Payment for TikTok Ads', 'Pembayaran GMV untuk Iklan TikTok'],
  'Platform reimbursement': ['Platform reimbursement', 'Khoản bồi hoàn của nền tảng'],
});

export const channels = table({
  live: ['LIVE', 'Livestream', 'Phát trực tiếp'],
  video: ['Video', 'Short video'],
  product_card: ['Product card', 'Thẻ sản phẩm', 'Showcase'],
});

/** Words for there is none: finance writes `/`, affiliate files `--`, ads `-`. */
export const isNone = (text: string): boolean => text === '' || text === '/' || text === '-' || text === '--';
