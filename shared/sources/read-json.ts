/** What does a vendor's body say? JSON whose long ids stay whole: JSON.parse rounds integers above 2^53. */
import { parse } from 'lossless-json';

/** A number as JavaScript has it where that loses nothing; otherwise its digits as text (an id of 18 or 19 digits). */
function readNumber(digits: string): number | string {
  const number = Number(digits);
  return /^-?\d+$/.test(digits) && !Number.isSafeInteger(number) ? digits : number;
}

/**
 * The value of a JSON text, whole numbers above 2^53 as text; of a key that is written twice the later value, as JSON.parse has it.
 * Throws SyntaxError where it is no JSON.
 */
export const readJson = (text: string): unknown =>
  parse(text, undefined, { parseNumber: readNumber, onDuplicateKey: ({ newValue }) => newValue });
