/**
 * A service of any checkout with a large shop in it, pending at its fullest: `node latency-service.ts <checkout> <events>`, with a channel
 * to who starts it.
 */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { demoEvents } from './demo-events.ts';
import type * as insight from './insight-documents.ts';
import type * as records from './records.ts';
import type * as services from './service.ts';
import type * as shops from './shop.ts';

const creatorId = 'bench';
/** As many changes as wait at most before they are merged. */
const pending = 127;

/** What is said when the service stands. */
export interface Loaded {
  url: string;
  token: string;
  creatorId: string;
  /** Last instant (ms) of the history. */
  until: number;
  events: number;
  items: number;
  seconds: number;
}

const [checkout = '', count = ''] = process.argv.slice(2);
process.chdir(checkout);
const load = <T>(file: string): Promise<T> => import(join(checkout, file));
const { startService } = await load<typeof services>('tests/bench/service.ts');
const { shopHistory, shopProfile } = await load<typeof shops>('tests/bench/shop.ts');
const { incomingOf } = await load<typeof records>('tests/bench/records.ts');
const { applyBatch } = await load<typeof import('../../shared/store/apply.ts')>('shared/store/apply.ts');
const bulk =
  ['shared/ingest/load-history.ts', 'shared/ingest/bulk.ts', 'shared/store/bulk.ts'].find((file) =>
    existsSync(join(checkout, file)),
  ) ?? '';
const { loadHistory } = await load<typeof import('../../shared/ingest/load-history.ts')>(bulk);

const service = await startService();
const until = Date.now();
const began = performance.now();
const profile = shopProfile(creatorId, until - 400 * 86_400_000);
const loaded = await loadHistory(service.table, profile, shopHistory(creatorId, Number(count), until));
if (loaded.refused.length) throw new Error(`history refused: ${loaded.refused[0]?.reason}`);
const seconds = (performance.now() - began) / 1000;
// One event a batch, as at real traffic.
for (const event of demoEvents(pending + 1).slice(1))
  await applyBatch(service.table, incomingOf([{ ...event, creatorid: creatorId }]));
if (existsSync(join(checkout, 'shared/insight/free-samples/job.ts'))) {
  const { putInsightDocuments } = await load<typeof insight>('tests/bench/insight-documents.ts');
  await putInsightDocuments(service.table, creatorId, until);
}
const token = await service.runtime.token({ roles: ['analyst'] });
process.on('message', async () => {
  await service.stop();
  process.exit(0);
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
const { events, items } = loaded;
process.send?.({ url: service.runtime.url, token, creatorId, until, events, items, seconds } satisfies Loaded);
