/** What does a workbook say? Unzipped and parsed as a spreadsheet would: sheets of rows of cells. */
import { unzipSync } from 'fflate';
import type { Cell } from '../../shared/exports/columns.ts';

const entities: { [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const textOf = (xml: string): string =>
  xml
    .replaceAll('\r\n', '\n')
    .replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code, name) => (code ? String.fromCharCode(Number(code)) : (entities[name] ?? '?')))
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

/** What a sheet's cell is: its value, and the number format that it is shown in. */
export interface ColumnValue {
  value: Cell;
  format: string;
}

const aDay = 86_400_000;
/** A serial number of days as the text of its day, or of its instant where the format shows one. */
function dateOf(serial: number, format: string): string {
  const text = new Date(Date.UTC(1899, 11, 30) + Math.round(serial * aDay)).toISOString();
  return format.includes('hh') ? text : text.slice(0, 10);
}

function cellOf(attributes: string, content: string, formats: string[]): ColumnValue {
  const [, style = '0'] = /s="(\d+)"/.exec(attributes) ?? [];
  const format = formats[Number(style)];
  if (format === undefined) throw new Error(`no style ${style}`);
  const [, text] = /<is><t[^>]*>([\s\S]*)<\/t><\/is>/.exec(content) ?? [];
  if (attributes.includes('t="inlineStr"')) return { value: textOf(text ?? ''), format };
  const [, value] = /<v>([^<]*)<\/v>/.exec(content) ?? [];
  if (value === undefined) return { value: null, format };
  if (attributes.includes('t="b"')) return { value: value === '1', format };
  return { value: format.includes('yyyy') ? dateOf(Number(value), format) : Number(value), format };
}

function rowsOf(xml: string, formats: string[]): ColumnValue[][] {
  return [...xml.matchAll(/<row r="(\d+)">([\s\S]*?)<\/row>/g)].map(([, number, cells = ''], i) => {
    if (Number(number) !== i + 1) throw new Error(`row ${number} stands in place ${i + 1}`);
    return [...cells.matchAll(/<c([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)].map(([, attributes = '', content = '']) =>
      cellOf(attributes, content, formats),
    );
  });
}

/** Number formats by style: those that the styles name by id. */
function formatsOf(xml: string): string[] {
  const declared = new Map(
    [...xml.matchAll(/<numFmt numFmtId="(\d+)" formatCode="([^"]*)"/g)].map(([, id, code = '']) => [id, textOf(code)]),
  );
  const [styles = ''] = /<cellXfs[\s\S]*<\/cellXfs>/.exec(xml) ?? [];
  return [...styles.matchAll(/<xf numFmtId="(\d+)"/g)].map(([, id]) =>
    id === '0' ? 'General' : (declared.get(id) ?? `missing ${id}`),
  );
}

/** The sheets in the order of the workbook, found by its relationships. */
export function readSheets(bytes: Uint8Array): ColumnValue[][][] {
  const files = unzipSync(new Uint8Array(bytes));
  const read = (path: string): string => Buffer.from(files[path] ?? []).toString();
  const targets = new Map(
    [...read('xl/_rels/workbook.xml.rels').matchAll(/Id="(\w+)"[^>]*Target="([^"]+)"/g)].map(([, id, target]) => [id, target]),
  );
  const sheets = [...read('xl/workbook.xml').matchAll(/r:id="(\w+)"/g)].map(([, id]) => `xl/${targets.get(id)}`);
  const styles = `xl/${targets.get('styles')}`;
  for (const part of [...sheets, styles])
    if (!read('[Content_Types].xml').includes(`/${part}`)) throw new Error(`${part} has no content type`);
  return sheets.map((sheet) => rowsOf(read(sheet), formatsOf(read(styles))));
}

/** The values alone; dates as text. */
export const readWorkbook = (bytes: Uint8Array): Cell[][][] =>
  readSheets(bytes).map((sheet) => sheet.map((row) => row.map(({ value }) => value)));
