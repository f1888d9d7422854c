/** Is this a region, or the address of somebody? A region is a code or a name; what leads to a door is personal, and never needed. */

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Postcodes of few digits: of Great Britain (SW1A 1AA) and Canada (K1A 0B1). All others have four digits or more, and so have phones. */
const lettered = /\b(?:[A-Z]{1,2}\d[A-Z\d]?\s*\d[A-Z]{2}|[A-Z]\d[A-Z]\s*\d[A-Z]\d)\b/i;

/** Words for streets, and for what is in a house, of the languages that sellers here write. */
const words =
  'street|st|road|rd|avenue|ave|av|lane|ln|drive|dr|boulevard|blvd|court|ct|highway|hwy|square|sq|terrace|close|crescent|' +
  'suite|apt|apartment|flat|floor|unit|house|po box|p\\.o\\. box|straße|strasse|str|weg|gasse|platz|allee|postfach|' +
  'rue|chemin|impasse|quai|allée|calle|avenida|avda|carrera|cra|colonia|apartado|rua|travessa|alameda|rodovia|praça|' +
  'jalan|jl|jln|gang|gg|rt|rw|đường|phố|ngõ|hẻm|ngách|ถนน|ซอย|หมู่|via|viale|piazza|corso|straat|laan|gracht|ulica|ul';
const streetWord = new RegExp(`(?<![\\p{L}\\p{M}])(?:${words})(?![\\p{L}\\p{M}])`, 'iu');
/** Where the word for a street is written together with its name: Hauptstraße 5, Keizersgracht 12. */
const streetEnd = /\p{L}(?:straße|strasse|str|weg|gasse|platz|allee|straat|laan|gracht|gatan|vägen|gade|vej)(?![\p{L}\p{M}])/iu;

/** Codes of ISO 3166-2, some of which hold a word for a street: RW-01. */
const code = /^[A-Z]{2}-[A-Z\d]{1,3}$/;

/** Does a text look like an address, a postcode, a phone number or an e-mail address, and not like the code or name of a region? */
export function looksLikeAddress(text: string): boolean {
  if (code.test(text)) return false;
  const digits = count(text, /\p{Nd}/gu);
  return (
    text.includes('@') ||
    count(text, /[,，、;\r\n]/g) > 1 ||
    digits >= 4 ||
    lettered.test(text) ||
    (digits > 0 && (streetWord.test(text) || streetEnd.test(text)))
  );
}
