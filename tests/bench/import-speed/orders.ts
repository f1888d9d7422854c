/** Which rows does a large export of orders hold? Invented ones in the shape of an Indonesian file of 65 columns, the same for the same seed. */
import { chance, pick, type Random, randomOf, whole } from '../../../samples/demo/random.ts';

/** What a file's orders come to; amounts in whole rupiah, of paid orders. */
export interface OrdersTruth {
  rows: number;
  orders: number;
  paidOrders: number;
  parcels: number;
  units: number;
  grossSales: number;
  sellerDiscounts: number;
  platformDiscounts: number;
  /** Orders with rows of others between their own. */
  apart: number;
}

export const titles = [
  ...['Order ID', 'Order Status', 'Order Substatus', 'Cancelation/Return Type', 'Normal or Pre-order', 'SKU ID', 'Seller SKU'],
  ...['Product Name', 'Variation', 'Quantity', 'Sku Quantity of return', 'SKU Unit Original Price'],
  ...['SKU Subtotal Before Discount', 'SKU Platform Discount', 'SKU Seller Discount', 'SKU Subtotal After Discount'],
  ...['Shipping Fee After Discount', 'Original Shipping Fee', 'Shipping Fee Seller Discount', 'Shipping Fee Platform Discount'],
  ...['Distance Shipping Fee', 'Distance Fee', 'Order Refund Amount', 'Payment platform discount', 'Buyer Service Fee'],
  ...['Handling Fee', 'Shipping Insurance', 'Item Insurance', 'Order Amount', 'Created Time', 'Paid Time', 'RTS Time'],
  ...['Shipped Time', 'Delivered Time', 'Cancelled Time', 'Cancel By', 'Cancel Reason', 'Fulfillment Type', 'Warehouse Name'],
  ...['Tracking ID', 'Delivery Option', 'Shipping Provider Name', 'Buyer Message', 'Buyer Username', 'Recipient', 'Phone #'],
  ...['Zipcode', 'Country', 'Province', 'Regency and City', 'Districts', 'Villages', 'Detail Address'],
  ...['Additional address information', 'Payment Method', 'Weight(kg)', 'Product Category', 'Package ID', 'Purchase Channel'],
  ...['Seller Note', 'Checked Status', 'Checked Marked by', 'Tokopedia Invoice Number', 'Order Channel', 'Creator Handle'],
];

const products = ['Lampu Meja', 'Sabun Beras', 'Botol Minum', 'Kaos Polos', 'Tas Selempang'];
const names = ['Laut', 'Rimba', 'Senja', 'Embun', 'Bintang <A&B>', 'Pro 12"'];
const categories = ['Home', 'Beauty', 'Kitchen', 'Clothing', 'Bags'];
const variations = ['Default', 'Blue / M', 'Red, L', 'XL'];
const aDay = 86_400_000;
/** The newest order, as UTC shows the shop's wall clock. */
const newest = Date.UTC(2026, 10, 20, 23, 0, 0);
const days = 365;

const two = (n: number): string => (n < 10 ? `0${n}` : String(n));

