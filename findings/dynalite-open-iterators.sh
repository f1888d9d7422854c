#!/usr/bin/env bash
# Does a query of dynalite give back the iterator that it read with?
# dynalite 4.0.0 ends its reads by asking the iterator of its store to `return()`, where it has that method; those of abstract-level 3.1.1
# (classic-level 3.0.0) only have `close()`. So each Query and Scan that ends before its rows do leaves an iterator open for good: a snapshot
# that keeps overwritten items on disk, and some hundred kilobytes of memory. A service that polls a table grew by gigabytes.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dynalite@4.0.0 abstract-level@3.1.1 classic-level@3.0.0 @aws-sdk/client-dynamodb@3.1164.0
cat >ask.mjs <<'JS'
import { createRequire } from 'node:module';
import { CreateTableCommand, DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';

// The copy that dynalite's own store stands on.
const path = ['dynalite', 'level', 'classic-level'].reduce((from, name) => createRequire(from).resolve(name), import.meta.url);
const { AbstractIterator, AbstractKeyIterator, AbstractValueIterator } = createRequire(path)('abstract-level');
const [read, closed] = [new Set(), new Set()];
for (const { prototype } of [AbstractIterator, AbstractKeyIterator, AbstractValueIterator])
  for (const [name, seen] of [['next', read], ['nextv', read], ['close', closed]]) {
    const own = prototype[name];
    prototype[name] = function (...given) {
      seen.add(this);
      return own.apply(this, given);
    };
  }

const server = createRequire(import.meta.url)('dynalite')({ path: 'table', createTableMs: 0 });
await new Promise((done) => server.listen(0, '127.0.0.1', done));
const client = new DynamoDBClient({
  endpoint: `http://127.0.0.1:${server.address().port}`,
  region: 'us-east-1',
  credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
});
const keys = [['pk', 'HASH'], ['sk', 'RANGE']];
await client.send(
  new CreateTableCommand({
    TableName: 'kpi',
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: keys.map(([AttributeName]) => ({ AttributeName, AttributeType: 'S' })),
    KeySchema: keys.map(([AttributeName, KeyType]) => ({ AttributeName, KeyType })),
  }),
);
for (let n = 0; n < 20; n++) await client.send(new PutItemCommand({ TableName: 'kpi', Item: { pk: { S: 'shop' }, sk: { S: String(n) } } }));
read.clear();
closed.clear();
for (let n = 0; n < 100; n++)
  await client.send(
    new QueryCommand({
      TableName: 'kpi',
      Limit: 5,
      KeyConditionExpression: 'pk = :pk',
      ExpressionAttributeValues: { ':pk': { S: 'shop' } },
    }),
  );
const open = [...read].filter((iterator) => !closed.has(iterator));
console.log(`100 queries of 5 rows each: ${read.size >= 100 ? 'at least 100' : read.size} iterators read, ${open.length >= 100 ? 'at least 100' : open.length} left open`);
process.exit(0);
JS
seen=$(node ask.mjs)
echo "$seen"
expected='100 queries of 5 rows each: at least 100 iterators read, at least 100 left open'
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
echo 'as found: what a query has read with stays open'
