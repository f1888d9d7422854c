/** How do rows of your own CSV files become a snapshot? Rows of one entity, checked cell by cell and then as a whole. */
import { entities } from '../../events/entities.ts';
import type { CloudEvent } from '../../events/parse.ts';
import { encodeId } from '../../events/subject.ts';
import { isCurrency } from '../../money.ts';
import { type Said, zonesOf } from '../../store/profiles.ts';
import type { Row } from '../files/read-csv.ts';
import { snapshot } from '../files/snapshot.ts';
import { type RowContext, readCell } from './cell.ts';
import type { Column, CsvTable } from './columns.ts';

/** Why rows are no entity: where, in which column, and what to do. */
export interface Problem {
  where: string;
  column: string;
  message: string;
}

/** A creator of creators.csv: what its rows say of the zone, each from a time on, and its currency. */
export interface CsvCreator {
  said: Said[];
  currency: string;
}

/** A creator with what one more row says of it, in the order of the times it says it for. */
export function withRow(known: CsvCreator | undefined, { time, entityversion, data }: CloudEvent): CsvCreator {
  const said = [...(known?.said ?? []), { from: time, zone: String(data.timeZone), version: entityversion }];
  return { currency: String(data.currency), said: said.toSorted((a, b) => Date.parse(a.from) - Date.parse(b.from)) };
}

export interface EntityContext extends Pick<RowContext, 'decimals' | 'note'> {
  creators: ReadonlyMap<string, CsvCreator>;
  /** When the file was exported (ms): how new its rows are that do not say so themselves. */
  exportedAt: number;
}

type Fields = { [field: string]: string | number | boolean };

const cell = (row: Row, column: string): string => row.cells[column]?.trim() ?? '';

/** What is known of a row's amounts and times; `first` is the first row of its entity, which says the currency where the row does not. */
function contextOf(
  row: Row,
  first: Row,
  entity: string,
  { creators, decimals, note }: EntityContext,
  problems: Problem[],
): RowContext {
  const creator = creators.get(cell(row, 'creator_id'));
  const currency = cell(row, 'currency') || cell(first, 'currency') || creator?.currency;
  const known = { entity, zones: creator && zonesOf(creator.said), decimals, note };
  if (currency === undefined || isCurrency(currency)) return { ...known, currency };
  problems.push({
    where: row.where,
    column: 'currency',
    message: `${currency} is no currency; write an ISO 4217 code such as USD`,
  });
  return known;
}

function readCells(row: Row, columns: Column[], context: RowContext, problems: Problem[]): Fields {
  const fields: Fields = {};
  for (const column of columns) {
    const text = cell(row, column.name);
    if (text === '') {
      if (column.isRequired) problems.push({ where: row.where, column: column.name, message: 'is empty; every row needs it' });
      continue;
    }
    try {
      fields[column.field ?? column.name] = readCell(column, text, context);
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
      problems.push({ where: row.where, column: column.name, message: error.message });
    }
  }
  return fields;
}

/** What is the entity's own may stand in its first row alone, but must not change from row to row. */
function checkRepeats(rows: Row[], columns: Column[], problems: Problem[]): void {
  const [first, ...others] = rows;
  for (const row of others)
    for (const { name } of columns) {
      const text = cell(row, name);
      if (first && text !== '' && text !== cell(first, name))
        problems.push({
          where: row.where,
          column: name,
          message: `${text} differs from ${cell(first, name) || 'nothing'} on ${first.where}; rows of one entity agree, or leave it empty`,
        });
    }
}

function statusOf(entity: string, fields: Fields): string | undefined {
  if (entity === 'order')
    return fields.cancelledAt ? 'cancelled' : fields.completedAt ? 'completed' : fields.paidAt ? 'paid' : 'placed';
  if (entity === 'shipment')
    return fields.deliveredAt
      ? 'delivered'
      : fields.exceptionAt
        ? 'exception'
        : fields.handedOverAt
          ? 'in_transit'
          : 'label_created';
  return entity === 'refund' ? (fields.completedAt ? 'completed' : 'requested') : undefined;
}

function linesOf(table: CsvTable, rows: Row[], contexts: RowContext[], problems: Problem[]): Fields[] {
  const columns = table.columns.filter((column) => column.line);
  const filled = rows
    .map((row, i) => ({ row, context: contexts[i] as RowContext }))
    .filter(({ row }) => table.entity !== 'refund' || cell(row, 'product_id') !== '');
  return filled.map(({ row, context }) => readCells(row, columns, context, problems));
}

