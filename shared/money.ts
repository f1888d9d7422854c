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

/** Withdrawn since 2019 (ISO 4217, list three), with what took their place: amounts of before still come in. Two digits each. */
export const withdrawn: { readonly [code: string]: string } = {
  BGN: 'EUR',
  HRK: 'EUR',
  ANG: 'XCG',
  SLL: 'SLE',
  CUC: 'CUP',
  ZWL: 'ZWG',
};
/** Codes that were never, or are no more, currencies: what people mean by them. */
const mistaken: { readonly [code: string]: string } = {
  RMB: 'CNY',
  NTD: 'TWD',
  UKP: 'GBP',
  STD: 'STN',
  MRO: 'MRU',
  VEF: 'VES',
  BYR: 'BYN',
  LTL: 'EUR',
  DEM: 'EUR',
};

const exponents = new Map<string, number>();
for (const [codes, digits] of [
  [withoutMinorUnit, 0],
  [withTwoDigits, 2],
  [withThreeDigits, 3],
  [withFourDigits, 4],
] as const)
  for (const code of codes.split(' ')) exponents.set(code, digits);
for (const code of Object.keys(withdrawn)) exponents.set(code, 2);

export const isCurrency = (code: string): boolean => exponents.has(code);

/** What was most likely meant by a code that is no currency: the same in capitals, or what is written for it. */
export function successorsOf(code: string): string[] {
  const capitals = code.trim().toUpperCase();
  const found = isCurrency(capitals) ? capitals : mistaken[capitals];
  return found ? [found] : [];
}

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
  const minor = minorDigits(currency);
  if (/^\d{1,11}$/.test(text)) return Number(text) * 10 ** minor;
  const plain = /^(\d{1,11})(?:\.(\d{1,4}))?$/.exec(text);
  const decimals = plain?.[2] ?? '';
  // As nearly all amounts are written, and exact in floating point.
  if (plain && decimals.length <= minor) return Number(plain[1]) * 10 ** minor + Number(decimals.padEnd(minor, '0'));
  const { digits, scale } = parseDecimal(text);
  const shift = minor - scale;
  return Number(shift >= 0 ? digits * 10n ** BigInt(shift) : divideHalfEven(digits, 10n ** BigInt(-shift)));
}

/** An exact amount in minor units: numerator ÷ denominator, the denominator above zero. */
interface Exact {
  numerator: bigint;
  denominator: bigint;
}

/** What an amount comes to exactly in another currency, before it is rounded. */
function exactly(amount: number, from: string, to: string, rate: string): Exact {
  const { digits, scale } = parseDecimal(rate);
  const shift = minorDigits(to) - minorDigits(from) - scale;
  const product = BigInt(amount) * digits;
  return shift >= 0
    ? { numerator: product * 10n ** BigInt(shift), denominator: 1n }
    : { numerator: product, denominator: 10n ** BigInt(-shift) };
}

function requireSafe(result: number, amount: number, from: string, to: string, rate: string): number {
  if (!Number.isSafeInteger(result)) throw new RangeError(`${amount} ${from} is too large an amount in ${to} at ${rate}`);
  return result;
}

/**
 * Minor units of one currency in minor units of another; rate = units of `to` for one unit of `from`, as a decimal string.
 * Halves go to the even neighbour. Exact: no floating point on the way. Throws RangeError where no number holds the result exactly.
 */
export function convert(amount: number, from: string, to: string, rate: string): number {
  const { numerator, denominator } = exactly(amount, from, to, rate);
  return requireSafe(Number(divideHalfEven(numerator, denominator)), amount, from, to, rate);
}

/** Parts of a minor unit that `unrounded` counts in. */
export const partsOfUnit = 1_000_000_000_000_000;

/**
 * What an amount (not negative) comes to before it is rounded, less the largest even number of units in it: 0 to below 2 units, in 10^-15 of one.
 * Enough to round several amounts as one: an even number of units more moves no half to another neighbour.
 */
export function unrounded(amount: number, from: string, to: string, rate: string): number {
  const { numerator, denominator } = exactly(amount, from, to, rate);
  return Number(divideHalfEven((numerator % (2n * denominator)) * BigInt(partsOfUnit), denominator));
}

/** A sum of what `unrounded` says, in whole units. */
export const rounded = (sum: bigint): number => Number(divideHalfEven(sum, BigInt(partsOfUnit)));

/**
 * Amounts of one currency in another, so that they sum to their whole: each is rounded down, and the units that are missing go to those
 * with the largest remainders, the earlier first (the largest remainder method). `whole` in minor units of `to`; absent: what the sum of the
 * amounts comes to. Amounts may have either sign; one without a remainder is left as it is while others have one. Exact, like `convert`.
 */
export function convertParts(amounts: number[], from: string, to: string, rate: string, whole?: number): number[] {
  const total =
    whole ??
    convert(
      amounts.reduce((sum, amount) => sum + amount, 0),
      from,
      to,
      rate,
    );
  const parts = amounts.map((amount, i) => {
    const { numerator, denominator } = exactly(amount, from, to, rate);
    const remainder = ((numerator % denominator) + denominator) % denominator;
    const floor = Number((numerator - remainder) / denominator);
    return { i, remainder, amount: requireSafe(floor, amount, from, to, rate), isZero: amount === 0 };
  });
  const missing = total - parts.reduce((sum, { amount }) => sum + amount, 0);
  // All have the same denominator: remainders can be compared. What is nothing gets nothing while something else can take it.
  const order = parts.toSorted((a, b) => Number(a.isZero) - Number(b.isZero) || Number(b.remainder - a.remainder) || a.i - b.i);
  const takers = missing >= 0 ? order : order.filter(({ isZero }) => !isZero).reverse();
  const filled = takers.length ? takers : order;
  for (let unit = 0; unit < Math.abs(missing) && filled.length; unit++) {
    const part = filled[unit % filled.length];
    if (part) part.amount += Math.sign(missing);
  }
  return parts.map(({ amount }) => amount);
}
