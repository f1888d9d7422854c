/** Which consents were completed? The number of each state, kept until the state is too old anyway. */
import { PutItemCommand } from '@aws-sdk/client-dynamodb';
import { type Table, writeIf } from './table.ts';

/** Kept for so long (seconds) beyond its end. */
const keptBeyond = 86_400;

/** True for the first who takes it, false from then on; `until` (ms) is the end of the state. */
export const takeConsent = (table: Table, nonce: string, until: number): Promise<boolean> =>
  writeIf(
    table,
    new PutItemCommand({
      TableName: table.name,
      Item: {
        pk: { S: `P#consent#${nonce}` },
        sk: { S: 'S#taken' },
        expires: { N: String(Math.ceil(until / 1000) + keptBeyond) },
      },
      ConditionExpression: 'attribute_not_exists(pk)',
    }),
  );
