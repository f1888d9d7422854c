/** How does a cell of a sheet read, and in which number format? Dates, percent, durations and amounts are typed, text is inline and harmless. */
import { isCurrency, minorDigits } from '../money.ts';
import type { Placed, Row } from './columns.ts';
import { decimalOf, percent, points } from './quantity.ts';
import { textCell } from './xlsx-xml.ts';

/** Number formats of a workbook in the order of their styles; the first two styles are plain cells and headers. */
export interface Styles {
  formats: string[];
  of(format: string): number;
}

export function makeStyles(): Styles {
  const places = new Map<string, number>();
  const formats: string[] = [];
  const of = (format: string): number => {
    const known = places.get(format);
    if (known !== undefined) return known;
    const place = formats.push(format) + 1;
    places.set(format, place);
    return place;
  };
  return { formats, of };
}

const empty = '<c/>';
const number = (styles: Styles, format: string, value: number | string): string =>
  `<c s="${styles.of(format)}"><v>${value}</v></c>`;

const aDay = 86_400_000;
/** Spreadsheets count days from here; all of ours come after their leap day that never was. */
const start = Date.UTC(1899, 11, 30);
const serial = (ms: number): number => (ms - start) / aDay;

const day = 'yyyy\\-mm\\-dd';
const clock = `${day}\\ hh:mm:ss`;
const isDay = /^\d{4}-\d\d-\d\d$/;
const isTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?(?:Z|[+-]\d\d:\d\d)?$/;
const offset = /(?:Z|[+-]\d\d:\d\d)$/;

/** A day, or a time by the clock that it was told on. */
function dayCell(styles: Styles, text: string): string {
  if (isDay.test(text)) return number(styles, day, serial(Date.parse(text)));
  return isTime.test(text) ? number(styles, clock, serial(Date.parse(`${text.replace(offset, '')}Z`))) : textCell(text);
}

const moneyFormats = new Map<string, string>();
/** An amount with its currency and all digits of it; undefined for a unit that is none. */
function moneyFormatOf(unit: string): string | undefined {
  const known = moneyFormats.get(unit);
  if (known || !isCurrency(unit)) return known;
  const digits = minorDigits(unit);
  const format = `[$${unit}]\\ #,##0${digits ? `.${'0'.repeat(digits)}` : ''}`;
  moneyFormats.set(unit, format);
  return format;
}

function quantityCell(styles: Styles, value: number, unit: string): string {
  const money = moneyFormatOf(unit);
  if (money) return number(styles, money, decimalOf(value, unit));
  if (unit === percent) return number(styles, '0.0%', value);
  if (unit === points) return number(styles, '0.0', decimalOf(value, unit));
  // Spreadsheets show no time below zero.
  if (unit === 'seconds') return value < 0 ? number(styles, '#,##0\\ "s"', value) : number(styles, '[h]:mm:ss', value / 86_400);
  return number(styles, Number.isInteger(value) ? '#,##0' : '#,##0.00', value);
}

/** The unit as the cells beside it show it. */
const shownUnit = (unit: string): string => (unit === 'seconds' ? 'h:mm:ss' : unit);

export function cellXml(styles: Styles, { column: { type }, place, unitOf }: Placed, row: Row): string {
  const cell = row[place] ?? null;
  // An empty cell keeps the others in their columns.
  if (cell === null) return empty;
  if (typeof cell === 'boolean') return `<c t="b"><v>${cell ? 1 : 0}</v></c>`;
  if (typeof cell === 'string') {
    if (type === 'day') return dayCell(styles, cell);
    if (type === 'instant') return number(styles, clock, serial(Date.parse(cell)));
    return textCell(type === 'unit' ? shownUnit(cell) : cell);
  }
  if (type === 'quantity') return quantityCell(styles, cell, unitOf(row));
  return type === 'integer' ? number(styles, '0', cell) : `<c><v>${cell}</v></c>`;
}
