/** Where is the token of a seller's consent? Its text is a secret; the table says which version of the secret holds, so that of two that renew it one wins. */
import { randomUUID } from 'node:crypto';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import type { Secrets } from './secrets.ts';
import { type Item, settingsOf, type Table, textOf, writeIf } from './table.ts';

export interface Authorisation {
  creatorId: string;
  vendor: string;
  /** Whose consent it is. */
  authorisation: string;
}

/** How long (ms) a token is taken for the newest without looking: another process may have renewed it. */
const trustedFor = 30_000;

/**
 * A place for one token, as shared/sources/tiktok-shop/token.ts wants it. `prefix` is the name of the deployment's secrets. The new
 * version of the secret is written first; it counts once the table points to it.
 */
export function openTokenStore<Token>(
  { table, secrets, prefix, now }: { table: Table; secrets: Secrets; prefix: string; now: () => number },
  { creatorId, vendor, authorisation }: Authorisation,
) {
  const name = `${prefix}/connections/${vendor}/${authorisation}`;
  const key: Item = { pk: { S: settingsOf(creatorId) }, sk: { S: `S#token#${vendor}#${authorisation}` } };
  let known: { stored: { token: Token; version: string }; at: number } | undefined;
  return {
    async get(): Promise<{ token: Token; version: string } | undefined> {
      if (known && now() - known.at < trustedFor) return known.stored;
      const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key: key, ConsistentRead: true }));
      const version = textOf(Item?.version);
      const text = version ? await secrets.get(name, version) : undefined;
      if (text === undefined) return undefined;
      known = { stored: { token: JSON.parse(text) as Token, version }, at: now() };
      return known.stored;
    },
    async put(token: Token, ifVersion: string | undefined): Promise<boolean> {
      known = undefined;
      const version = randomUUID();
      await secrets.put(name, version, JSON.stringify(token));
      const put = new PutItemCommand({
        TableName: table.name,
        Item: { ...key, version: { S: version } },
        ...(ifVersion === undefined
          ? { ConditionExpression: 'attribute_not_exists(pk)' }
          : { ConditionExpression: 'version = :version', ExpressionAttributeValues: { ':version': { S: ifVersion } } }),
      });
      return writeIf(table, put);
    },
  };
}
