/** How far was each list of a shop read? An item a list, among the creator's settings. */
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { ShopKey } from './connections.ts';
import { readItems } from './items.ts';
import { type Item, numberOf, settingsOf, type Table, textOf } from './table.ts';

/** Seconds up to which a list was read, whether that was its end, and whether it never was read to its end before. */
export interface StoredCheckpoint {
  readUntil: number;
  isComplete: boolean;
  isFirst: boolean;
}

const prefixOf = ({ vendor, shopId }: ShopKey): string => `S#checkpoint#${vendor}#${shopId}#`;
const unpack = (item: Item): StoredCheckpoint => ({
  readUntil: numberOf(item.readUntil),
  isComplete: item.isComplete?.BOOL === true,
  isFirst: item.isFirst?.BOOL === true,
});

/** The checkpoints of a shop: what shared/sources/tiktok-shop/poll.ts keeps. */
export function openCheckpoints(table: Table, shop: ShopKey & { creatorId: string }) {
  const keyOf = (stream: string): Item => ({ pk: { S: settingsOf(shop.creatorId) }, sk: { S: prefixOf(shop) + stream } });
  return {
    async get(stream: string): Promise<StoredCheckpoint | undefined> {
      const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: keyOf(stream), ConsistentRead: true }));
      return Item && unpack(Item);
    },
    async put(stream: string, { readUntil, isComplete, isFirst }: StoredCheckpoint): Promise<void> {
      const flags = { isComplete: { BOOL: isComplete }, isFirst: { BOOL: isFirst } };
      const Item = { ...keyOf(stream), readUntil: { N: String(readUntil) }, ...flags };
      await table.send(new PutItemCommand({ TableName: table.name, Item }));
    },
    /** All of them, by the name of their list. */
    async all(): Promise<Map<string, StoredCheckpoint>> {
      const found = new Map<string, StoredCheckpoint>();
      for await (const item of readItems(table, settingsOf(shop.creatorId), prefixOf(shop)))
        found.set(textOf(item.sk).slice(prefixOf(shop).length), unpack(item));
      return found;
    },
  };
}
