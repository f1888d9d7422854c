/** What was asked under privacy law, and what was found and done? An item a request, among the creator's settings. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { readItems } from './items.ts';
import { settingsOf, type Table, textOf } from './table.ts';

export interface PrivacyNote {
  /** The vendor's id of the request. */
  id: string;
  vendor: string;
  shopId: string;
  wants: 'show' | 'erase' | 'erase_shop';
  /** Instant (ms). */
  at: number;
  /** Subjects of orders that held a key of the buyer: all that is kept of a person. */
  orders: string[];
  /** How many there were; of more than `orders` holds they are not named. */
  found: number;
}

const prefix = 'S#privacy#';
/** A seller has thirty days to answer; kept (seconds) for a year, to show that it was done. */
const keptSeconds = 365 * 86_400;

export async function putPrivacyNote(table: Table, creatorId: string, note: PrivacyNote): Promise<void> {
  const Item = {
    pk: { S: settingsOf(creatorId) },
    sk: { S: `${prefix}${note.vendor}#${note.wants}#${note.id.slice(0, 200)}` },
    note: { S: JSON.stringify(note) },
    expires: { N: String(Math.floor(note.at / 1000) + keptSeconds) },
  };
  await table.send(new PutItemCommand({ TableName: table.name, Item }));
}

/** The newest first. */
export async function readPrivacyNotes(table: Table, creatorId: string): Promise<PrivacyNote[]> {
  const found: PrivacyNote[] = [];
  for await (const { note } of readItems(table, settingsOf(creatorId), prefix)) found.push(JSON.parse(textOf(note)));
  return found.sort((a, b) => b.at - a.at);
}
