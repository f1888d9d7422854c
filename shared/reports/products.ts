/** What are the products called? As their newest snapshots say, whatever generation the numbers are read from. */
import type * as z from 'zod';
import type { ProductsQuery, productRow, productsAnswer } from '../api/products.ts';
import type { Product } from '../fold/product-directory.ts';
import { readProductDirectory, readProducts } from '../store/product-directory.ts';
import { makeCursor, pageOf, readCursor } from './cursor.ts';
import { freshnessOf, type Scope } from './scope.ts';

export type ProductsAnswer = z.infer<typeof productsAnswer>;

const rowOf = ({ productId, listing }: Product): z.infer<typeof productRow> => ({
  productId,
  title: listing.title,
  category: listing.category ?? null,
  status: listing.status ?? null,
  listPrice: listing.listPrice ?? null,
  currency: listing.currency ?? null,
});

/** One text for all spellings of it: a letter with its accent is one sign or two, and large or small. */
const plain = (text: string): string => text.normalize().toLowerCase();

/** Products behind a place of the list that the search finds, by id; one more than asked for says that there are more. */
async function find({ table, profile }: Scope, { search, limit }: ProductsQuery, after: string): Promise<Product[]> {
  const wanted = search && plain(search);
  // Without a search a page needs no more than itself, the surplus one and the one that it begins behind.
  const directory = readProductDirectory(table, profile.creatorId, after, wanted ? undefined : limit + 2);
  const found: Product[] = [];
  for await (const product of directory) {
    const { productId, listing } = product;
    if (wanted && ![listing.title, productId].some((text) => plain(text).includes(wanted))) continue;
    if (found.push(product) > limit) break;
  }
  return found;
}

/** Answers GET …/products; `key` signs the cursors. Throws bad_request for a cursor of another list. */
export async function reportProducts(query: ProductsQuery, scope: Scope, key: string): Promise<ProductsAnswer> {
  const { creatorId } = scope.profile;
  const { ids, search, limit, cursor } = query;
  if (ids) {
    const products = await readProducts(scope.table, creatorId, ids);
    return { ...freshnessOf(scope), products: products.map(rowOf), cursor: null };
  }
  const list = JSON.stringify(['products', creatorId, search]);
  const found = await find(scope, query, cursor === undefined ? '' : readCursor(key, list, cursor));
  const next = ({ productId }: Product) => makeCursor(key, list, productId);
  const { page, cursor: following } = pageOf(found, limit, next);
  return { ...freshnessOf(scope), products: page.map(rowOf), cursor: following };
}
