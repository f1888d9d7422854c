/** How is a number told? In the reader's language, in the unit of its KPI. */
import { minorDigits } from '../../shared/money.ts';
import { remembered } from './formats.ts';
import { say } from './say.ts';

export type Unit = 'money' | 'count' | 'ratio' | 'seconds';

/** What stands where there is no number. */
export const none = '–';

const formatOf = remembered((locale, options: Intl.NumberFormatOptions) => new Intl.NumberFormat(locale, options));

/** Minor units as a decimal, digit by digit: a quotient would lose the last cents of very large amounts. */
function decimalOf(minor: number, digits: number): Intl.StringNumericLiteral {
  const text = String(Math.abs(Math.round(minor))).padStart(digits + 1, '0');
  const [whole, rest] = [text.slice(0, text.length - digits), text.slice(text.length - digits)];
  return `${minor < 0 ? '-' : ''}${whole}${digits ? `.${rest}` : ''}` as Intl.StringNumericLiteral;
}

/** A line may end behind a hyphen that no digit follows, such as the sign of -$5: a word joiner keeps both together. */
const whole = (text: string): string => text.replace(/-(?=[^\d\s])/u, '-\u2060');

/** Minor units as an amount; exact where it is printed in full. */
function money(minor: number, currency: string, isShort: boolean): string {
  const digits = minorDigits(currency);
  if (isShort && Math.abs(minor) >= 10_000 * 10 ** digits)
    return whole(
      formatOf({ style: 'currency', currency, notation: 'compact', maximumFractionDigits: 1 }).format(minor / 10 ** digits),
    );
  const trailing = isShort ? ({ trailingZeroDisplay: 'stripIfInteger' } as const) : {};
  return whole(
    formatOf({
      style: 'currency',
      currency,
      minimumFractionDigits: digits,
      maximumFractionDigits: digits,
      ...trailing,
    }).format(decimalOf(minor, digits)),
  );
}

const spans = [
  [86_400, 'duration.day'],
  [3_600, 'duration.hour'],
  [60, 'duration.minute'],
  [1, 'duration.second'],
] as const;

/** Seconds as its two largest spans: 1 d 4 h, 12 min 3 s. */
export function duration(seconds: number): string {
  if (seconds < 0) return `−${duration(-seconds)}`;
  const first = spans.findIndex(([length]) => seconds >= length);
  if (first < 0) return say('duration.second', { n: Math.round(seconds) });
  const [[big, unit], small] = [spans[first] as (typeof spans)[number], spans[first + 1]];
  if (!small) return say(unit, { n: Math.round(seconds) });
  const whole = Math.floor(seconds / big);
  const rest = Math.round((seconds - whole * big) / small[0]);
  if (rest * small[0] >= big) return say(unit, { n: whole + 1 });
  return rest ? `${say(unit, { n: whole })} ${say(small[1], { n: rest })}` : say(unit, { n: whole });
}

export interface NumberFormat {
  unit: Unit;
  currency: string;
  /** Fewer digits, for axes and small places. */
  isShort?: boolean;
}

/** A number in its unit; a dash where there is none. */
export function formatNumber(value: number | null | undefined, { unit, currency, isShort = false }: NumberFormat): string {
  if (value === null || value === undefined) return none;
  if (unit === 'money') return money(value, currency, isShort);
  if (unit === 'seconds') return duration(value);
  if (unit === 'ratio')
    return formatOf({ style: 'percent', minimumFractionDigits: isShort ? 0 : 1, maximumFractionDigits: 1 }).format(value);
  return isShort && Math.abs(value) >= 10_000
    ? formatOf({ notation: 'compact', maximumFractionDigits: 1 }).format(value)
    : formatOf({ maximumFractionDigits: 2 }).format(value);
}

/** A change as a share with its sign: +12.2 %; beyond ten times as a factor. */
export function formatChange(change: number): string {
  if (change >= 10) return `×${formatOf({ maximumFractionDigits: 0 }).format(change + 1)}`;
  return formatOf({ style: 'percent', signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(
    change,
  );
}

/** A change of a rate, in percentage points with its sign: +1.2 pts. */
export const formatPoints = (difference: number): string =>
  say('number.points', {
    number: formatOf({ signDisplay: 'exceptZero', minimumFractionDigits: 1, maximumFractionDigits: 1 }).format(difference * 100),
  }).replace(' ', '\u00A0');

/** How long until something is due, or how long it is late: 3 h left, 2 d late. */
export const formatLeft = (hours: number): string =>
  say(hours < 0 ? 'rows.late' : 'rows.left', { time: duration(Math.abs(hours) * 3600) });