/** `20/11/2026 19:13:47`; nothing where there is no time. */
function clock(at: number | undefined): string {
  if (at === undefined) return '';
  const date = new Date(at);
  return `${two(date.getUTCDate())}/${two(date.getUTCMonth() + 1)}/${date.getUTCFullYear()} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
}

interface Lived {
  status: string;
  substatus: string;
  kind: string;
  paid?: number;
  ready?: number;
  shipped?: number;
  delivered?: number;
  cancelled?: number;
}

function lifeOf(random: Random, created: number): Lived {
  const fate = pick(random, [
    ['done', 88],
    ['cancelled', 9],
    ['unpaid', 3],
  ] as const);
  const paid = created + whole(random, 1, 7200) * 1000;
  if (fate === 'unpaid') return { status: 'Dibatalkan', substatus: 'Dibatalkan', kind: 'Cancel', cancelled: created + aDay };
  if (fate === 'cancelled')
    return { status: 'Dibatalkan', substatus: 'Dibatalkan', kind: 'Cancel', paid, cancelled: paid + 3_600_000 };
  const ready = paid + whole(random, 3600, 2 * 86_400) * 1000;
  const shipped = ready + whole(random, 3600, 43_200) * 1000;
  const delivered = shipped + whole(random, aDay / 1000, (6 * aDay) / 1000) * 1000;
  const at = (time: number): { [known: string]: number } => (time <= newest ? { at: time } : {});
  const known = { paid, ...(at(ready).at ? { ready } : {}), ...(at(shipped).at ? { shipped } : {}) };
  if (at(delivered).at === undefined)
    return { status: known.shipped ? 'Dikirim' : 'Perlu dikirim', substatus: 'Dalam pengiriman', kind: '', ...known };
  return { status: 'Selesai', substatus: 'Selesai', kind: '', ...known, delivered };
}

interface Line {
  sku: number;
  quantity: number;
  price: number;
  sellerDiscount: number;
  platformDiscount: number;
}

const skus = 240;

function lineOf(random: Random): Line {
  const sku = whole(random, 0, skus - 1);
  const quantity = whole(random, 1, 3);
  const price = 15_000 + ((sku * 7919) % 1900) * 100;
  const gross = price * quantity;
  return {
    sku,
    quantity,
    price,
    sellerDiscount: chance(random, 0.6) ? Math.floor(gross / whole(random, 8, 40) / 100) * 100 : 0,
    platformDiscount: chance(random, 0.4) ? Math.floor(gross / whole(random, 10, 50) / 100) * 100 : 0,
  };
}

function cellsOf(n: number, id: string, life: Lived, created: number, line: Line, shipping: number, amount: number): string[] {
  const { sku, quantity, price, sellerDiscount, platformDiscount } = line;
  const gross = price * quantity;
  const buyer = `Buyer ${n}`;
  const isTokopedia = n % 6 === 0;
  return [
    ...[id, life.status, life.substatus, life.kind, 'Normal', String(1_729_384_700_000_000_000n + BigInt(sku) * 7_919_977n)],
    ...[`ID-${sku}`, `${products[sku % 5]} ${names[sku % 6]}`, variations[sku % 4] ?? '', String(quantity), '0', String(price)],
    ...[String(gross), String(platformDiscount), String(sellerDiscount), String(gross - platformDiscount - sellerDiscount)],
    ...[String(shipping), '12500', '0', '0', '0', '0', '0', '0', '2000', '0', '0', '0', String(amount), clock(created)],
    ...[clock(life.paid), clock(life.ready), clock(life.shipped), clock(life.delivered), clock(life.cancelled)],
    ...[life.cancelled ? 'User' : '', life.cancelled ? 'No longer needed' : '', 'Fulfillment by seller', 'Invented warehouse'],
    ...[life.shipped ? `TRKID${n}` : '', 'Standard', 'Invented Express', '', buyer, buyer, '(+00)0000****00', '00000'],
    ...['Invented', '', '', '', '', `Invented street ${n}`, '', n % 3 ? 'E-wallet' : 'Cash on delivery', '0.4'],
    ...[categories[sku % 5] ?? '', life.ready ? `1192${id.slice(4)}` : '', isTokopedia ? 'Tokopedia' : 'TikTok', '', 'Unchecked'],
    ...['', isTokopedia ? `INV/2026/${n}` : '', 'TikTok Shop', n % 2 ? '' : `creator.invented.${n % 40}`],
  ];
}

const emptyTruth = (): OrdersTruth => ({
  rows: 0,
  orders: 0,
  paidOrders: 0,
  parcels: 0,
  units: 0,
  grossSales: 0,
  sellerDiscounts: 0,
  platformDiscounts: 0,
  apart: 0,
});

/** So many rows further a row that stands apart from its order's others is found. */
const apartBy = 300;

/** Rows, newest orders first; `truth` is filled on the way. One order of five hundred has its last row apart from the others. */
export function* ordersRows(rows: number, seed: number, truth: OrdersTruth = emptyTruth()): Generator<string[]> {
  const random = randomOf('orders', seed);
  const late: { row: string[]; due: number }[] = [];
  const step = (days * aDay) / rows;
  for (let n = 0; truth.rows + late.length < rows; n++) {
    while (late[0] && late[0].due <= truth.rows) {
      truth.rows++;
      yield late.shift()?.row ?? [];
    }
    const left = rows - truth.rows - late.length;
    const count = Math.min(
      left,
      pick(random, [
        [1, 51],
        [2, 29],
        [3, 18],
        [4, 2],
      ] as const),
    );
    const created = newest - Math.floor(truth.rows * step) - 1000 * whole(random, 0, 60);
    const life = lifeOf(random, created);
    const lines = Array.from({ length: count }, () => lineOf(random));
    const shipping = chance(random, 0.3) ? 12_500 : 0;
    const worth = lines.reduce((sum, line) => sum + line.price * line.quantity - line.sellerDiscount - line.platformDiscount, 0);
    const id = String(579_265_931_513_190_650n - BigInt(n) * 8_170_631n);
    truth.orders++;
    if (life.ready !== undefined) truth.parcels++;
    if (life.paid !== undefined) {
      truth.paidOrders++;
      for (const { quantity, price, sellerDiscount, platformDiscount } of lines) {
        truth.units += quantity;
        truth.grossSales += quantity * price;
        truth.sellerDiscounts += sellerDiscount;
        truth.platformDiscounts += platformDiscount;
      }
    }
    const written = lines.map((line) => cellsOf(n, id, life, created, line, shipping, worth + shipping + 2000));
    if (count > 1 && n % 500 === 7 && left > 2 * apartBy) {
      const row = written.pop();
      if (row) late.push({ row, due: truth.rows + apartBy });
      truth.apart++;
    }
    truth.rows += written.length;
    yield* written;
  }
  for (const { row } of late) {
    truth.rows++;
    yield row;
  }
}

export { emptyTruth };
