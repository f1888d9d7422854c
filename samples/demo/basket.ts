/** What is in a demo order's basket? Lines with prices, discounts, tax and cost, and what shipping was charged. */
import type { DemoFrame, Promotion } from './calendar.ts';
import { unitCostOn } from './catalogue.ts';
import { chance, pick, type Random, whole } from './random.ts';
import type { DemoProduct, DemoShop } from './shops.ts';

export interface BasketLine {
  product: DemoProduct;
  quantity: number;
  unitPrice: number;
  /** Of the whole line, as the next two. */
  sellerDiscount: number;
  platformDiscount: number;
  tax: number;
  unitCost?: number;
}

export interface Basket {
  lines: BasketLine[];
  shippingCharged: number;
}

const shareOf = (amount: number, share: number): number => Math.round(amount * share);

/** A basket of a day: mostly one product, now and then two or three. */
export function basketOf(
  shop: DemoShop,
  random: Random,
  day: string,
  frame: DemoFrame,
  promotion: Promotion | undefined,
): Basket {
  const wanted = pick(random, [
    [1, 74],
    [2, 20],
    [3, 6],
  ] as const);
  const products = new Set<DemoProduct>();
  for (let tries = 0; tries < wanted; tries++)
    products.add(
      pick(
        random,
        shop.products.map((product) => [product, product.popularity] as const),
      ),
    );
  const coupon = chance(random, 0.12) ? 0.08 : 0;
  const voucher = chance(random, 0.1) ? 0.06 : 0;
  const lines = [...products].map((product) => {
    const quantity = chance(random, 0.14) ? whole(random, 2, 3) : 1;
    const gross = product.price * quantity;
    const sellerDiscount = shareOf(gross, promotion?.discount ?? coupon);
    const platformDiscount = shareOf(gross, voucher);
    const tax = shareOf(gross - sellerDiscount, shop.taxRate);
    return {
      product,
      quantity,
      unitPrice: product.price,
      sellerDiscount,
      platformDiscount,
      tax,
      unitCost: unitCostOn(product, day, frame),
    };
  });
  const paid = lines.reduce((sum, line) => sum + line.unitPrice * line.quantity - line.sellerDiscount, 0);
  return { lines, shippingCharged: paid >= shop.shipping.freeFrom ? 0 : shop.shipping.charge };
}
