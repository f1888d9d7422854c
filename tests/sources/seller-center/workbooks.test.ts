/** Are the rows of a workbook those that a reader of all XML finds, whether it is written plainly or not? */
import { readFileSync } from 'node:fs';
import { strFromU8, strToU8, unzipSync, zipSync } from 'fflate';
import { streamXlsxRows } from 'hucre/xlsx';
import { describe, expect, it } from 'vitest';
import { sheetRowsIn } from '../../../shared/sources/seller-center/read/sheet-rows.ts';
import { readWorkbookRows } from '../../../shared/sources/seller-center/read/xlsx.ts';
import { type Grid, sellerFolder, workbookOf } from '../../make/seller-files.ts';

const sheet = 'OrderSKUList';
const grid: Grid = [
  ['Order ID', 'Product <&> "name"', '', 'Amount'],
  ['579265931513190650', 'Tas, "Senja" <A&B>', '', 12.5],
  ['', '', '', ''],
  ['579265931513190651', ' blanks ', 'đơn hàng ✨', 0],
];

/** The workbook with a part changed. */
function changed(bytes: Uint8Array, part: string, change: (xml: string) => string): Uint8Array {
  const parts = unzipSync(bytes);
  const xml = parts[part];
  if (!xml) throw new Error(`no part ${part}`);
  return zipSync({ ...parts, [part]: strToU8(change(strFromU8(xml))) });
}

async function read(bytes: Uint8Array) {
  const [path = ''] = sellerFolder({ 'book.xlsx': bytes });
  const rows: [number, unknown[]][] = [];
  for await (const some of readWorkbookRows(path))
    for (const { line, cells } of some) if (cells.some((cell) => cell !== '')) rows.push([line, cells]);
  const other: [number, unknown[]][] = [];
  for await (const { index, values } of streamXlsxRows(new Uint8Array(readFileSync(path)), { sheet })) {
    const cells = values.map((value) =>
      value instanceof Date
        ? value.toISOString().slice(0, 19).replace('T', ' ')
        : value === null
          ? ''
          : typeof value === 'boolean'
            ? String(value)
            : value,
    );
    if (cells.some((cell) => cell !== '')) other.push([index + 1, cells]);
  }
  return { rows, other };
}

const first = 'xl/worksheets/sheet1.xml';
const plain = workbookOf({ [sheet]: grid });
const manyRows = workbookOf({
  [sheet]: Array.from({ length: 3000 }, (_, r) => Array.from({ length: 12 }, (_, c) => (c % 3 ? `text ${r} ${c}` : r * c))),
});

describe('a workbook', () => {
  it.each<[string, Uint8Array]>([
    ['as exports write it', plain],
    ['of many more texts than a block holds', manyRows],
    [
      'with texts inside its cells',
      changed(plain, first, (xml) =>
        xml.replaceAll(/<c r="(\w+)" t="s"><v>1<\/v><\/c>/g, '<c r="$1" t="inlineStr"><is><t>in &lt;line&gt;</t></is></c>'),
      ),
    ],
    ['with formulas', changed(plain, first, (xml) => xml.replace('<v>12.5</v>', '<f>A1*2</f><v>12.5</v>'))],
    [
      'with a comment between its rows',
      changed(plain, first, (xml) => xml.replace('<row r="3">', '<!-- <row r="9"> --><row r="3">')),
    ],
    [
      'with answers of yes and no, and errors',
      changed(plain, first, (xml) =>
        xml.replace(/<c r="D2"><v>12.5<\/v><\/c>/, '<c r="D2" t="b"><v>1</v></c><c r="E2" t="e"><v>#N/A</v></c>'),
      ),
    ],
    ['with cells that say no place', changed(plain, first, (xml) => xml.replaceAll(/<c r="\w+"/g, '<c'))],
    [
      'with texts in several runs',
      changed(plain, 'xl/sharedStrings.xml', (xml) =>
        xml.replace(
          '<si><t xml:space="preserve">Order ID</t></si>',
          '<si><r><t>Order</t></r><r><t xml:space="preserve"> ID</t></r></si>',
        ),
      ),
    ],
    [
      'with escapes of control characters',
      changed(plain, 'xl/sharedStrings.xml', (xml) => xml.replace('Order ID', 'Order_x0041_ID')),
    ],
    [
      'whose XML has prefixes',
      changed(plain, first, (xml) =>
        xml.replaceAll(/<(\/?)(worksheet|sheetData|row|c|v|dimension)\b/g, '<$1x:$2').replace('xmlns=', 'xmlns:x='),
      ),
    ],
    ['with a style of which nothing is said', changed(plain, first, (xml) => xml.replace('<c r="D2">', '<c r="D2" s="1">'))],
  ])('%s has the rows that another reader finds', async (_, bytes) => {
    const { rows, other } = await read(bytes);
    expect(rows.length).toBeGreaterThan(2);
    expect(rows).toEqual(other);
  });

  it('is not taken for plain where a cell holds more than its value', () => {
    const words = { strings: undefined, isNumber: () => true };
    const row = (cell: string) => `<sheetData><row r="1">${cell}</row></sheetData>`;
    expect(sheetRowsIn(row('<c r="A1"><v>1</v></c>'), 0, words)).toMatchObject({
      isOdd: false,
      isLast: true,
      rows: [{ line: 1, cells: [1] }],
    });
    for (const odd of [
      '<c r="A1"><f>1</f><v>1</v></c>',
      '<c r="A1" cm="1"><v>1</v></c>',
      '<x:c r="A1"><v>1</v></x:c>',
      '<c r="A1" t="s"><v>0</v></c>',
    ])
      expect(sheetRowsIn(row(odd), 0, words).isOdd, odd).toBe(true);
  });
});
