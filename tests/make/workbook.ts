/** What does a workbook say? Unzipped and parsed as a spreadsheet would: sheets of rows of cells. */
import { unzipSync } from 'fflate';
import type { Cell } from '../../shared/exports/columns.ts';

const entities: { [name: string]: string } = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const textOf = (xml: string): string =>
  xml
    .replaceAll('\r\n', '\n')
    .replaceAll(/&(?:#(\d+)|(\w+));/g, (_, code, name) => (code ? String.fromCharCode(Number(code)) : (entities[name] ?? '?')))
    .replaceAll(/_x([0-9A-Fa-f]{4})_/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)));

function cellOf(attributes: string, content: string): Cell {
  const [, text] = /<is><t[^>]*>([\s\S]*)<\/t><\/is>/.exec(content) ?? [];
  if (attributes.includes('t="inlineStr"')) return textOf(text ?? '');
  const [, value] = /<v>([^<]*)<\/v>/.exec(content) ?? [];
  if (value === undefined) return null;
  return attributes.includes('t="b"') ? value === '1' : Number(value);
}

function rowsOf(xml: string): Cell[][] {
  return [...xml.matchAll(/<row r="(\d+)">([\s\S]*?)<\/row>/g)].map(([, number, cells = ''], i) => {
    if (Number(number) !== i + 1) throw new Error(`row ${number} stands in place ${i + 1}`);
    return [...cells.matchAll(/<c([^>]*?)(?:\/>|>([\s\S]*?)<\/c>)/g)].map(([, attributes = '', content = '']) =>
      cellOf(attributes, content),
    );
  });
}

/** The sheets in the order of the workbook, found by its relationships. */
export function readWorkbook(bytes: Uint8Array): Cell[][][] {
  const files = unzipSync(new Uint8Array(bytes));
  const read = (path: string): string => Buffer.from(files[path] ?? []).toString();
  const targets = new Map(
    [...read('xl/_rels/workbook.xml.rels').matchAll(/Id="(\w+)"[^>]*Target="([^"]+)"/g)].map(([, id, target]) => [id, target]),
  );
  const sheets = [...read('xl/workbook.xml').matchAll(/r:id="(\w+)"/g)].map(([, id]) => `xl/${targets.get(id)}`);
  for (const sheet of sheets)
    if (!read('[Content_Types].xml').includes(`/${sheet}`)) throw new Error(`${sheet} has no content type`);
  return sheets.map((sheet) => rowsOf(read(sheet)));
}
