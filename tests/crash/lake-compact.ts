/** Does compaction lose or double anything when it is killed? Several runs at once, late arrivals, readers between all steps. */
import { GetObjectCommand, PutObjectCommand } from '@aws-sdk/client-s3';
import { parquetReadObjects } from 'hyparquet';
import type { Incoming } from '../../shared/fold/fold.ts';
import { archiveBatch, filesOf } from '../../shared/lake/archive.ts';
import { type LakeTable, lakeTables } from '../../shared/lake/columns.ts';
import type { compactDay } from '../../shared/lake/compact-day.ts';
import { isMerged } from '../../shared/lake/day-listing.ts';
import { listFiles, readWhole } from '../../shared/lake/files.ts';
import { writeParquet } from '../../shared/lake/parquet.ts';
import type { LakeRow } from '../../shared/lake/rows.ts';
import type { Lake } from '../../shared/lake/store.ts';
import type { MadeBucket } from '../make/bucket.ts';
import { type Chance, chanceOf } from './chance.ts';
import { fateKinds } from './lake-faults.ts';
import { LakeTruth, lakeHistory, shards } from './lake-history.ts';
import { brokenKey, FastReader, isBroken, wrongInViews } from './lake-readers.ts';
import { makeScene, type Scene } from './lake-scene.ts';

export interface CompactOutcome {
  events: number;
  kills: number;
  runs: number;
  calls: number;
  lateArrivals: number;
  reads: number;
  wrong: string[];
}

export interface CompactPlan {
  events: number;
  kills: number;
  /** A fate befalls one of the first so many calls of a run (250): few where there is little to compact. */
  calls?: number;
}

type Compact = typeof compactDay;
const grace = 3_600_000;
const days = ['2026-06-01', '2026-06-02', '2026-06-03'];
const tables = lakeTables.filter(({ entity }) => ['order', 'refund'].includes(entity));

/** Plays one world; `compact` is the real job, or one that forgets a rule. */
export async function playCompaction(
  bucket: MadeBucket,
  compact: Compact,
  seed: number,
  plan: CompactPlan,
): Promise<CompactOutcome> {
  const chance = chanceOf(seed);
  const server = await bucket.another(`compact-${seed}-${Math.round(performance.now())}`);
  const scene = makeScene(server, chance);
  const world = await arrivalsOf(scene, chance, plan.events);
  const { truth, reader } = world;
  const outcome = { events: plan.events, kills: 0, runs: 0, calls: 0, lateArrivals: 0, reads: 0 };
  const wrong: string[] = [];
  const paged: { listed: string[]; until: number; truth: LakeTruth }[] = [];

  while (outcome.kills < plan.kills && !wrong.length) {
    for (let runs = 1 + chance.below(3); runs > 0; runs--) {
      const fate = chance.happens(0.8) ? { kind: chance.pick(fateKinds), call: 1 + chance.below(plan.calls ?? 250) } : undefined;
      const memoryLimit = chance.pick([undefined, undefined, 300_000]);
      outcome.runs++;
      scene.start(fate, (lake) => compactAll(compact, lake, scene.now, memoryLimit));
    }
    for (let step = await scene.step(); step && !wrong.length; step = await scene.step()) {
      outcome.calls++;
      outcome.kills += Number(step.isHit);
      if (chance.happens(0.02)) outcome.lateArrivals += Number(await world.arrive());
      if (step.isChange) {
        outcome.reads++;
        wrong.push(...(await reader.wrong(truth)).map((what) => `call ${outcome.calls}: ${what}`));
      }
      if (chance.happens(0.02)) paged.push({ listed: await reader.list(), until: scene.now() + grace, truth: truth.copy() });
      scene.pass(chance.below(5_000));
    }
    while (!scene.isIdle()) await scene.step();
    for (const one of paged.splice(0).filter(({ until }) => until > scene.now())) {
      outcome.reads++;
      const lacking = await reader.lacking(one.truth, withPages(chance, one.listed, await reader.list()));
      wrong.push(...lacking.map((what) => `a listing in two pages: ${what}`));
    }
    wrong.push(...(await wrongInViews(scene.plain, bucket.pathIn(server.bucket), truth)));
    outcome.reads++;
    scene.pass(chance.pick([0, grace / 4, grace, 3 * grace]));
  }
  if (!wrong.length) wrong.push(...(await finish(scene, compact, world)));
  return { ...outcome, wrong };
}

async function compactAll(compact: Compact, lake: Lake, now: () => number, memoryLimit?: number): Promise<string[]> {
  const unreadable: string[] = [];
  for (const table of tables)
    for (const dt of days) {
      const done = await compact(lake, table, dt, { now, grace, ...(memoryLimit ? { memoryLimit } : {}) });
      unreadable.push(...done.unreadable.map(({ key }) => key));
    }
  return unreadable;
}

