/** What do records say of products? The newest snapshot of each, by an order in which neither arrival nor repetition counts. */
import { contentHash, factsOf } from '../events/facts.ts';
import { product } from '../events/product.ts';
import { decodeId } from '../events/subject.ts';
import type { Incoming } from './fold.ts';

/** What its shop says of a product. */
export interface Listing {
  /** As it was sent: up to 500 characters of anything, markup and control characters among them. */
  title: string;
  category?: string;
  status?: string;
  /** Minor units of `currency`, as the shop lists it: not converted. */
  listPrice?: number;
  /** There where a list price is. */
  currency?: string;
}

/** A listing with its place in the order of snapshots: version (ms), then content hash. */
export interface Product {
  creatorId: string;
  productId: string;
  version: number;
  hash: string;
  listing: Listing;
}

const isNewer = (a: Product, b: Product): boolean => (a.version === b.version ? a.hash > b.hash : a.version > b.version);

function listingOf({ event, stamp }: Incoming['record']): Listing {
  // Of a product that is withdrawn there is no title.
  const { title = '', category, status, listPrice, currency = stamp.currency } = event.data as Partial<Listing>;
  return {
    title,
    ...(category === undefined ? {} : { category }),
    ...(status === undefined ? {} : { status }),
    ...(listPrice === undefined ? {} : { listPrice, currency }),
  };
}

/** Undefined for a record of something else. TRICKY: so for one that cannot count, told by the record alone, for a retry may not fold it again. */
function productOf({ record, entity, subject }: Incoming): Product | undefined {
  const { productId } = subject.ids;
  if (entity.name !== product.name || productId === undefined) return undefined;
  const { event, stamp } = record;
  try {
    factsOf(entity, event, stamp);
  } catch {
    return undefined;
  }
  const { creatorid, entityversion, data } = event;
  return {
    creatorId: creatorid,
    productId: decodeId(productId),
    version: entityversion,
    hash: contentHash(data),
    listing: listingOf(record),
  };
}

/** The newest snapshot of each product of one creator's records, where it is newer than the one of `known`. Pure. */
export function newestProducts(
  records: Iterable<Incoming>,
  known: ReadonlyMap<string, Product> = new Map(),
): Map<string, Product> {
  const newest = new Map<string, Product>();
  for (const record of records) {
    const told = productOf(record);
    const before = told && (newest.get(told.productId) ?? known.get(told.productId));
    if (told && (!before || isNewer(told, before))) newest.set(told.productId, told);
  }
  return newest;
}
