/**
 * When are the reports computed that totals cannot say, and for whom? For creators of whom something has arrived since: those without
 * documents first, then the stalest. All of them share the statements of each report. A run that is cut off has stored whole documents of
 * whole creators; the next one goes on with the others.
 */
import { createHash } from 'node:crypto';
import type { CalendarEntry } from '../api/calendar.ts';
import { type Athena, type AthenaRow, rowsFor } from '../lake/athena.ts';
import { type DocumentHead, putDocument, putHead, readHead } from '../store/report-documents.ts';
import type { Table } from '../store/table.ts';
import { calendarPlace, readList } from '../store/versioned-list.ts';
import { addDays, dayOf, lastDayOfMonth, monthOf } from '../time.ts';
import { customersJob } from './customers-report/job.ts';
import { samplesJob } from './free-samples/job.ts';
import { fulfilmentJob } from './fulfilment/job.ts';
import { type Documents, firstDayAt, insightVersion, type Job, type Span } from './job.ts';
import { outlookJob } from './outlook/job.ts';
import { payoutsJob } from './payouts/job.ts';
import { profitJob } from './profit/job.ts';
import { shippingJob } from './shipping/job.ts';
import { findStale, isCostlyDue, isDue, type Stale } from './stale.ts';
import { stockJob } from './stock/job.ts';

export interface InsightStores {
  table: Table;
  athena: Athena;
}

/** In the order in which a run computes them. */
const allJobs: readonly Job[] = [
  profitJob,
  samplesJob,
  payoutsJob,
  shippingJob,
  customersJob,
  outlookJob,
  stockJob,
  fulfilmentJob,
];

/** The archive holds records back for a batch: what arrived later than so long ago (ms) may not be in the lake yet. */
const archiveDelay = 120_000;
/** More creators than a statement can name: all are asked for, and those wanted are kept. */
const mostNamed = 100;
/** With less left (ms) no other creator is begun. */
const leastLeft = 30_000;

/** The days that are looked at: a day of a zone ahead may have begun already. */
function spanAt(now: number): Span {
  const today = dayOf(new Date(now).toISOString());
  return {
    first: firstDayAt(now),
    last: lastDayOfMonth(monthOf(addDays(today, 1))),
  };
}

/** Rows of one creator after another. */
async function* byCreator(rows: AsyncIterable<AthenaRow>): AsyncGenerator<[creatorId: string, rows: AthenaRow[]]> {
  let [open, some]: [string, AthenaRow[]] = ['', []];
  for await (const row of rows) {
    const creatorId = row.creator_id ?? '';
    if (creatorId !== open && some.length) yield [open, some.splice(0)];
    open = creatorId;
    some.push(row);
  }
  if (some.length) yield [open, some];
}

const hashOf = (document: unknown): string =>
  createHash('sha256').update(JSON.stringify(document)).digest('base64url').slice(0, 22);

type Wanted = Stale & { head: DocumentHead | undefined; seenUntil: number };

/** Puts what changed; what has nothing any more becomes an empty document. Answers how many were written. */
async function store(
  table: Table,
  job: Job,
  { partition, head, seenUntil }: Wanted,
  found: Documents,
  computedAt: number,
): Promise<number> {
  const documents: DocumentHead['documents'] = {};
  let written = 0;
  const gone = Object.keys(head?.documents ?? {}).filter((key) => !found.has(key));
  for (const [key, document] of [...found, ...gone.map((key): [string, object] => [key, job.empty(key)])]) {
    const hash = hashOf(document);
    documents[key] = hash;
    if (head?.documents[key] === hash && head.version === insightVersion) continue;
    await putDocument(table, partition, job.report, key, computedAt, document);
    written++;
  }
  await putHead(table, partition, job.report, { computedAt, seenUntil, version: insightVersion, documents });
  return written;
}

/** Computes one report of these creators. Answers documents written, and creators left when the time was up. */
async function computeOne(
  { table, athena }: InsightStores,
  job: Job,
  all: Wanted[],
  computedAt: number,
  millisecondsLeft: () => number,
) {
  const wanted = new Map(all.map((each) => [each.creatorId, each]));
  const span = spanAt(computedAt);
  const statements = job.statements(span, all.length <= mostNamed ? [...wanted.keys()] : []);
  const [largest, ...small] = statements.toReversed();
  const held: Map<string, AthenaRow[]>[] = [];
  for (const { sql, values } of small.toReversed()) {
    const rowsOf = new Map<string, AthenaRow[]>();
    for await (const [creatorId, rows] of byCreator(rowsFor(athena, sql, values)))
      if (wanted.has(creatorId)) rowsOf.set(creatorId, rows);
    held.push(rowsOf);
  }
  let documents = 0;
  const finish = async (each: Wanted, rows: AthenaRow[]): Promise<void> => {
    const { entries: calendar } = await readList<CalendarEntry>(table, each.creatorId, calendarPlace);
    const about = { today: each.today, calendar };
    const found = job.compute([...held.map((rowsOf) => rowsOf.get(each.creatorId) ?? []), rows], span, about);
    documents += await store(table, job, each, found, computedAt);
    wanted.delete(each.creatorId);
  };
  if (largest)
    for await (const [creatorId, rows] of byCreator(rowsFor(athena, largest.sql, largest.values))) {
      const each = wanted.get(creatorId);
      if (each) await finish(each, rows);
      if (millisecondsLeft() < leastLeft) return { documents, left: wanted.size };
    }
  for (const each of [...wanted.values()]) await finish(each, []);
  return { documents, left: 0 };
}

/**
 * Computes what is stale, or one creator whatever its age. `millisecondsLeft` says how long the run may go on. Answers creators computed
 * in all reports (or those of `jobs`), documents written, and creators left for the next run. Throws when a statement fails; nothing is lost then.
 */
export async function computeInsight(
  stores: InsightStores,
  {
    creatorId,
    jobs = allJobs,
    now = Date.now,
    millisecondsLeft = () => Number.POSITIVE_INFINITY,
  }: { creatorId?: string | undefined; jobs?: readonly Job[]; now?: () => number; millisecondsLeft?: () => number } = {},
): Promise<{ creators: number; documents: number; left: number }> {
  const computedAt = now();
  const last = jobs.at(-1);
  const stale = last ? await findStale(stores.table, last.report, computedAt, creatorId) : [];
  // The last report is as far as the one of them that has seen least: by it a creator is found stale.
  const seen = new Map(stale.map(({ creatorId }) => [creatorId, computedAt - archiveDelay]));
  let documents = 0;
  for (const job of stale.length ? jobs : []) {
    const due: Wanted[] = [];
    const heads = await Promise.all(stale.map(({ partition }) => readHead(stores.table, partition, job.report)));
    for (const [i, each] of stale.entries()) {
      const head = heads[i];
      const seenUntil = seen.get(each.creatorId) ?? 0;
      if (job.isCostly && creatorId === undefined && head && !isCostlyDue(head, each, computedAt)) continue;
      // A run that was cut off has computed some reports of some creators already.
      if (creatorId !== undefined || !head || isDue(head, computedAt)) due.push({ ...each, head, seenUntil });
      else seen.set(each.creatorId, Math.min(seenUntil, head.seenUntil));
    }
    if (due.length === 0) continue;
    const done = await computeOne(stores, job, due, computedAt, millisecondsLeft);
    documents += done.documents;
    if (done.left > 0 || millisecondsLeft() < leastLeft) {
      const left = job === last ? done.left : stale.length;
      return { creators: stale.length - left, documents, left };
    }
  }
  return { creators: stale.length, documents, left: 0 };
}
