/** How do the connections fare, all in all? One item a vendor, of no creator, written by the clock, so that who asks for it reads no shop. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { owners } from './connections.ts';
import { readItems } from './items.ts';
import { type Table, textOf } from './table.ts';

export interface ConnectionsHealth {
  vendor: string;
  /** Connected shops, and those of them whose last runs failed; beside them those whose seller has to give consent anew. */
  shops: number;
  failing: number;
  reconnect: number;
  /** Shops that have not been read for too long. */
  late: number;
  /** Age (seconds) of the reading that is the oldest among the shops. */
  lagSeconds: number;
  /** Words of ours, of a shop that is late or failing; '' where there is none. */
  lastError: string;
  /** When it was looked (ms). */
  at: number;
}

const prefix = 'H#';

export async function putConnectionsHealth(table: Table, health: ConnectionsHealth): Promise<void> {
  const Item = { pk: { S: owners }, sk: { S: prefix + health.vendor }, health: { S: JSON.stringify(health) } };
  await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

export async function readConnectionsHealth(table: Table): Promise<ConnectionsHealth[]> {
  const found: ConnectionsHealth[] = [];
  for await (const item of readItems(table, owners, prefix)) found.push(JSON.parse(textOf(item.health)) as ConnectionsHealth);
  return found;
}
