/** How do rows of your own CSV files become a snapshot? Rows of one entity, checked cell by cell and then as a whole. */
import { entities } from '../shared/events/entities.ts';
import type { CloudEvent } from '../shared/events/parse.ts';
import { isCurrency } from '../shared/money.ts';
import { type RowContext, readCell } from './csv-cell.ts';
import type { Column, CsvTable } from './csv-columns.ts';
import type { Row } from './read-csv.ts';
import { snapshot, subjectPart } from './snapshot.ts';

/** Why rows are no entity: where, in which column, and what to do. */
export interface Problem {
  where: string;
  column: string;
  message: string;
}

export interface CsvCreator {
  zone: string;
  currency: string;
}

export interface EntityContext {
  creators: ReadonlyMap<string, CsvCreator>;
  /** Version (ms) of rows that hold no time at all. */
  fallback: number;
}

type Fields = { [field: string]: string | number | boolean };

const cell = (row: Row, column: string): string => row.cells[column]?.trim() ?? '';

function contextOf(row: Row, { creators }: EntityContext, problems: Problem[]): RowContext {
  const creator = creators.get(cell(row, 'creator_id'));
  const currency = cell(row, 'currency') || creator?.currency;
  if (currency === undefined || isCurrency(currency)) return { zone: creator?.zone, currency };
  problems.push({
    where: row.where,
    column: 'currency',
    message: `${currency} is no currency; write an ISO 4217 code such as USD`,
  });
  return { zone: creator?.zone };
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
    .map((row, i) => ({ row, context: contexts[i] ?? {} }))
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

function versionOf(table: CsvTable, fields: Fields, fallback: number): number {
  if (typeof fields.updated_at === 'string') return Date.parse(fields.updated_at);
  const times = table.columns
    .filter(({ kind, field, name }) => kind === 'instant' && (field ?? name) in fields)
    .map(({ field, name }) => Date.parse(String(fields[field ?? name])));
  return times.length > 0 ? Math.max(...times) : fallback;
}

/** The event of an entity's rows, or what is wrong with them. */
export function entityOf(table: CsvTable, rows: Row[], context: EntityContext): { event: CloudEvent } | { problems: Problem[] } {
  const problems: Problem[] = [];
  const own = table.columns.filter((column) => !column.line);
  const contexts = rows.map((row) => contextOf(row, context, problems));
  const [first] = rows as [Row];
  const fields = readCells(first, own, contexts[0] ?? {}, problems);
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
  if (table.entity === 'refund') data.goodsAmount ??= lines.reduce((sum, line) => sum + Number(line.goodsAmount ?? 0), 0);
  if (problems.length === 0) problems.push(...schemaProblems(table, data, rows));
  if (problems.length > 0) return { problems };
  const subject = table.subject.replaceAll(/\{(\w+)\}/g, (_, name: string) => subjectPart(cell(first, name)));
  const at = versionOf(table, fields, context.fallback);
  return {
    event: snapshot({
      source: `/import/csv/${table.file}`,
      entity: table.entity,
      creatorId: cell(first, 'creator_id'),
      subject,
      at,
      data,
    }),
  };
}
