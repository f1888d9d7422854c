/** What does a file's name say? When it was exported, and which days it is about. One line a form of name. */

/** A time in a name: how it is written, and its parts as `year month day hour minute second`. */
const times: readonly RegExp[] = [
  // Semua pesanan-2026-11-20-23_58.csv
  /(?<!\d)(\d{4})-(\d{2})-(\d{2})-(\d{2})_(\d{2})(?:_(\d{2}))?(?!\d)/,
  // income_20261121103005(UTC+7).xlsx
  /(?<!\d)(20\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(\d{2})(?!\d)/,
  // all_affiliate_orders_20261120.xlsx: a day alone
  /(?<!\d)(20\d{2})(\d{2})(\d{2})(?!\d)/,
];

const offset = /\(UTC(?:([+-])(\d{1,2})(?::?(\d{2}))?)?\)/i;

export interface TimeInName {
  /** `2026-11-20 23:58:00` */
  wall: string;
  /** Minutes ahead of UTC, where the name says them. */
  offset: number | undefined;
}

/** Minutes ahead of UTC that a name says: `(UTC+7)` is 420. */
export function offsetInName(name: string): number | undefined {
  const match = offset.exec(name);
  if (!match) return undefined;
  const [, sign, hours = '0', minutes = '0'] = match;
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** The time of export in a name; undefined where it has none. */
export function timeInName(name: string): TimeInName | undefined {
  for (const form of times) {
    const match = form.exec(name);
    if (!match) continue;
    const [year, month, day, hour = '00', minute = '00', second = '00'] = match.slice(1);
    const wall = `${year}-${month}-${day} ${hour}:${minute}:${second}`;
    if (!Number.isNaN(Date.parse(`${wall.replace(' ', 'T')}Z`))) return { wall, offset: offsetInName(name) };
  }
  return undefined;
}

/** The days that a text is about: `2026-10-01 ~ 2026-10-31`, `2026-11-01 to 2026-11-20`, or one day. */
export function periodIn(text: string): { from: string; to: string } | undefined {
  const days = [...text.matchAll(/(?<!\d)(\d{4})[-_/](\d{2})[-_/](\d{2})(?!\d)/g)].map(([, y, m, d]) => `${y}-${m}-${d}`);
  const [from, to = from] = days;
  return from === undefined || to === undefined || from > to || Number.isNaN(Date.parse(from)) || Number.isNaN(Date.parse(to))
    ? undefined
    : { from, to };
}
