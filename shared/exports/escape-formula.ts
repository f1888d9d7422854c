/** Which text would a spreadsheet take for a formula? It is led by an apostrophe, so that opening a file runs nothing (formula-injection escaping). */

// OWASP, CSV injection: what begins with one of these is evaluated, or moves the cursor to a cell where something else is.
const signs = '=+\\-@＝＋－＠';
// Signs that readers drop or pass over before they look at the first one: controls, blanks, marks of byte order and of no width.
const unseen = '\\p{Cc}\\p{Cf}\\p{Z}\\u3164\\u115F\\u1160\\uFFA0';
const first = new RegExp(`^[${unseen}"']*[${signs}]|^[\\t\\r\\n]`, 'u');
// A reader that takes semicolons, tabs or bars for separators begins a cell behind each of them, inside quotes too: a quote that does not
// begin its cell is text. So the apostrophe stands behind the separator. No separator is passed over: the work stays linear.
const behindSeparator = new RegExp(`([;|\\t\\r\\n])(?=(?:(?![\\t\\r\\n])[${unseen}"'])*[${signs}])`, 'gu');

/** Text that a spreadsheet shows and does not run. Numbers are no text: a negative amount stays a number. */
export const escapeFormula = (text: string): string => (first.test(text) ? `'${text}` : text).replace(behindSeparator, "$1'");

/** The text that `escapeFormula` made this of; text that it did not make stays. */
export function unescapeFormula(text: string): string {
  const before = text.replace(/^'/, '').replaceAll(/([;|\t\r\n])'/g, '$1');
  return before !== text && escapeFormula(before) === text ? before : text;
}
