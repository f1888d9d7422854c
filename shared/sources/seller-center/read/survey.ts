/** What is in a file? Its tables and, over every row of them, which order its dates show, which currencies it names, and how late its latest time is. */
import { closeSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import type { Encoding } from '../../files/decode-text.ts';
import { labels } from '../rules/kinds.ts';
import { type DateOrder, hints, type MarketCode } from '../rules/markets.ts';
import { type ColumnKind, foldTitle } from '../rules/titles.ts';
import { type Cell, detached, isEmptyRow, type RawRow, trimmed } from './cell.ts';
import { type ShownClock, shownBy } from './clock.ts';
import { readCsvRows } from './csv.ts';
import { type Header, headerOf } from './header.ts';
import { bareId, currencyIn, isShortened } from './number.ts';
import { readWorkbookRows } from './xlsx.ts';

export interface TableSurvey extends Header {
  sheet: string;
  /** Line of the titles. */
  line: number;
  rows: number;
  /** Line of a row that explains the titles, if there is one. */
  explained: number | undefined;
  /** Cells that show an order of day and month, the first of each, and cells that can be read both ways. */
  shown: { [order in DateOrder]?: { count: number; first: string } };
  eitherWay: number;
  /** Cells that write the year first, and one of them. */
  yearFirst: { count: number; first: string };
  /** Cells of a row that has them all. */
  width: number;
  currencies: Map<string, number>;
  /** The longest amount, as it is written. */
  amount: string;
  /** The first and the last wall clock in it, under each order; '' where there is none. */
  earliest: { [order in DateOrder]: string };
  latest: { [order in DateOrder]: string };
  /** Different ids of its key column. */
  keys: Set<string>;
  /** Ids of which rows of others stand between their rows, with the line of the last. */
  apart: Map<string, number>;
}

export interface FileSurvey {
  path: string;
  file: string;
  encoding: Encoding | undefined;
  tables: TableSurvey[];
  /** What lines above a table say. */
  said: { currency?: string; downloaded?: string; period?: string };
  /** Markets whose language its words are of. */
  hinted: Set<MarketCode>;
}

/** Whether a file is a workbook: its first bytes say it where its name does not. */
function isWorkbook(path: string): boolean {
  if (/\.xlsx$/i.test(path)) return true;
  const [file, start] = [openSync(path, 'r'), Buffer.alloc(4)];
  try {
    readSync(file, start);
  } finally {
    closeSync(file);
  }
  return start.toString('latin1') === 'PK\x03\x04';
}

/** Rows of a file of either form; many at a time. */
export const readRows = (path: string, encoding: Encoding | undefined): AsyncGenerator<RawRow[]> =>
  isWorkbook(path) ? readWorkbookRows(path) : readCsvRows(path, encoding);

/** A period written in a cell or a name: two days. */
const period = /\d{4}[-/_]\d{2}[-/_]\d{2}\D+\d{4}[-/_]\d{2}[-/_]\d{2}/;

function noteLabels(cells: Cell[], said: FileSurvey['said']): void {
  const filled = cells.map(trimmed).filter((text) => text !== '');
  const label = labels[foldTitle(filled[0] ?? '')];
  if (label && filled[1]) said[label] ??= filled[1];
  else if (filled.length === 1 && period.test(filled[0] ?? '')) said.period ??= filled[0];
}

const shortened = (where: string, title: string, cell: Cell): Error =>
  new Error(
    `${where}, column ${title}: ${trimmed(cell)} is an id that a spreadsheet has shortened, so several orders share one; nothing of this file is read. Download it again and give it as it is, without opening and saving it`,
  );

function noteClock(table: TableSurvey, text: string, { order, isEitherWay, walls }: ShownClock, isNew: boolean): void {
  if (order) {
    const known = table.shown[order];
    if (known) known.count++;
    else table.shown[order] = { count: 1, first: detached(text) };
  } else if (isEitherWay) table.eitherWay++;
  else if (/^\d{4}\D/.test(text)) {
    table.yearFirst.count++;
    table.yearFirst.first ||= detached(text);
  }
  if (!isNew) return;
  for (const each of ['day', 'month'] as const) {
    const wall = walls[each];
    if (wall === undefined) continue;
    if (wall > table.latest[each]) table.latest[each] = detached(wall);
    if (table.earliest[each] === '' || wall < table.earliest[each]) table.earliest[each] = detached(wall);
  }
}

/** A column of a table, with its newest cell: rows of one order repeat much. */
interface Column {
  key: string;
  index: number;
  kind: ColumnKind;
  title: string;
  last: Cell | undefined;
  shown: ShownClock | undefined;
  named: string | undefined;
}

const columnsOf = ({ columns, kind }: Header): Column[] =>
  Object.entries(columns).flatMap(([key, index]) => {
    const column = kind.columns[key];
    const nothing = { last: undefined, shown: undefined, named: undefined };
    return column ? [{ key, index, kind: column.kind, title: column.titles[0] ?? key, ...nothing }] : [];
  });

/** Looks at a cell that is another one than the column's last. */
function noteNew(table: TableSurvey, column: Column, cell: Cell, line: number, survey: FileSurvey): void {
  column.last = cell;
  const { key, kind } = column;
  if (kind === 'id' && isShortened(cell)) throw shortened(`${survey.file} line ${line}`, column.title, cell);
  if (kind === 'clock') column.shown = shownBy(trimmed(cell));
  if (kind === 'money' && trimmed(cell).length > table.amount.length) table.amount = detached(trimmed(cell));
  const named = key === 'currency' ? trimmed(cell) : kind === 'money' ? currencyIn(cell) : undefined;
  column.named = named && /^[A-Z]{3}$/.test(named) ? detached(named) : undefined;
  if (key === 'status' || key === 'type') {
    const word = foldTitle(trimmed(cell));
    for (const { market, words } of hints) if (words.includes(word)) survey.hinted.add(market);
  }
}

function noteRow(table: TableSurvey, columns: Column[], row: RawRow, survey: FileSurvey): void {
  for (const column of columns) {
    const cell = row.cell(column.index);
    if (cell === '') continue;
    const isNew = cell !== column.last;
    if (isNew) noteNew(table, column, cell, row.line, survey);
    if (column.shown) noteClock(table, trimmed(cell), column.shown, isNew);
    if (column.named) table.currencies.set(column.named, (table.currencies.get(column.named) ?? 0) + 1);
  }
}

/** Notes the ids of a table's rows, row by row; the ids that come back after another one stand apart. */
function keyNoter({ keys, apart, columns, kind }: TableSurvey): (row: RawRow) => void {
  const index = columns[kind.key] ?? -1;
  let last = '';
  return (row) => {
    const key = bareId(row.cell(index));
    if (key === '') return;
    if (key !== last && keys.has(key)) apart.set(detached(key), row.line);
    else if (key !== last) keys.add(detached(key));
    else if (apart.has(key)) apart.set(key, row.line);
    last = key;
  };
}

/** Rows among the first of a sheet that may be its titles. */
const linesToTitles = 15;

/** A table that begins with these titles, of which no row was read yet. */
const newTable = (header: Header, { sheet, line, cells }: RawRow): TableSurvey => ({
  ...header,
  sheet,
  line,
  rows: 0,
  explained: undefined,
  shown: {},
  eitherWay: 0,
  yearFirst: { count: 0, first: '' },
  width: cells.length,
  amount: '',
  currencies: new Map(),
  keys: new Set(),
  apart: new Map(),
  earliest: { day: '', month: '' },
  latest: { day: '', month: '' },
});

/** Takes the rows of a file one after the other: labels, titles, and what stands under them. */
function surveyor(survey: FileSurvey): (row: RawRow) => void {
  let table: TableSurvey | undefined;
  let note: ((row: RawRow) => void) | undefined;
  let sheet: string | undefined;
  let seen = 0;
  let above: Cell[] | undefined;
  return (row) => {
    if (row.sheet !== sheet) [sheet, table, note, seen, above] = [row.sheet, undefined, undefined, 0, undefined];
    if (isEmptyRow(row)) return;
    seen++;
    if (table && note) {
      const isFirst = table.rows === 0 && table.explained === undefined;
      if (isFirst && !/\d/.test(trimmed(row.cell(table.columns[table.kind.key] ?? -1)))) table.explained = row.line;
      else {
        table.rows++;
        note(row);
      }
      return;
    }
    const header = seen <= linesToTitles ? headerOf(row.cells, above) : undefined;
    if (header) {
      const begun = newTable(header, row);
      const [columns, noteKey] = [columnsOf(header), keyNoter(begun)];
      survey.tables.push(begun);
      table = begun;
      note = (each) => {
        noteRow(begun, columns, each, survey);
        noteKey(each);
      };
    } else noteLabels(row.cells, survey.said);
    above = row.cells;
  };
}

/** Reads a file once, all of it. Throws with the remedy where it is none of Seller Center's, lacks a column, or was changed by a spreadsheet. */
export async function surveyFile(path: string, encoding: Encoding | undefined): Promise<FileSurvey> {
  const survey: FileSurvey = { path, file: basename(path), encoding, tables: [], said: {}, hinted: new Set() };
  const take = surveyor(survey);
  for await (const rows of readRows(path, encoding)) for (const row of rows) take(row);
  requireTables(survey);
  for (const each of survey.tables) refuseConverted(each, survey.file);
  return survey;
}

/** Refuses what a spreadsheet has converted: ids that keep 15 digits and end in zeros, and days that became dates in some cells only. */
function refuseConverted({ kind, keys, line, shown, eitherWay, yearFirst }: TableSurvey, file: string): void {
  const rounded = [...keys].filter((key) => /^\d{13,}000$/.test(key));
  if (kind.kind !== 'ads' && rounded.length >= 5 && rounded.length === keys.size)
    throw shortened(`${file} line ${line + 1}`, kind.columns[kind.key]?.titles[0] ?? kind.key, rounded[0] ?? '');
  const inSlashes = shown.day?.first ?? shown.month?.first;
  if (yearFirst.count > 0 && (inSlashes !== undefined || eitherWay > 0))
    throw new Error(
      `${file}: some of its dates begin with the year (${yearFirst.first}) and some do not (${inSlashes ?? 'day and month with slashes'}): a spreadsheet has converted them, and may have taken days for months. Download it again and give it as it is`,
    );
}

function requireTables({ file, tables }: FileSurvey): void {
  if (tables.length === 0)
    throw new Error(
      `${file} is no file of Seller Center that is known: none of its first ${linesToTitles} rows has the titles of one. Known are orders, returns, income, unsettled orders, affiliate orders, product analytics and GMV Max ads, and your own tables with the titles of their templates (costs, stock, reviews and so on)`,
    );
  for (const { kind, twice, line } of tables)
    if (twice.length > 0)
      throw new Error(
        `${file} line ${line}, a file of ${kind.name}: the title "${twice[0]}" stands more than once, and only one of these columns can be right. Nothing of this file is read. Download it again and give it as it is, or rename all but one`,
      );
  for (const { kind, missing, line } of tables)
    if (missing.length > 0) {
      const named = missing.map(
        ({ title, nearest }) => `"${title}" is missing${nearest ? ` (the nearest unknown title is "${nearest}")` : ''}`,
      );
      throw new Error(
        `${file} line ${line}, a file of ${kind.name}: column ${named.join('; ')}. Nothing of this file is read. If the column was only renamed, write its old title into the file, or add the new one to shared/sources/seller-center/rules/titles.ts`,
      );
    }
}
