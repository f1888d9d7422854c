/** What is in a file? Its tables and, over every row of them, which order its dates show, which currencies it names, and how late its latest time is. */
import { basename } from 'node:path';
import type { Encoding } from '../../files/decode-text.ts';
import { labels } from '../rules/kinds.ts';
import { type DateOrder, hints, type MarketCode } from '../rules/markets.ts';
import { foldTitle } from '../rules/titles.ts';
import { type Cell, type RawRow, trimmed } from './cell.ts';
import { isEitherWay, orderIn, wallUnder } from './clock.ts';
import { readCsvRows } from './csv.ts';
import { type Header, headerOf } from './header.ts';
import { currencyIn, isShortened } from './number.ts';
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

/** Rows of a file of either form, told by its first bytes' form in the name. */
export const readRows = (path: string, encoding: Encoding | undefined): AsyncGenerator<RawRow> =>
  /\.xlsx$/i.test(path) ? readWorkbookRows(path) : readCsvRows(path, encoding);

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

function noteClock(table: TableSurvey, text: string): void {
  const order = orderIn(text);
  if (order) {
    const known = table.shown[order];
    if (known) known.count++;
    else table.shown[order] = { count: 1, first: text };
  } else if (isEitherWay(text)) table.eitherWay++;
  else if (/^\d{4}\D/.test(text)) {
    table.yearFirst.count++;
    table.yearFirst.first ||= text;
  }
  for (const each of ['day', 'month'] as const) {
    const wall = wallUnder(text, each);
    if (wall && wall > table.latest[each]) table.latest[each] = wall;
    if (wall && (table.earliest[each] === '' || wall < table.earliest[each])) table.earliest[each] = wall;
  }
}

function noteRow(table: TableSurvey, { cells, line }: RawRow, survey: FileSurvey): void {
  for (const [key, index] of Object.entries(table.columns)) {
    const cell = cells[index];
    const column = table.kind.columns[key];
    if (cell === undefined || cell === '' || !column) continue;
    const where = `${survey.file} line ${line}`;
    if (column.kind === 'id' && isShortened(cell)) throw shortened(where, column.titles[0] ?? key, cell);
    if (column.kind === 'clock') noteClock(table, trimmed(cell));
    if (column.kind === 'money' && trimmed(cell).length > table.amount.length) table.amount = trimmed(cell);
    const named = key === 'currency' ? trimmed(cell) : column.kind === 'money' ? currencyIn(cell) : undefined;
    if (named && /^[A-Z]{3}$/.test(named)) table.currencies.set(named, (table.currencies.get(named) ?? 0) + 1);
    if (key === 'status' || key === 'type') {
      const word = foldTitle(trimmed(cell));
      for (const { market, words } of hints) if (words.includes(word)) survey.hinted.add(market);
    }
  }
  const key = trimmed(cells[table.columns[table.kind.key] ?? -1]);
  if (key !== '') table.keys.add(key);
}

/** Rows among the first of a sheet that may be its titles. */
const linesToTitles = 15;

/** Reads a file once, all of it. Throws with the remedy where it is none of Seller Center's, lacks a column, or was changed by a spreadsheet. */
export async function surveyFile(path: string, encoding: Encoding | undefined): Promise<FileSurvey> {
  const survey: FileSurvey = { path, file: basename(path), encoding, tables: [], said: {}, hinted: new Set() };
  let table: TableSurvey | undefined;
  let sheet: string | undefined;
  let seen = 0;
  let above: Cell[] | undefined;
  for await (const row of readRows(path, encoding)) {
    if (row.sheet !== sheet) {
      [sheet, table, seen, above] = [row.sheet, undefined, 0, undefined];
    }
    if (row.cells.every((cell) => trimmed(cell) === '')) continue;
    seen++;
    if (table) {
      const isFirst = table.rows === 0 && table.explained === undefined;
      if (isFirst && !/\d/.test(trimmed(row.cells[table.columns[table.kind.key] ?? -1]))) table.explained = row.line;
      else {
        table.rows++;
        noteRow(table, row, survey);
      }
      continue;
    }
    const header = seen <= linesToTitles ? headerOf(row.cells, above) : undefined;
    if (header) {
      const counts = {
        rows: 0,
        explained: undefined,
        shown: {},
        eitherWay: 0,
        yearFirst: { count: 0, first: '' },
        width: row.cells.length,
        amount: '',
        currencies: new Map(),
        keys: new Set<string>(),
      };
      const ends = { earliest: { day: '', month: '' }, latest: { day: '', month: '' } };
      table = { ...header, ...counts, ...ends, sheet: row.sheet, line: row.line };
      survey.tables.push(table);
    } else {
      noteLabels(row.cells, survey.said);
    }
    above = row.cells;
  }
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
