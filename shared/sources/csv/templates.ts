/** What does an empty file of each table look like? Its titles with one example row, which an import leaves out, and what each column means. */
import { writeXlsx } from 'hucre/xlsx';
import { escapeFormula } from '../../exports/escape-formula.ts';
import type { Row } from '../files/read-csv.ts';
import { type CellKind, type CsvTable, csvTables, ofCreator } from './columns.ts';

/** The sheet of a template's workbook that is no data. */
export const explanationSheet = 'Explanation';

/** By table, a row as it is to be filled in. Columns that are not named are empty. */
const examples: { [file: string]: { [column: string]: string } } = {
  creators: { name: 'Example shop', time_zone: 'America/New_York', currency: 'USD', country: 'US' },
  products: { product_id: 'EXAMPLE-P1', title: 'Rose serum 30 ml', category: 'beauty', status: 'active', list_price: '19.99' },
  orders: {
    order_id: 'EXAMPLE-O1',
    placed_at: '2026-03-01 14:00:00',
    paid_at: '2026-03-01 14:03:00',
    channel: 'live',
    product_id: 'EXAMPLE-P1',
    sku: 'EXAMPLE-SKU',
    quantity: '2',
    unit_price: '19.99',
  },
  shipments: {
    order_id: 'EXAMPLE-O1',
    shipment_id: 'EXAMPLE-S1',
    carrier: 'USPS',
    handed_over_at: '2026-03-02 16:30:00',
    label_cost: '4.12',
  },
  refunds: {
    order_id: 'EXAMPLE-O1',
    refund_id: 'EXAMPLE-R1',
    completed_at: '2026-03-10 09:00:00',
    product_id: 'EXAMPLE-P1',
    quantity: '1',
    line_amount: '19.99',
  },
  reviews: {
    order_id: 'EXAMPLE-O1',
    review_id: 'EXAMPLE-V1',
    product_id: 'EXAMPLE-P1',
    rating: '5',
    submitted_at: '2026-03-06 20:00:00',
    topic: 'quality',
  },
  costs: { sku: 'EXAMPLE-SKU', valid_from: '2026-03-01', unit_cost: '6.40', currency: 'USD' },
  stock: { sku: 'EXAMPLE-SKU', location: 'warehouse-1', day: '2026-03-01', on_hand: '42', committed: '3' },
};

const kinds: { [kind in CellKind]: string } = {
  text: 'text',
  id: 'id',
  instant: 'time: 2026-03-01 14:03:00 on your clock, or 2026-03-01T14:03:00Z',
  day: 'day: 2026-03-01',
  'day-or-instant': 'day or time: 2026-03-01',
  money: 'amount: 19.99',
  count: 'whole number',
  level: 'whole number, also below zero',
  rate: 'rate: 1.0837',
  'yes-no': 'yes or no',
  star: 'whole number from 1 to 5',
};

export interface TemplateColumn {
  name: string;
  isRequired: boolean;
  /** What a cell holds. */
  kind: string;
  note: string;
  example: string;
}

export interface Template {
  /** Name of the table: costs. */
  kind: string;
  about: string;
  columns: TemplateColumn[];
}

/** Columns of a template: all but the creator, which is known where it is imported. */
const templateOf = ({ file, about, columns }: CsvTable): Template => ({
  kind: file,
  about,
  columns: columns
    .filter(({ name }) => name !== ofCreator)
    .map(({ name, kind, isRequired, note, line }) => ({
      name,
      isRequired: isRequired === true,
      kind: kinds[kind],
      note: [note, line ? 'of the line: may differ from row to row of one id' : ''].filter(Boolean).join('; '),
      example: examples[file]?.[name] ?? '',
    })),
});

/** Every template, in the order in which tables are read. */
export const templates: readonly Template[] = csvTables.map(templateOf);

/** Is a group of rows what the template came with? It is no datum of anybody. */
export function isExampleOf({ file }: CsvTable, [row, ...more]: Row[]): boolean {
  const example = examples[file] ?? {};
  if (!row || row.problem || more.length > 0) return false;
  const { product_id = '', order_id = '', sku = '', name = '' } = example;
  // Told by its ids, however the rest of it was changed.
  const ids = { product_id, order_id, sku, ...(file === 'creators' ? { name } : {}) };
  const said = Object.entries(ids).filter(([, id]) => id !== '');
  return said.length > 0 && said.every(([column, id]) => row.cells[column]?.trim() === id);
}

const csvCell = (text: string): string => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
const csvLine = (cells: string[]): string => `${cells.map((cell) => csvCell(escapeFormula(cell))).join(',')}\r\n`;

/** Titles and the example row. */
export const csvTemplate = ({ columns }: Template): string =>
  csvLine(columns.map(({ name }) => name)) + csvLine(columns.map(({ example }) => example));

const explained = ({ columns }: Template): string[][] => [
  ['column', 'needed', 'what a cell holds', 'meaning', 'example'],
  ...columns.map(({ name, isRequired, kind, note, example }) => [name, isRequired ? 'yes' : 'no', kind, note, example]),
];

/** What each column means, as text. */
export const templateNote = (template: Template): string =>
  [
    `${template.kind}: ${template.about}. The example row is left out at an import; take it away or leave it.`,
    '',
    ...template.columns.map(
      ({ name, isRequired, kind, note }) => `${name}${isRequired ? ' (needed)' : ''}: ${[kind, note].filter(Boolean).join('; ')}`,
    ),
    '',
  ].join('\r\n');

/** Titles and the example row, all of them as text, and on a second sheet what each column means. */
export async function xlsxTemplate(template: Template): Promise<Uint8Array> {
  const { kind, columns } = template;
  const widths = (table: string[][]) =>
    (table[0] ?? []).map((_, i) => ({ width: Math.min(70, Math.max(12, ...table.map((cells) => (cells[i]?.length ?? 0) + 2))) }));
  const rows = [columns.map(({ name }) => name), columns.map(({ example }) => example)];
  const notes = explained(template);
  return writeXlsx({
    sheets: [
      { name: kind, rows, columns: widths(rows) },
      { name: explanationSheet, rows: notes, columns: widths(notes) },
    ],
  });
}
