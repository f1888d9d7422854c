/** What is an amount such as "Rp9.900"? Affiliate orders write some for people to read: what the sign says of the country decides, never a guess. */
import { minorDigits, toMinor } from '../../money.ts';

/** Signs in front of an amount, with the currency they stand for and a locale that writes it so. The longer of two that fit comes first. */
const signs: { sign: string; currency: string; locale: string }[] = [
  { sign: 'Rp', currency: 'IDR', locale: 'id-ID' },
  { sign: 'R$', currency: 'BRL', locale: 'pt-BR' },
  { sign: 'RM', currency: 'MYR', locale: 'ms-MY' },
  { sign: 'S$', currency: 'SGD', locale: 'en-SG' },
  { sign: 'MX$', currency: 'MXN', locale: 'es-MX' },
  { sign: '$', currency: 'MXN', locale: 'es-MX' },
  { sign: '$', currency: 'SGD', locale: 'en-SG' },
  { sign: '$', currency: 'USD', locale: 'en-US' },
  { sign: '£', currency: 'GBP', locale: 'en-GB' },
  { sign: '₱', currency: 'PHP', locale: 'en-PH' },
  { sign: '฿', currency: 'THB', locale: 'th-TH' },
  { sign: '₫', currency: 'VND', locale: 'vi-VN' },
  { sign: '¥', currency: 'JPY', locale: 'ja-JP' },
];

const marks = new Map<string, { group: string; decimal: string }>();

/** What stands between groups of three digits and before decimals in a locale. */
function marksOf(locale: string): { group: string; decimal: string } {
  const known = marks.get(locale);
  if (known) return known;
  const parts = new Intl.NumberFormat(locale).formatToParts(1_234_567.8);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  const found = { group: of('group'), decimal: of('decimal') };
  marks.set(locale, found);
  return found;
}

const escaped = (mark: string): string => mark.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');

/**
 * Minor units of an amount that is written as a plain decimal ("250", "12.50") or with the sign of its currency ("Rp9.900" is 9900 rupiah).
 * Throws RangeError where the sign is of another currency or not known, or the digits are not written as that country writes them.
 */
export function localisedAmount(text: string, currency: string): number {
  const trimmed = text.trim();
  if (/^-?\d+(\.\d+)?$/.test(trimmed)) return toMinor(trimmed, currency);
  const found = signs.find((each) => each.currency === currency && trimmed.replace(/^-/, '').startsWith(each.sign));
  if (!found) throw new RangeError(`${text} cannot be read as an amount of ${currency}: its sign is not known for this currency`);
  const { group, decimal } = marksOf(found.locale);
  const digits = trimmed.replace(found.sign, '').replaceAll(/[\s\u00a0]/g, '');
  const grouped = new RegExp(
    `^-?\\d{1,3}(?:${escaped(group)}\\d{3})*(?:${escaped(decimal)}\\d{1,${Math.max(1, minorDigits(currency))}})?$`,
  );
  const bare = new RegExp(`^-?\\d+(?:${escaped(decimal)}\\d+)?$`);
  if (!grouped.test(digits) && !bare.test(digits))
    throw new RangeError(
      `${text} cannot be read as an amount of ${currency}: there "${group}" parts thousands and "${decimal}" begins decimals`,
    );
  return toMinor(digits.replaceAll(group, '').replace(decimal, '.'), currency);
}
