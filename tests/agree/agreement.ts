/** Do fold and SQL come to the same cells for some histories? Each history is a creator; the lake gets their files twice, in another order. */
import * as fc from 'fast-check';
import { fold, type Incoming } from '../../shared/fold/fold.ts';
import { dayKey, distributionSlice, hourKey, monthKey } from '../../shared/fold/keys.ts';
import type { Dictionary } from '../../shared/kpis/dictionary.ts';
import { snapshotsSql } from '../../shared/lake/daily-snapshot-sql.ts';
import { dailySnapshotSource, dailySnapshotTables } from '../../shared/lake/daily-snapshot-tables.ts';
import { type KpiQuestion, kpiSql } from '../../shared/lake/kpi-sql.ts';
import { newestViews, type View } from '../../shared/lake/views.ts';
import { mondayOf } from '../../shared/time.ts';
import { cellsOf, isRestatement } from '../make/cells.ts';
import { type MadeLake, makeLakeUnder } from '../make/lake.ts';

/** By grain, creator and cell, to its number. */
type Agreement = { [grain in KpiQuestion['grain']]: Map<string, number> };
const grains: KpiQuestion['grain'][] = ['hour', 'day', 'week', 'month', 'total'];
const empty = (): Agreement => ({ hour: new Map(), day: new Map(), week: new Map(), month: new Map(), total: new Map() });

const named = (records: Incoming[], creator: string): Incoming[] =>
  records.map((one) => ({ ...one, record: { ...one.record, event: { ...one.record.event, creatorid: creator } } }));

const creatorOf = (i: number): string => `c-${i}`;

const add = (to: Map<string, number>, key: string, by: number): void => {
  const sum = (to.get(key) ?? 0) + by;
  if (sum === 0) to.delete(key);
  else to.set(key, sum);
};

/** The fold's cells; weeks and totals are its days added up. */
export function foldedCells(histories: Incoming[][], dictionary: Dictionary): Agreement {
  const cells = empty();
  for (const [i, records] of histories.entries())
    for (const [cell, number] of cellsOf(fold(records, new Map(), dictionary).changes)) {
      if (isRestatement(cell)) continue;
      const [kind = '', subject = '', slice = '', rest = ''] = cell.split('#');
      const key = `${creatorOf(i)} ${cell}`;
      if (kind === 'H') add(cells.hour, key, number);
      else if (kind === 'M') add(cells.month, key, number);
      else {
        add(cells.day, key, number);
        const place = cell.slice(`${kind}#${subject}#${slice}#`.length + 10);
        add(cells.week, `${creatorOf(i)} ${subject}#${slice}#${mondayOf(rest.slice(0, 10))}${place}`, number);
        add(cells.total, `${creatorOf(i)} ${subject}#${slice}#${place}`, number);
      }
    }
  return cells;
}

function keyOf(grain: KpiQuestion['grain'], row: { [column: string]: unknown }): string {
  const { subject, kpi, dimension, value, period } = row as { [column: string]: string };
  const isBucket = dimension === 'bucket';
  const slice = isBucket ? distributionSlice(String(kpi)) : String(dimension);
  const field = isBucket ? `${kpi}:${value}` : String(kpi);
  const of = isBucket || dimension === 'total' ? undefined : value;
  if (grain === 'hour') return `${hourKey(String(subject), String(period))} ${field}`;
  if (grain === 'day') return `${dayKey(String(subject), slice, String(period), of)} ${field}`;
  if (grain === 'month') return `${monthKey(String(subject), slice, String(period), of)} ${field}`;
  return `${subject}#${slice}#${period}${of === undefined ? '' : `#${of}`} ${field}`;
}

/** A bug in the compiler: what becomes of the SQL of the questions, of the views under them, and of what stores a night. */
export interface Planted {
  questions: (texts: string[]) => string[];
  views: (views: View[]) => View[];
  stored: (texts: string[]) => string[];
}

const same = <T>(texts: T): T => texts;
export const sound: Planted = { questions: same, views: same, stored: same };

/** Throws where the bug has nothing to change: it would be found out for another reason, or for none. */
function replaceIn(texts: string[], from: RegExp, to: string): string[] {
  const changed = texts.map((text) => text.replaceAll(from, to));
  if (changed.every((text, i) => text === texts[i])) throw new Error(`no SQL has ${from}`);
  return changed;
}

export const brokenSql = (from: RegExp, to: string): Planted => ({ ...sound, questions: (texts) => replaceIn(texts, from, to) });

