/** What is stored of every night? The newest snapshots that KPIs read and the KPIs themselves; of tables every attempt, of views whole nights only. */
import type { Dictionary } from '../kpis/dictionary.ts';
import { type Column, dayColumnOf, type LakeTable, lakeTable } from './columns.ts';
import { newestSnapshots, type ScanSource } from './kpi-source.ts';
import { kpiSql, marked } from './kpi-sql.ts';
import { kpiViews } from './kpi-views.ts';
import { quoted, type View } from './views.ts';

/** A partition key with the values that it can have. */
export interface Partition extends Column {
  projection: { type: 'date' | 'integer'; range: string } | { type: 'enum'; values: string[] };
}

export interface DailySnapshotTable {
  name: string;
  about: string;
  /** Where its files lie in the lake bucket, before its partitions. */
  prefix: string;
  columns: Column[];
  partitions: Partition[];
  /** Its rows of whole nights. */
  view?: string;
  /** The table of which it has the newest snapshots; absent where it has KPIs or nights. */
  of?: LakeTable;
}

/** Attempts at one night: what Lambda makes of a failing run, and two by hand. */
export const mostAttempts = 5;
/** Everything of a night goes after 35 days; for two days before that it is out of sight. */
const daysInSight = 33;

const column = (name: string, type: Column['type'], comment: string): Column => ({ name, type, comment });
const night: Partition = {
  ...column('night', 'string', 'UTC day, 2026-11-25: what arrived before it; every question names it'),
  projection: { type: 'date', range: `NOW-${daysInSight}DAYS,NOW+1DAYS` },
};
const attempt: Partition = {
  ...column('attempt', 'bigint', 'which attempt at this night wrote it; the table nights says which one is whole'),
  projection: { type: 'integer', range: `1,${mostAttempts}` },
};

/** One row for each night that is whole: all of it may be read from the moment that this row is there. */
export const nights: DailySnapshotTable = {
  name: 'nights',
  about: 'Nights that are stored as a whole, and by which attempt',
  prefix: 'nightly/nights',
  columns: [
    column('night', 'string', 'UTC day, 2026-11-25: what arrived before it'),
    column('attempt', 'bigint', 'the attempt that counts'),
    column('at', 'timestamp', 'when it was whole (UTC)'),
    column('definitions', 'bigint', 'newest version of the KPI definitions by which it was counted'),
  ],
  partitions: [],
};

/** Columns that only say which snapshot is the newest and where it came from, or what it was before it had columns. */
const forTheNewest = new Set('version profile hash generation seq event_id event_source event_time received_at data'.split(' '));

/** The elements of a list are found by their entity's subject; nothing else needs it, and its letters are nearly as many as all the rest. */
const needsSubject = ({ entity, list }: LakeTable, read: LakeTable[]): boolean =>
  list !== undefined || read.some((one) => one.entity === entity && one.list);

function snapshotTable(table: LakeTable, read: LakeTable[]): DailySnapshotTable {
  const kept = table.columns.filter(({ name }) => !forTheNewest.has(name) && (name !== 'subject' || needsSubject(table, read)));
  return {
    name: table.name.replace(/_raw$/, '_nightly_raw'),
    about: `Newest snapshots of ${table.list ? `${table.entity}.${table.list}` : table.entity}, every attempt at a night`,
    view: `${table.view}_nightly`,
    prefix: table.prefix.replace('raw/', 'nightly/'),
    columns: kept.flatMap((one) => (one.isLocal ? [one, dayColumnOf(one)] : [one])),
    partitions: [night, attempt],
    of: table,
  };
}

/** The tables that KPIs read. */
export function tablesRead(dictionary: Dictionary): LakeTable[] {
  const read = new Set<LakeTable>();
  const scanSource: ScanSource = {
    ...newestSnapshots,
    rowsOf: (table) => {
      read.add(table);
      // An order's list is told apart by its entity.
      if (table.list) read.add(lakeTable(table.entity));
      return table.view;
    },
  };
  kpiSql(dictionary, { grain: 'day', scanSource });
  return [...read];
}

/** What `kpi_daily` says, a partition for each KPI: a question about one reads nothing of the others. */
function kpiTable(dictionary: Dictionary): DailySnapshotTable {
  const daily = kpiViews(dictionary).find(({ name }) => name === 'kpi_daily');
  const values = [...dictionary.entries.values()].filter(({ kpi }) => kpi.kind === 'measure' || kpi.kind === 'distribution');
  const kpi = daily?.columns.find(({ name }) => name === 'kpi');
  if (!daily || !kpi) throw new Error('kpi_daily has no column kpi');
  return {
    name: 'kpi_nightly_raw',
    about: 'Every KPI by local day, every attempt at a night',
    view: 'kpi_nightly',
    prefix: 'nightly/kpis',
    columns: daily.columns.filter((one) => one !== kpi),
    partitions: [night, attempt, { ...kpi, projection: { type: 'enum', values: values.map(({ name }) => name) } }],
  };
}

/** Every table of the daily snapshots: snapshots, then the KPIs, then the nights themselves. */
export function dailySnapshotTables(dictionary: Dictionary): DailySnapshotTable[] {
  const read = tablesRead(dictionary);
  return [...read.map((table) => snapshotTable(table, read)), kpiTable(dictionary), nights];
}

/** Views of whole nights. An attempt that is not whole, or not the first that was, is in none of them. */
export const dailySnapshotViews = (dictionary: Dictionary): View[] =>
  dailySnapshotTables(dictionary).flatMap(({ name, view, columns, partitions }) => {
    if (!view) return [];
    const shown = [...partitions.filter((one) => one !== attempt), ...columns];
    const list = shown.map((one) => `stored.${quoted(one.name)}`).join(', ');
    const sql = `SELECT ${list} FROM ${name} AS stored JOIN nights ON nights.night = stored.night AND nights.attempt = stored.attempt`;
    return [{ name: view, sql, columns: shown.map(({ name, type, comment }) => ({ name, type, comment })) }];
  });

/** The newest snapshots as an attempt at a night stored them; both are bound. */
export const dailySnapshotSource: ScanSource = {
  rowsOf: ({ name }) =>
    `(SELECT * FROM ${name.replace(/_raw$/, '_nightly_raw')} WHERE night = ${marked('night')} AND attempt = ${marked('attempt')})`,
  hasDays: true,
};
