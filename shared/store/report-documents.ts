/** What has a job computed of a creator? Documents of a report, each under a key, and a head that says how far the job had seen. */

import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { GetItemCommand, PutItemCommand } from '@aws-sdk/client-dynamodb';
import { pagesOf } from './items.ts';
import { type Table, textOf, writeIf } from './table.ts';

/** Of the run whose documents hold. */
export interface DocumentHead {
  /** When it was computed (ms). */
  computedAt: number;
  /** What arrived until then (ms) is in it. */
  seenUntil: number;
  /** Of the way in which it was computed: a document of an older one is computed anew. */
  version: number;
  /** Hash of each document by its key: what is the same is not written again. */
  documents: { [key: string]: string };
}

const documentKey = (report: string, key: string): string => `R#${report}#${key}`;
const headKey = (report: string): string => `R#${report}.head`;

/** The head of a report; undefined before its first run. */
export async function readHead(table: Table, partition: string, report: string): Promise<DocumentHead | undefined> {
  const Key = { pk: { S: partition }, sk: { S: headKey(report) } };
  const { Item } = await table.send(new GetItemCommand({ TableName: table.name, Key, ConsistentRead: true }));
  return Item?.head ? (JSON.parse(textOf(Item.head)) as DocumentHead) : undefined;
}

type Content = { document: { B: Uint8Array } } | { head: { S: string } };

/** Puts an item over what an earlier run has put, never over that of a later one. */
function put(table: Table, partition: string, sk: string, computedAt: number, content: Content): Promise<boolean> {
  const at = { N: String(computedAt) };
  const command = new PutItemCommand({
    TableName: table.name,
    Item: { pk: { S: partition }, sk: { S: sk }, computedAt: at, ...content },
    ConditionExpression: 'attribute_not_exists(pk) OR computedAt < :at',
    ExpressionAttributeValues: { ':at': at },
  });
  return writeIf(table, command);
}

/** Puts a document; false where a later run has put one: that one stays. */
export const putDocument = (
  table: Table,
  partition: string,
  report: string,
  key: string,
  computedAt: number,
  document: unknown,
) => put(table, partition, documentKey(report, key), computedAt, { document: { B: deflateRawSync(JSON.stringify(document)) } });

/** Puts the head, after its documents; false where a later run has put one. */
export const putHead = (table: Table, partition: string, report: string, head: DocumentHead) =>
  put(table, partition, headKey(report), head.computedAt, { head: { S: JSON.stringify(head) } });

/** Documents of a report from one key to another, in order. */
export async function readDocuments<Document>(
  table: Table,
  partition: string,
  report: string,
  from: string,
  to: string,
): Promise<Document[]> {
  const documents: Document[] = [];
  const pages = pagesOf(table, {
    KeyConditionExpression: 'pk = :pk AND sk BETWEEN :from AND :to',
    ExpressionAttributeValues: {
      ':pk': { S: partition },
      ':from': { S: documentKey(report, from) },
      ':to': { S: documentKey(report, to) },
    },
  });
  for await (const items of pages)
    for (const { document } of items)
      if (document?.B) documents.push(JSON.parse(inflateRawSync(document.B).toString()) as Document);
  return documents;
}