export const brokenStore = (from: RegExp, to: string): Planted => ({ ...sound, stored: (texts) => replaceIn(texts, from, to) });

export const brokenViews = (from: RegExp, to: string): Planted => ({
  ...sound,
  views: (views) => {
    const texts = replaceIn(
      views.map(({ sql }) => sql),
      from,
      to,
    );
    return views.map((view, i) => ({ ...view, sql: String(texts[i]) }));
  },
});

/** Later than everything that arrives here. */
const night = '2026-12-31';

/** Stores the newest snapshots as the nightly job does. */
async function store(lake: MadeLake, dictionary: Dictionary, broken: Planted): Promise<void> {
  const tables = dailySnapshotTables(dictionary).flatMap(({ of, ...table }) => (of ? [{ table, of }] : []));
  const texts = broken.stored(
    tables.map(({ table, of }) => snapshotsSql(dictionary, table, of).sql.replaceAll('?', `'${night}'`)),
  );
  for (const [i, { table }] of tables.entries())
    await lake.keep(table.name, `SELECT '${night}' AS night, 1 AS attempt, newest.* FROM (${texts[i]}) AS newest`);
}

/** What SQL says of a lake, in the same words: of its views, or of a stored daily snapshot. */
async function askedCells(lake: MadeLake, dictionary: Dictionary, broken: Planted, isStored: boolean): Promise<Agreement> {
  const cells = empty();
  if (isStored) await store(lake, dictionary, broken);
  const compiled = grains.map((grain) => kpiSql(dictionary, { grain, ...(isStored ? { scanSource: dailySnapshotSource } : {}) }));
  const texts = broken.questions(compiled.map(({ sql }) => sql));
  for (const [i, grain] of grains.entries())
    for (const row of await lake.ask(
      String(texts[i]),
      compiled[i]?.parameters.map((name) => (name === 'night' ? night : 1)),
    ))
      add(cells[grain], `${row.creator_id} ${keyOf(grain, row)}`, Number(row.number));
  return cells;
}

/** A lake of the histories: all of them, then their second halves once more and backwards, as a batch that was cut anew. */
function lakeOf(histories: Incoming[][], broken: Planted): Promise<MadeLake> {
  const all = histories.flatMap((records, i) => named(records, creatorOf(i)));
  return makeLakeUnder(broken.views(newestViews()), all, all.slice(Math.floor(all.length / 2)).reverse());
}

/** Throws an Error that shows the cells of which fold and SQL say different numbers. */
export async function assertAgreement(
  histories: Incoming[][],
  dictionary: Dictionary,
  broken = sound,
  isStored = false,
): Promise<void> {
  const lake = await lakeOf(histories, broken);
  try {
    const [asked, folded] = [await askedCells(lake, dictionary, broken, isStored), foldedCells(histories, dictionary)];
    const differing = grains.flatMap((grain) =>
      [...new Set([...asked[grain].keys(), ...folded[grain].keys()])]
        .filter((cell) => asked[grain].get(cell) !== folded[grain].get(cell))
        .map((cell) => `${grain} ${cell}: ${folded[grain].get(cell) ?? 0} by the fold, ${asked[grain].get(cell) ?? 0} by SQL`),
    );
    if (differing.length) throw new Error(`stream and lake differ:\n${differing.slice(0, 10).join('\n')}`);
  } finally {
    lake.close();
  }
}

const inShort = (histories: Incoming[][] | undefined): string =>
  JSON.stringify(
    histories?.map((records) =>
      records.map(({ record: { event, stamp } }) => [
        event.subject,
        event.entityversion,
        stamp.definitions,
        stamp.profile,
        event.data,
      ]),
    ),
  );

/** Throws an Error with the differing cells of the smallest histories found, and how to run them again. */
export async function checkAgreement(
  histories: fc.Arbitrary<Incoming[][]>,
  dictionary: Dictionary,
  params: fc.Parameters<[Incoming[][]]>,
  broken = sound,
  isStored = false,
): Promise<void> {
  const law = fc.asyncProperty(histories, (some) => assertAgreement(some, dictionary, broken, isStored));
  const { failed, errorInstance, counterexample, seed, counterexamplePath } = await fc.check(law, params);
  if (failed)
    throw new Error(
      `${errorInstance instanceof Error ? errorInstance.message : errorInstance}\n{ seed: ${seed}, path: '${counterexamplePath}' }\n${inShort(counterexample?.[0])}`,
    );
}
