/** How are amounts counted? In integers of minor units with an ISO 4217 code; never in floating point. */

// Exponents by ISO 4217 (SIX list one). TRICKY: Intl's digits are CLDR's and differ (IDR, HUF), so the table is explicit.
const withoutMinorUnit = 'BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF';
const withThreeDigits = 'BHD IQD JOD KWD LYD OMR TND';
const withFourDigits = 'CLF UYW';
const withTwoDigits =
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY COP COU ' +
  'CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS INR IRR JMD KES ' +
  'KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR ' +
  'NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TOP ' +
  'TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG';

const exponents = new Map<string, number>();
for (const [codes, digits] of [
  [withoutMinorUnit, 0],
  [withTwoDigits, 2],
  [withThreeDigits, 3],
  [withFourDigits, 4],
] as const)
  for (const code of codes.split(' ')) exponents.set(code, digits);

export const isCurrency = (code: string): boolean => exponents.has(code);

/** Decimal digits of a currency's minor unit: USD 2, JPY 0, KWD 3. Throws RangeError for an unknown code. */
export function minorDigits(currency: string): number {
  const digits = exponents.get(currency);
  if (digits === undefined) throw new RangeError(`unknown currency ${currency}`);
  return digits;
}

/** numerator ÷ denominator as an integer, halves to the even neighbour. */
function divideHalfEven(numerator: bigint, denominator: bigint): bigint {
  const sign = numerator < 0n ? -1n : 1n;
  const magnitude = numerator * sign;
  const quotient = magnitude / denominator;
  const twice = (magnitude % denominator) * 2n;
  const roundsUp = twice > denominator || (twice === denominator && quotient % 2n === 1n);
  return sign * (roundsUp ? quotient + 1n : quotient);
}

/** A decimal string such as "12.3450" as digits and scale. Throws RangeError for anything else. */
function parseDecimal(text: string): { digits: bigint; scale: number } {
  const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
  if (!match) throw new RangeError(`not a decimal number: ${text}`);
  const fraction = match[3] ?? '';
  return { digits: BigInt(`${match[1]}${match[2]}${fraction}`), scale: fraction.length };
}

/** A decimal string ("19.99") in minor units (1999), halves to even. Throws RangeError on other text. */
export function toMinor(text: string, currency: string): number {
  const { digits, scale } = parseDecimal(text);
  const shift = minorDigits(currency) - scale;
  return Number(shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift)));
}

/**
 * Minor units of one currency in minor units of another; rate = units of `to` for one unit of `from`, as a decimal string.
 * Halves go to the even neighbour. Exact: no floating point on the way. Throws RangeError where no number holds the result exactly.
 */
export function convert(amount: number, from: string, to: string, rate: string): number {
  const { digits, scale } = parseDecimal(rate);
  const shift = minorDigits(to) - minorDigits(from) - scale;
  const product = BigInt(amount) * digits;
  const result = Number(shift >= 0 ? product * 10n ** BigInt(shift) : divideHalfEven(product, 10n ** BigInt(-shift)));
  if (!Number.isSafeInteger(result)) throw new RangeError(`${amount} ${from} is too large an amount in ${to} at ${rate}`);
  return result;
}
