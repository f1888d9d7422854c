/** Which series does a file of rows hold? Checked row by row; what is wrong is named with its row and the remedy. */

export interface ForecastRow {
  id: string | number;
  periods: number[];
  horizon: number;
  train: (number | null)[];
}

/** Hours repeat by the day and by the week. */
function periodsOf(freq: number[], period: unknown): number[] {
  const hasHours = freq.includes(24) || freq.includes(168);
  return hasHours && /hour|^undefined$/i.test(String(period)) ? [...new Set([24, 168, ...freq])] : freq;
}

function readRow(row: unknown, at: number): ForecastRow | string {
  if (typeof row !== 'object' || row === null) return `Row ${at} is no object: write {"id", "freq", "h", "train"}.`;
  const { id, freq, h, train, period } = row as Record<string, unknown>;
  if (typeof id !== 'string' && typeof id !== 'number') return `Row ${at} has no id: give it one, a text or a number.`;
  const name = `Row ${at} (${id})`;
  if (!Number.isInteger(h) || (h as number) < 1)
    return `${name}: h is ${JSON.stringify(h)}; give how many values ahead, 1 or more.`;
  const seasons = Array.isArray(freq) ? freq : [freq ?? 1];
  if (!seasons.every((season) => Number.isInteger(season) && season >= 1))
    return `${name}: freq is ${JSON.stringify(freq)}; give how many values a season lasts, 1 for none.`;
  if (!Array.isArray(train)) return `${name} has no list "train": give its history, oldest value first.`;
  const odd = train.findIndex((value) => value !== null && !(typeof value === 'number' && Number.isFinite(value)));
  if (odd >= 0)
    return `${name}: value ${odd + 1} of train is ${JSON.stringify(train[odd])}; give a number, or null where it is not known.`;
  return { id, periods: periodsOf(seasons, period), horizon: h as number, train };
}

/** All rows of a file's text, or what is wrong with the first that is wrong. */
export function readRows(text: string, file: string): ForecastRow[] | string {
  let read: unknown;
  try {
    read = JSON.parse(text);
  } catch (reason) {
    return `${file} is no JSON (${(reason as Error).message}): write a list of rows.`;
  }
  const list = Array.isArray(read) ? read : (read as { rows?: unknown } | null)?.rows;
  if (!Array.isArray(list)) return `${file} holds no list of rows: write [{"id", "freq", "h", "train"}, …] or {"rows": […]}.`;
  const rows: ForecastRow[] = [];
  for (const [i, row] of list.entries()) {
    const one = readRow(row, i + 1);
    if (typeof one === 'string') return one;
    rows.push(one);
  }
  return rows;
}
