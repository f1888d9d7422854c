/** Which text would a spreadsheet take for a formula? It is led by an apostrophe, so that opening a file runs nothing. */

// OWASP, CSV injection: what begins with one of these is evaluated, or moves the cursor to a cell where something else is.
const risky = /^[=+\-@\t\r\n＝＋－＠]/;

/** Text that a spreadsheet shows and does not run. Numbers are no text: a negative amount stays a number. */
export const harmless = (text: string): string => (risky.test(text) ? `'${text}` : text);
