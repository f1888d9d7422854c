/** What is killed: a process that archives a history batch by batch, or compacts a lake again and again, against a server elsewhere. */
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { archiveBatch } from '../../shared/lake/archive.ts';
import { compactLake } from '../../shared/lake/compact.ts';
import { openLake } from '../../shared/lake/store.ts';
import { clientOf } from '../make/bucket.ts';
import { chanceOf } from './chance.ts';
import { lakeHistory, shards } from './lake-history.ts';

const [job, url = '', bucket = '', seed, events, places = ''] = process.argv.slice(2);
const lake = openLake(bucket, clientOf(url));

function readPlaces(): number[] {
  try {
    return JSON.parse(readFileSync(places, 'utf8'));
  } catch {
    return shards.map(() => 0);
  }
}

/** Goes on where the last life stopped; batches are cut by chance, so that they differ from life to life. */
async function archiveAll(): Promise<void> {
  const history = lakeHistory(chanceOf(Number(seed)), Number(events));
  const at = readPlaces();
  process.stdout.write('ready\n');
  for (const [i, records] of history.entries())
    while ((at[i] ?? 0) < records.length) {
      const from = at[i] ?? 0;
      const batch = records.slice(from, from + 1 + Math.floor(Math.random() * 400));
      await archiveBatch(lake, batch, shards[i] ?? '', async () => {});
      at[i] = from + batch.length;
      writeFileSync(`${places}.new`, JSON.stringify(at));
      renameSync(`${places}.new`, places);
    }
}

async function compactAgain(): Promise<void> {
  process.stdout.write('ready\n');
  // Small piles, so that merged files are merged again.
  for (let memoryLimit = 500_000; ; memoryLimit *= 2) {
    const { written, deleted } = await compactLake(lake, { since: '2026-01-01', grace: 0, memoryLimit });
    if (!written && !deleted) return;
  }
}

await (job === 'archive' ? archiveAll() : compactAgain());
