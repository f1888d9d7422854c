/**
 * When is profit computed, and for whom? For creators of whom something has arrived since: those without a document first, then the stalest.
 * All of them share two statements. A run that is cut off has stored whole creators; the next one goes on with the others.
 */
import { type Athena, type AthenaRow, rowsFor } from '../../lake/athena.ts';
import { readCreators } from '../../store/creators.ts';
import { progressOf, readPosition } from '../../store/partition.ts';
import { readGenerationOf, readProfiles } from '../../store/profiles.ts';
import { type DocumentHead, putDocument, putHead, readHead } from '../../store/report-documents.ts';
import { partitionOf, type Table } from '../../store/table.ts';
import { addDays, dayOf, lastDayOfMonth, monthOf } from '../../time.ts';
import { hashOf, openProfit, type ProfitMonth, profitReport, profitVersion } from './document.ts';
import { ledgerSql, spendSql } from './ledger-sql.ts';

export interface InsightStores {
  table: Table;
  athena: Athena;
}

/** The archive holds records back for a batch: what arrived later than so long ago (ms) may not be in the lake yet. */
const archiveDelay = 120_000;
/** Documents of a creator who sells all the time are computed anew this often (ms). */
const leastAge = 3_600_000;
/** Months before the running one that are computed. */
const monthsBack = 13;
/** More creators than a statement can name: all are asked for, and those wanted are kept. */
const mostNamed = 100;
const creatorsAPage = 1000;

interface Stale {
  creatorId: string;
  partition: string;
  head: DocumentHead | undefined;
}

/** Whoever has something that the documents do not show, the stalest first. */
async function findStale(table: Table, now: number, only: string | undefined): Promise<Stale[]> {
  const stale: Stale[] = [];
  const look = async (creatorIds: string[]): Promise<void> => {
    const profiles = await readProfiles(table, creatorIds);
    for (const [creatorId, profile] of profiles) {
      const partition = partitionOf(creatorId, readGenerationOf(profile));
      const [head, backlog] = await Promise.all([readHead(table, partition, profitReport), readPosition(table, partition)]);
      const { asOf } = progressOf(backlog, now);
      const isDue = !head || head.version !== profitVersion || now - head.computedAt >= leastAge;
      const hasNews = !head || head.version !== profitVersion || (asOf !== '' && Date.parse(asOf) > head.seenUntil);
      if (only !== undefined || (isDue && hasNews)) stale.push({ creatorId, partition, head });
    }
  };
  if (only !== undefined) await look([only]);
  else
    for (let after = ''; ; ) {
      const page = await readCreators(table, '', after, creatorsAPage);
      await look(page.map(({ creatorId }) => creatorId));
      if (page.length < creatorsAPage) break;
      after = page.at(-1)?.creatorId ?? '';
    }
  return stale.toSorted((a, b) => (a.head?.computedAt ?? 0) - (b.head?.computedAt ?? 0));
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

/** Puts what changed; a month that has nothing any more becomes an empty document. Answers how many were written. */
async function store(
  table: Table,
  { partition, head }: Stale,
  months: ProfitMonth[],
  at: { computedAt: number; seenUntil: number },
) {
  const documents: DocumentHead['documents'] = {};
  let written = 0;
  const gone = Object.keys(head?.documents ?? {}).filter((month) => !months.some((each) => each.month === month));
  for (const document of [...months, ...gone.map((month): ProfitMonth => ({ month, days: {}, by: {} }))]) {
    const { month } = document;
    const hash = hashOf(document);
    documents[month] = hash;
    if (head?.documents[month] === hash && head.version === profitVersion) continue;
    await putDocument(table, partition, profitReport, month, at.computedAt, document);
    written++;
  }
  await putHead(table, partition, profitReport, { ...at, version: profitVersion, documents });
  return written;
}

/**
 * Computes what is stale, or one creator whatever its age. `millisecondsLeft` says how long the run may go on. Answers creators computed,
 * documents written, and creators left for the next run. Throws when a statement fails; nothing is lost then.
 */
export async function computeProfit(
  { table, athena }: InsightStores,
  {
    creatorId,
    now = Date.now,
    millisecondsLeft = () => Number.POSITIVE_INFINITY,
  }: {
    creatorId?: string | undefined;
    now?: () => number;
    millisecondsLeft?: () => number;
  } = {},
): Promise<{ creators: number; documents: number; left: number }> {
  const computedAt = now();
  const stale = await findStale(table, computedAt, creatorId);
  if (stale.length === 0) return { creators: 0, documents: 0, left: 0 };
  const at = { computedAt, seenUntil: computedAt - archiveDelay };
  const today = new Date(computedAt).toISOString().slice(0, 10);
  // A day of a zone ahead may have begun already.
  const last = lastDayOfMonth(monthOf(addDays(dayOf(today), 1)));
  const first = `${monthOf(addDays(`${monthOf(today)}-01`, -1 - 31 * (monthsBack - 1)))}-01`;
  const named = stale.length <= mostNamed ? stale.map((each) => each.creatorId) : [];
  const wanted = new Map(stale.map((each) => [each.creatorId, each]));
  const spends = new Map<string, AthenaRow[]>();
  const spendValues = [first, ...named, first, ...named];
  for await (const [of, rows] of byCreator(rowsFor(athena, spendSql(named.length), spendValues)))
    if (wanted.has(of)) spends.set(of, rows);
  let [creators, documents] = [0, 0];
  const finish = async (each: Stale, rows: AthenaRow[]): Promise<void> => {
    const profit = openProfit(first, last);
    for (const row of spends.get(each.creatorId) ?? []) profit.addSpend(row);
    for (const row of rows) profit.addOrders(row);
    documents += await store(table, each, profit.documents(), at);
    creators++;
    wanted.delete(each.creatorId);
  };
  for await (const [of, rows] of byCreator(rowsFor(athena, ledgerSql(named.length), [first, ...named]))) {
    const each = wanted.get(of);
    if (each) await finish(each, rows);
    if (millisecondsLeft() < 30_000) return { creators, documents, left: wanted.size };
  }
  for (const each of [...wanted.values()]) await finish(each, []);
  return { creators, documents, left: 0 };
}
