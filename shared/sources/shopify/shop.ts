/** Whose record is it? The Shopify shop that a mapping works for, and how its times are read. */
import { textOf } from '../record.ts';

export interface ShopifyShop {
  creatorId: string;
  /** example.myshopify.com. */
  domain: string;
  /** Key of the hash that stands for a buyer. */
  buyerSecret: string;
}

/** Ids of Shopify are plain numbers and could be those of another vendor: in ids that are counted together they bear its name. */
export const shopifyId = (id: string): string => `shopify-${id}`;

/** An instant (ms) of an ISO time with its offset; undefined where it is empty or has none. */
export function shopifyTime(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined || !/(Z|[+-]\d\d:?\d\d)$/.test(text)) return undefined;
  const at = Date.parse(text);
  return Number.isNaN(at) ? undefined : at;
}
