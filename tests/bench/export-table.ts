/** How fast is a table of a million orders exported, and how much memory does the export function take? Everything real but AWS. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { typeOf } from '../../shared/events/entities.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import type { FormatName } from '../../shared/exports/format-names.ts';
import { readJob } from '../../shared/exports/items/jobs.ts';
import { requestExport } from '../../shared/exports/request.ts';
import { emptyHistory, foldInto, writeHistory } from '../../shared/ingest/bulk.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { partitionOf } from '../../shared/store/table.ts';
import { monthOf, toLocal } from '../../shared/time.ts';
import type { Taken } from './export-run.ts';
import { type Service, startService } from './service.ts';
import { shopHistory, shopProfile } from './shop.ts';
import { rounded } from './statistics.ts';

const creatorId = 'bench';
const written: FormatName[] = ['csv', 'parquet', 'xlsx', 'json'];

/** Orders alone, of a year, in the order of their time; three of ten events of the shop are orders. */
function* ordersOf(count: number, until: number): Generator<CloudEvent> {
  const type = typeOf('order');
  for (const event of shopHistory(creatorId, Math.ceil((count * 10) / 3) + 10, until)) {
    if (event.type !== type) continue;
    // Without a ship-by nothing is open: an index of a million open orders is no shop's.
    const { shipBy: _, ...data } = event.data;
    yield { ...event, data };
    if (--count === 0) return;
  }
}

/** Writes the orders month by month, so that no more than a month's are held: days and months lie in one part each, so all totals are right. */
async function loadOrders({ table }: Service, count: number, until: number): Promise<number> {
  const profile = await acceptProfile(table, shopProfile(creatorId, until - 400 * 86_400_000));
  const partition = partitionOf(creatorId, profile.generation);
  const receivedAt = new Date(until).toISOString();
  let month = '';
  let some: CloudEvent[] = [];
  let loaded = 0;
  const flush = async () => {
    const history = emptyHistory();
    foldInto(history, some, profile, receivedAt);
    if (history.refused.length) throw new Error(`history refused: ${history.refused[0]?.reason}`);
    await writeHistory(table, partition, history, receivedAt);
    loaded += history.entities.size;
    some = [];
  };
  for (const event of ordersOf(count, until)) {
    const own = monthOf(toLocal(Date.parse(String(event.data.paidAt)), profile.zones));
    if (own !== month && some.length) await flush();
    month = own;
    some.push(event);
  }
  await flush();
  return loaded;
}

/** Runs the bundle of the export function in a process of its own, as Lambda would, for one job. */
async function exportAll({ runtime, table }: Service, format: FormatName) {
  const spec = runtime.deployment.functions.find(({ name }) => name === 'export');
  if (!spec) throw new Error('the template has no function export');
  let taken: Taken | undefined;
  const start = async (event: unknown): Promise<void> => {
    const child = [
      `--max-old-space-size=${spec.memoryMegabytes}`,
      join(import.meta.dirname, 'export-run.ts'),
      join(spec.code, 'index.mjs'),
      JSON.stringify(event),
    ];
    const env = { PATH: process.env.PATH, TZ: 'UTC', ...runtime.servers.environment, ...spec.environment };
    taken = JSON.parse((await run(child, env)).split('\n').at(-2) ?? '') as Taken;
  };
  const { id } = await requestExport({ table, start }, creatorId, { what: { entities: 'orders' }, format }, Date.now());
  const job = await readJob(table, creatorId, id, Date.now());
  if (job?.status !== 'done' || !taken) throw new Error(`the export is ${job?.status}: ${job?.error?.message}`);
  const { rows = 0, bytes = 0 } = job.result ?? {};
  return {
    rows,
    rowsPerSecond: Math.round(rows / taken.seconds),
    seconds: rounded(taken.seconds),
    peakMB: taken.peakMB,
    MB: rounded(bytes / 1e6),
  };
}

/** The servers are threads of this process: they must go on while the child runs. */
function run(args: string[], env: NodeJS.ProcessEnv): Promise<string> {
  return new Promise((resolve, reject) =>
    execFile(process.execPath, args, { env, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stderr}`)) : resolve(stdout),
    ),
  );
}

/** By format: rows, rows a second, seconds, peak memory of the function's process and size of the file, of so many orders. */
export async function tableExports(count: number): Promise<Record<string, unknown>> {
  const service = await startService();
  try {
    const began = performance.now();
    const orders = await loadOrders(service, count, Date.now());
    const figures: Record<string, unknown> = { orders, loadSeconds: rounded((performance.now() - began) / 1000) };
    for (const format of written) figures[format] = await exportAll(service, format);
    return figures;
  } finally {
    await service.stop();
  }
}
