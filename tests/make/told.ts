/** How does a number of an answer read in a file? Worked out apart from how the export does it: from the API's numbers and a table of digits. */
import { dictionary } from '../../shared/kpis/dictionary.ts';

const digits: { [currency: string]: number } = { USD: 2, IDR: 2, JPY: 0, KWD: 3 };

/** The unit of a KPI in a file, and how one of its numbers reads there. */
export function unitIn(currency: string, name: string): string {
  const unit = dictionary.entries.get(name)?.kpi.unit ?? '';
  return unit === 'money' ? currency : unit === 'ratio' ? '%' : unit;
}

/** The number in its unit; a share in % to twelve digits. */
export function toldNumber(value: unknown, unit: string): unknown {
  if (typeof value !== 'number') return value ?? null;
  if (unit === '%' || unit === 'points') return Number((value * 100).toPrecision(12));
  return unit in digits ? Number((value / 10 ** (digits[unit] ?? 0)).toFixed(digits[unit])) : value;
}

/** Every digit of an amount: 267.60, not 267.6. */
export const toldText = (value: number | null | undefined, unit: string): string => {
  if (value === null || value === undefined) return '';
  return unit in digits ? (value / 10 ** (digits[unit] ?? 0)).toFixed(digits[unit]) : String(toldNumber(value, unit));
};

/** A number of a file to as many digits as `toldNumber` has. */
export const rounded = (value: unknown): unknown => (typeof value === 'number' ? Number(value.toPrecision(12)) : value);

/** The units of what a ratio divides. */
export function partUnits(currency: string, name: string): { numerator: string; denominator: string } {
  const kpi = dictionary.entries.get(name)?.kpi;
  return kpi?.kind === 'ratio'
    ? { numerator: unitIn(currency, kpi.numerator), denominator: unitIn(currency, kpi.denominator) }
    : { numerator: '', denominator: '' };
}
