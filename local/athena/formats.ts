/** How are patterns of dates written for DuckDB? Only letters that both write alike. */
import { notKnown } from './errors.ts';

const mysql: { [letter: string]: string } = {
  Y: '%Y',
  m: '%m',
  d: '%d',
  H: '%H',
  i: '%M',
  s: '%S',
  S: '%S',
  M: '%B',
  b: '%b',
  a: '%a',
  W: '%A',
  j: '%j',
  T: '%H:%M:%S',
  '%': '%%',
};
const joda: { [letters: string]: string } = {
  yyyy: '%Y',
  MM: '%m',
  dd: '%d',
  HH: '%H',
  mm: '%M',
  ss: '%S',
  SSS: '%g',
  EEE: '%a',
  EEEE: '%A',
  MMM: '%b',
  MMMM: '%B',
};

/** The pattern of `date_format` ('%Y-%m') or `format_datetime` ('yyyy-MM') as strftime has it. Throws on letters it does not know. */
export function strftimeOf(name: 'date_format' | 'format_datetime', pattern: string | undefined): string {
  if (pattern === undefined) throw notKnown(`a pattern of ${name} that is computed`);
  const refuse = (part: string): never => {
    throw notKnown(`${part} in the pattern of ${name}`);
  };
  if (name === 'date_format') return pattern.replaceAll(/%(.?)/g, (part, letter: string) => mysql[letter] ?? refuse(part));
  return pattern.replaceAll(/'([^']*)'|([A-Za-z])\2*|%/g, (part, text: string | undefined) =>
    text === undefined ? (part === '%' ? '%%' : (joda[part] ?? refuse(part))) : text.replaceAll('%', '%%'),
  );
}
