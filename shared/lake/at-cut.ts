/** What did the lake say at a cut? KPIs of many creators in one statement, each counted from the records up to a mark of its own. */
import type { Dictionary } from '../kpis/dictionary.ts';
import { type LakeTable, lakeTable } from './columns.ts';
import { tablesRead } from './daily-snapshot-tables.ts';
import type { ScanSource } from './kpi-source.ts';
import { kpiSql } from './kpi-sql.ts';
import { elementsOf, newestOf } from './views.ts';

/** By creator: the sequence of the last record that counts. */
export type Cuts = ReadonlyMap<string, string>;

/** As JSON or for looking things up: no KPI reads them, and they are most of a file. */
const bulky = new Set(['data', 'event_id', 'event_source']);
const lean = (table: LakeTable): LakeTable => ({ ...table, columns: table.columns.filter(({ name }) => !bulky.has(name)) });

const nameAtCut = ({ view }: LakeTable): string => `${view}_at_cut`;
const upToCut = ' JOIN cut ON creator_id = cut.of_creator AND seq <= cut.through';
const ofCreators = ' JOIN cut ON creator_id = cut.of_creator';

/** Newest snapshots of these tables at the cuts, as the first clauses of a statement; creator and sequence are bound in turn. */
export function withCuts(tables: readonly LakeTable[], creators: number): string {
  const marks = Array(creators).fill('(?, ?)').join(', ');
  // An entity before its lists, which are those of its newest snapshot.
  const entities = [...new Set(tables.map(({ entity }) => lakeTable(entity)))];
  const parts = [...entities, ...tables.filter(({ list }) => list)].map((table) => {
    const sql = table.list
      ? elementsOf(lean(table), ofCreators, nameAtCut(lakeTable(table.entity)))
      : newestOf(lean(table), upToCut);
    return `${nameAtCut(table)} AS (${sql})`;
  });
  return `WITH cut (of_creator, through) AS (VALUES ${marks}),\n${parts.join(',\n')}`;
}

const atCut: ScanSource = { rowsOf: nameAtCut, hasDays: false };

/** The table's newest snapshots where `withCuts` stands before. */
export const rowsAtCut = atCut.rowsOf;

/** Creators and sequences in the order in which `withCuts` binds them. */
export const boundOf = (cuts: Cuts): string[] => [...cuts].flat();

/** Rows (creator_id, subject, kpi, dimension, value, period, number) of every measure and distribution of a grain, creator by creator. */
export const kpisAtCuts = (dictionary: Dictionary, grain: 'day' | 'hour', creators: number): string =>
  `${withCuts(tablesRead(dictionary), creators)}
SELECT creator_id, subject, kpi, dimension, value, period, number FROM (
${kpiSql(dictionary, { grain, scanSource: atCut }).sql}) AS counted
ORDER BY creator_id`;