function schemaProblems(table: CsvTable, data: CloudEvent['data'], rows: Row[]): Problem[] {
  const checked = entities.get(table.entity)?.schema.safeParse(data);
  if (!checked || checked.success) return [];
  return checked.error.issues.map((issue) => {
    const isLine = issue.path[0] === 'lines' && typeof issue.path[1] === 'number';
    const field = String(issue.path.at(-1) ?? '');
    const column = table.columns.find((each) => each.field === field && Boolean(each.line) === isLine)?.name ?? field;
    return { where: rows[isLine ? Number(issue.path[1]) : 0]?.where ?? '', column, message: issue.message };
  });
}

/** Of when a row speaks: `at` the latest time in it, `version` how new it is (see the page on importing for the rule). */
function timesOf(table: CsvTable, fields: Fields, exportedAt: number): { at: number; version: number } {
  if (typeof fields.updated_at === 'string') {
    const at = Date.parse(fields.updated_at);
    return { at, version: at };
  }
  const times = table.columns
    .filter(({ kind, field, name }) => kind === 'instant' && (field ?? name) in fields)
    .map(({ field, name }) => Date.parse(String(fields[field ?? name])));
  const at = times.length > 0 ? Math.max(...times) : exportedAt;
  return { at, version: exportedAt };
}

/** What the lines of a refund come to; one that names no product is money all the same. */
function refundedGoods(table: CsvTable, rows: Row[], contexts: RowContext[], lines: Fields[], problems: Problem[]): number {
  const columns = table.columns.filter(({ name }) => name === 'line_amount');
  const bare = rows.flatMap((row, i) =>
    cell(row, 'product_id') === '' ? [readCells(row, columns, contexts[i] as RowContext, problems)] : [],
  );
  return [...lines, ...bare].reduce((sum, line) => sum + Number(line.goodsAmount ?? 0), 0);
}

const mostLines = 500;

function checkRows(table: CsvTable, rows: Row[], problems: Problem[]): void {
  for (const { where, problem } of rows) if (problem) problems.push({ where, column: problem.column, message: problem.message });
  const [first] = rows;
  if (first && rows.length > mostLines)
    problems.push({
      where: first.where,
      column: String(table.key.at(-1)),
      message: `has ${rows.length} rows, an ${table.entity} holds ${mostLines} lines; give the rest an id of their own, such as ${cell(first, String(table.key.at(-1)))}-2`,
    });
}

/** Parts of a subject that `@` stands between hold none themselves. */
function subjectOf({ subject, columns }: CsvTable, first: Row, fields: Fields): string {
  return subject.replaceAll(/\{(\w+)\}(@?)/g, (_, name: string, at: string) => {
    const column = columns.find((each) => each.name === name);
    const value = column?.kind === 'day' ? String(fields[name]) : cell(first, name) || (column?.fallback ?? '');
    return (subject.includes('@') ? encodeId(value).replaceAll('@', '%40') : encodeId(value)) + at;
  });
}

/** The event of an entity's rows, or what is wrong with them. */
export function entityOf(table: CsvTable, rows: Row[], context: EntityContext): { event: CloudEvent } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const own = table.columns.filter((column) => !column.line);
  const [first] = rows as [Row];
  const contexts = rows.map((row) => contextOf(row, first, table.entity, context, problems));
  checkRows(table, rows, problems);
  if (problems.length > 0) return { problems };
  const fields = readCells(first, own, contexts[0] as RowContext, problems);
  checkRepeats(rows, own, problems);
  const hasLines = table.columns.some((column) => column.line);
  const lines = hasLines ? linesOf(table, rows, contexts, problems) : [];
  const data: CloudEvent['data'] = Object.fromEntries(
    own.filter(({ field }) => field && fields[field] !== undefined).map(({ field }) => [field, fields[field ?? '']]),
  );
  if (hasLines) data.lines = lines;
  const status = statusOf(table.entity, fields);
  if (status) data.status ??= status;
  if (table.columns.some(({ name }) => name === 'currency')) data.currency ??= contexts[0]?.currency;
  if (table.entity === 'refund') data.goodsAmount ??= refundedGoods(table, rows, contexts, lines, problems);
  if (problems.length === 0) problems.push(...schemaProblems(table, data, rows));
  if (problems.length > 0) return { problems };
  const subject = subjectOf(table, first, fields);
  const { at, version } = timesOf(table, fields, context.exportedAt);
  return {
    event: snapshot({
      source: `/import/csv/${table.file}`,
      entity: table.entity,
      creatorId: cell(first, 'creator_id'),
      subject,
      at,
      version,
      data,
    }),
  };
}
