/** Does archive lose or double anything when it is killed? Batches cut anew, delivered twice, cut short at any call, and late ones landing. */
import type { Incoming } from '../../shared/fold/fold.ts';
import type { archiveBatch } from '../../shared/lake/archive.ts';
import type { MadeBucket } from '../make/bucket.ts';
import { type Chance, chanceOf } from './chance.ts';
import { type Fate, fateKinds, invocationOf } from './lake-faults.ts';
import { difference, LakeTruth, lakeHistory, shards } from './lake-history.ts';
import { FastReader, wrongInViews } from './lake-readers.ts';

export interface ArchiveOutcome {
  events: number;
  batches: number;
  kills: number;
  late: number;
  calls: number;
  files: number;
  /** Rows beyond one for each record: what batches cut anew doubled in the raw tables. */
  doubledRows: number;
  checks: number;
  wrong: string[];
}

export interface ArchivePlan {
  events: number;
  kills: number;
  /** Records of a batch at most. */
  largest: number;
  /** After every n-th batch, where it was hit, a reader looks for entities without their lists. */
  checkEvery?: number;
}

type Archive = typeof archiveBatch;
interface Lane {
  shard: string;
  records: Incoming[];
  at: number;
  /** Length of the batch that failed last: it is sent again as it was, unless it is cut anew. */
  failed: number;
}

/** Plays one world; `archive` is the real job, or one that forgets a rule. */
export async function playArchive(
  bucket: MadeBucket,
  archive: Archive,
  seed: number,
  plan: ArchivePlan,
): Promise<ArchiveOutcome> {
  const chance = chanceOf(seed);
  const lake = await bucket.another(`archive-${seed}-${Math.round(performance.now())}`);
  const lanes = lakeHistory(chance, plan.events).map(
    (records, i): Lane => ({ shard: shards[i] ?? '', records, at: 0, failed: 0 }),
  );
  const quarantineRefused = new Set<string>();
  const reader = new FastReader(lake);
  const lateOnes: { release(): void; ended: Promise<unknown>; due: number }[] = [];
  const outcome = { events: plan.events, batches: 0, kills: 0, late: 0, calls: 0, files: 0, doubledRows: 0, checks: 0 };
  const wrong: string[] = [];

  const invoke = async ({ shard }: Lane, batch: Incoming[], fate?: Fate): Promise<boolean> => {
    const invocation = invocationOf(lake, fate);
    const ended = archive(invocation.lake, batch, shard, async (refused) => {
      for (const { seq } of refused) quarantineRefused.add(seq);
    });
    const settled = ended.then(
      () => 'done' as const,
      () => 'failed' as const,
    );
    const answer = await Promise.race([settled, invocation.late]);
    outcome.batches++;
    outcome.calls += invocation.calls();
    outcome.kills += Number(invocation.isHit());
    outcome.late += Number(answer === 'late');
    if (answer === 'late') lateOnes.push({ release: invocation.release, ended: settled, due: outcome.batches + chance.below(6) });
    return answer === 'done';
  };

  while (lanes.some(({ at, records }) => at < records.length)) {
    const lane = chance.pick(lanes.filter(({ at, records }) => at < records.length));
    const size = lane.failed && chance.happens(0.5) ? lane.failed : 1 + chance.below(plan.largest);
    const batch = lane.records.slice(lane.at, lane.at + size);
    const left = lanes.reduce((sum, { at, records }) => sum + records.length - at, 0);
    const share = ((plan.kills - outcome.kills) * plan.largest) / left;
    const fate = chance.happens(share) ? { kind: chance.pick(fateKinds), call: 1 + chance.below(6) } : undefined;
    const isStale = fate?.kind === 'is late';
    const isDone = (await invoke(lane, isStale ? someOf(chance, batch) : batch, fate)) && !isStale;
    lane.failed = isDone ? 0 : batch.length;
    if (isDone) lane.at += batch.length;
    // Acknowledged, and delivered again all the same.
    if (isDone && chance.happens(0.1)) lane.at -= chance.below(batch.length + 1);
    for (const one of lateOnes.filter(({ due: when }) => when === outcome.batches)) {
      one.release();
      await one.ended;
    }
    if (fate && plan.checkEvery && outcome.batches % plan.checkEvery === 0) {
      outcome.checks++;
      wrong.push(...(await reader.withoutLines()));
    }
  }
  for (const { release, ended } of lateOnes) {
    release();
    await ended;
  }
  const truth = new LakeTruth();
  for (const { records } of lanes) truth.add(records);
  const listed = await reader.list();
  outcome.files = listed.length;
  outcome.doubledRows = (await reader.read(listed)).seqs.length - truth.seqs.size;
  outcome.checks++;
  wrong.push(...(await reader.withoutLines()), ...(await wrongInViews(lake, bucket.pathIn(lake.bucket), truth)));
  wrong.push(...difference('records in quarantine', quarantineRefused, truth.quarantineRefused));
  return { ...outcome, wrong };
}

/** A batch as it was cut while the shard had other lanes: of the same ends, now and then, without some between them. */
function someOf(chance: Chance, batch: Incoming[]): Incoming[] {
  if (chance.happens(0.5)) return batch;
  return batch.filter((_, i) => i === 0 || i === batch.length - 1 || chance.happens(0.5));
}
