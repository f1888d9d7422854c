/** When is a schedule due next? rate() and cron() as EventBridge writes them, in UTC; what is not known here is refused. */

const minute = 60_000;
const units: Record<string, number> = { minute, hour: 60 * minute, day: 1440 * minute };
const months = 'JAN FEB MAR APR MAY JUN JUL AUG SEP OCT NOV DEC'.split(' ');
const weekdays = 'SUN MON TUE WED THU FRI SAT'.split(' ');

interface Field {
  name: string;
  from: number;
  to: number;
  words?: string[];
}

const fields: Field[] = [
  { name: 'minutes', from: 0, to: 59 },
  { name: 'hours', from: 0, to: 23 },
  { name: 'day of month', from: 1, to: 31 },
  { name: 'month', from: 1, to: 12, words: months },
  { name: 'day of week', from: 1, to: 7, words: weekdays },
  { name: 'year', from: 1970, to: 2199 },
];

/** Makes a function from an instant (ms) to the first later one that is due. Throws on an expression it does not understand. */
export function makeNext(expression: string): (after: number) => number {
  const rate = /^rate\((\d+) (minute|hour|day)s?\)$/.exec(expression);
  // AWS counts from when the schedule was made; counting from the epoch instead is the same at every start.
  if (rate) return everyMilliseconds(Number(rate[1]) * (units[rate[2] ?? ''] ?? minute));
  const cron = /^cron\((.+)\)$/.exec(expression)?.[1]?.trim().split(/\s+/);
  if (cron?.length !== fields.length) throw new Error(`The schedule ${expression} is neither rate(…) nor cron(… six fields).`);
  const [minutes, hours, days, monthsOf, weekdaysOf, years] = fields.map((field, i) =>
    membersOf(field, cron[i] ?? '', expression),
  );
  return (after) => {
    const beyond = after + 5 * 366 * 1440 * minute;
    for (let at = (Math.floor(after / minute) + 1) * minute; at < beyond; ) {
      const date = new Date(at);
      const isDay =
        years?.has(date.getUTCFullYear()) &&
        monthsOf?.has(date.getUTCMonth() + 1) &&
        days?.has(date.getUTCDate()) &&
        weekdaysOf?.has(date.getUTCDay() + 1);
      if (!isDay) at = (Math.floor(at / (1440 * minute)) + 1) * 1440 * minute;
      else if (!hours?.has(date.getUTCHours())) at = (Math.floor(at / (60 * minute)) + 1) * 60 * minute;
      else if (!minutes?.has(date.getUTCMinutes())) at += minute;
      else return at;
    }
    return Number.POSITIVE_INFINITY;
  };
}

const everyMilliseconds =
  (step: number) =>
  (after: number): number =>
    (Math.floor(after / step) + 1) * step;

/** The values that a field stands for: `*`, `?`, numbers and names, ranges, steps, lists of them. */
function membersOf({ name, from, to, words }: Field, text: string, expression: string): Set<number> {
  const members = new Set<number>();
  for (const part of text.split(',')) {
    const match = /^(?:([*?])|(\w+)(?:-(\w+))?)(?:\/(\d+))?$/.exec(part);
    const numberOf = (word: string): number => {
      const index = words?.indexOf(word.toUpperCase()) ?? -1;
      return index >= 0 ? index + from : /^\d+$/.test(word) ? Number(word) : Number.NaN;
    };
    const step = Number(match?.[4] ?? 1);
    const first = match?.[1] ? from : numberOf(match?.[2] ?? '');
    const last = match?.[1] || (match?.[4] && !match[3]) ? to : numberOf(match?.[3] ?? match?.[2] ?? '');
    if (!(first >= from && last <= to && first <= last && step > 0))
      throw new Error(`${part} is no ${name} that the local scheduler knows, in ${expression}.`);
    for (let value = first; value <= last; value += step) members.add(value);
  }
  return members;
}