/** A listing whose first pages are of an earlier moment than its last. */
function withPages(chance: Chance, earlier: string[], later: string[]): string[] {
  const all = [...new Set([...earlier, ...later])].sort();
  const cut = all[chance.below(all.length + 1)] ?? '';
  return [...earlier.filter((one) => one < cut), ...later.filter((one) => one >= cut)];
}

/** With nothing more coming and nothing failing, every day comes to one file with each record once. */
async function finish(scene: Scene, compact: Compact, { truth, reader, broken }: Arrivals): Promise<string[]> {
  const wrong: string[] = [];
  for (let i = 0; i < 3; i++) {
    scene.pass(2 * grace);
    const unreadable = await compactAll(compact, scene.plain, scene.now);
    if (unreadable.toString() !== broken.toString()) wrong.push(`${unreadable} are reported instead of ${broken}`);
  }
  const listed = await reader.list();
  const { seqs } = await reader.read(listed);
  const files = (await listFiles(scene.plain, 'raw/')).map(({ key }) => key);
  if (broken.some((key) => !files.includes(key))) wrong.push('a file that no one can read was deleted');
  if (seqs.length !== truth.seqs.size) wrong.push(`${seqs.length - truth.seqs.size} records stand more than once`);
  const folders = new Set(listed.map((one) => one.split('/').slice(0, -1).join('/')));
  if (listed.length !== folders.size) wrong.push(`${listed.length} files in ${folders.size} days`);
  return [...wrong, ...(await reader.wrong(truth))];
}

interface Arrivals {
  truth: LakeTruth;
  reader: FastReader;
  broken: string[];
  /** Something comes late: new records, a batch once more, or a file written anew with more in it. Answers whether anything did. */
  arrive(): Promise<boolean>;
}

async function arrivalsOf(scene: Scene, chance: Chance, events: number): Promise<Arrivals> {
  const { plain } = scene;
  const truth = new LakeTruth();
  const all = lakeHistory(chance, events).map((records) =>
    records.filter(({ entity }) => tables.some((table) => table.entity === entity.name)),
  );
  const batches: { records: Incoming[]; shard: string }[] = all.flatMap((records, i) => {
    const cut: { records: Incoming[]; shard: string }[] = [];
    for (let at = 0; at < records.length; ) {
      const size = 1 + chance.below(40);
      cut.push({ records: records.slice(at, at + size), shard: shards[i] ?? '' });
      // Batches overlap where one was cut anew.
      at += chance.happens(0.3) ? Math.ceil(size / 2) : size;
    }
    return cut;
  });
  const put = async ({ records, shard }: (typeof batches)[number]): Promise<void> => {
    await archiveBatch(plain, records, shard, async () => {});
    truth.add(records);
  };
  const coming = batches.filter(() => chance.happens(0.35));
  const come = batches.filter((batch) => !coming.includes(batch));
  for (const batch of come) await put(batch);
  const repaired = new Set<string>();
  const broken: string[] = [];
  for (const table of tables.slice(0, 2)) broken.push(await breakOne(plain, table));
  return {
    truth,
    reader: new FastReader(plain),
    broken,
    arrive: async () => {
      const kind = chance.below(5);
      const again = kind === 0 ? chance.pick(come) : undefined;
      // Whoever repairs a file does so once the stream has long gone on.
      if (again && filesOf(again.records, again.shard).files.some(({ key }) => repaired.has(key))) return false;
      if (again) await put(again);
      if (kind === 1) return repair(plain, chance, truth, repaired);
      const batch = kind > 1 ? coming.pop() : undefined;
      if (batch) {
        await put(batch);
        come.push(batch);
      }
      return (again ?? batch) !== undefined;
    },
  };
}

/** Half of a file stands where a whole one should. */
async function breakOne(lake: Lake, table: LakeTable): Promise<string> {
  const [file] = await listFiles(lake, `${table.prefix}/`);
  const { Body } = await lake.send(new GetObjectCommand({ Bucket: lake.bucket, Key: file?.key }));
  const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
  const key = brokenKey(table, days[0] ?? '');
  await lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: key, Body: bytes.slice(0, bytes.length / 2) }));
  return key;
}

/** Someone repairs a raw file: the same key holds a record more than before. */
async function repair(lake: Lake, chance: Chance, truth: LakeTruth, repaired: Set<string>): Promise<boolean> {
  const table = tables.find(({ list }) => !list);
  const files = table ? (await listFiles(lake, `${table.prefix}/`)).filter((file) => !isMerged(file) && !isBroken(file.key)) : [];
  const key = files.length ? chance.pick(files).key : '';
  const found = key ? await readWhole(lake, key) : undefined;
  if (!table || !found) return false;
  const file = found.bytes.slice().buffer;
  const rows = (await parquetReadObjects({ file })) as LakeRow[];
  const seq = `1:56:repaired-${truth.seqs.size}`;
  const body = writeParquet(table.columns, [...rows, { ...rows[0], seq }]);
  await lake.send(new PutObjectCommand({ Bucket: lake.bucket, Key: key, Body: body }));
  truth.seqs.add(seq);
  repaired.add(key);
  return true;
}
