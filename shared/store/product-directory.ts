/** How are products known by name? One item a product among its creator's settings, the newest snapshot whatever came when. */

import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { isDataFault } from '../data-fault.ts';
import { messageOf } from '../errors.ts';
import { withdrawnHash } from '../events/facts.ts';
import type { Listing, Product } from '../fold/product-directory.ts';
import { eachLimit } from '../map-limit.ts';
import { pagesOf, readKeys } from './items.ts';
import { type Item, numberOf, settingsOf, type Table, textOf, writeIf } from './table.ts';

const putsAtOnce = 16;
const prefix = 'S#product#';
// The sign after #: behind everything that begins with the prefix.
const behindAll = 'S#product$';

const keyOf = (creatorId: string, productId: string): Item => ({
  pk: { S: settingsOf(creatorId) },
  sk: { S: prefix + productId },
});

/** As an item. The listing is JSON, which escapes what a title may hold and a store may refuse: half a character. */
export const packProduct = ({ creatorId, productId, version, hash, listing }: Product): Item => ({
  ...keyOf(creatorId, productId),
  version: { N: String(version) },
  hash: { S: hash },
  listing: { S: JSON.stringify(listing) },
});

/** What was withdrawn keeps its item, so that an older snapshot does not bring it back. */
const isThere = ({ hash }: Item): boolean => textOf(hash) !== withdrawnHash;

const unpack = (creatorId: string, { sk, version, hash, listing }: Item): Product => ({
  creatorId,
  productId: textOf(sk).slice(prefix.length),
  version: numberOf(version),
  hash: textOf(hash),
  listing: JSON.parse(textOf(listing)) as Listing,
});

/** Puts a product over an older snapshot. Over its own as well: replayed, it is as the code of now writes it. */
async function putProduct(table: Table, product: Product): Promise<void> {
  const put = new PutItemCommand({
    TableName: table.name,
    Item: packProduct(product),
    ConditionExpression: 'attribute_not_exists(pk) OR #version < :version OR (#version = :version AND #hash <= :hash)',
    ExpressionAttributeNames: { '#version': 'version', '#hash': 'hash' },
    ExpressionAttributeValues: { ':version': { N: String(product.version) }, ':hash': { S: product.hash } },
  });
  await writeIf(table, put);
}

/**
 * Puts these products, each unless a newer snapshot of it is there. All are tried; throws when a call failed: to be done again. Answers
 * those that the store does not take for what they hold.
 */
export async function putProducts(table: Table, products: Iterable<Product>): Promise<{ product: Product; reason: string }[]> {
  const failed = await eachLimit(products, putsAtOnce, (product) => putProduct(table, product));
  const passing = failed.find(({ error }) => !isDataFault(error));
  if (passing) throw passing.error;
  return failed.map(({ item, error }) => ({ product: item, reason: `its name cannot be kept: ${messageOf(error)}` }));
}

/** A creator's products by id (in the order of its bytes) behind `after`, read consistently, `pageSize` at a time where it is given. */
export async function* readProductDirectory(
  table: Table,
  creatorId: string,
  after = '',
  pageSize?: number,
): AsyncGenerator<Product> {
  const pages = pagesOf(table, {
    ConsistentRead: true,
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: { ':pk': { S: settingsOf(creatorId) }, ':from': { S: prefix + after }, ':to': { S: behindAll } },
    ...(pageSize === undefined ? {} : { Limit: pageSize }),
  });
  for await (const items of pages)
    for (const item of items) if (textOf(item.sk) !== prefix + after && isThere(item)) yield unpack(creatorId, item);
}

/** The products of these ids, in their order, read consistently; unknown ones are left out. Throws when the store leaves some unread. */
export async function readProducts(table: Table, creatorId: string, ids: Iterable<string>): Promise<Product[]> {
  const wanted = [...new Set(ids)];
  const keys = wanted.map((id) => keyOf(creatorId, id));
  const items = await readKeys(table, keys, 'products');
  const byId = new Map(
    items
      .filter(isThere)
      .map((item) => unpack(creatorId, item))
      .map((product) => [product.productId, product]),
  );
  return wanted.flatMap((id) => byId.get(id) ?? []);
}
