/** Are all currencies known, and only IANA's names of zones; and is what was meant suggested? */
import { describe, expect, it } from 'vitest';
import { currency, timeZone } from '../shared/events/fields.ts';
import { isCurrency, minorDigits, withdrawn } from '../shared/money.ts';
import { isZone } from '../shared/time.ts';
import { nearestZones, zoneNames } from '../shared/zone-names.ts';

/** ISO 4217, active codes, as the iso-codes project listed them in February 2026 (PyPI pycountry 26.2.16). */
const active = (
  'AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BHD BIF BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CLF ' +
  'CLP CNY COP COU CRC CUP CVE CZK DJF DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GNF GTQ GYD HKD HNL HTG HUF ' +
  'IDR ILS INR IQD IRR ISK JMD JOD JPY KES KGS KHR KMF KPW KRW KWD KYD KZT LAK LBP LKR LRD LSL LYD MAD MDL MGA MKD MMK MNT ' +
  'MOP MRU MUR MVR MWK MXN MXV MYR MZN NAD NGN NIO NOK NPR NZD OMR PAB PEN PGK PHP PKR PLN PYG QAR RON RSD RUB RWF SAR SBD ' +
  'SCR SDG SEK SGD SHP SLE SOS SRD SSP STN SVC SYP SZL THB TJS TMT TND TOP TRY TTD TWD TZS UAH UGX USD USN UYI UYU UYW UZS ' +
  'VED VES VND VUV WST XAD XAF XAG XAU XBA XBB XBC XBD XCD XCG XDR XOF XPD XPF XPT XSU XTS XUA XXX YER ZAR ZMW ZWG'
).split(' ');
/** Metals, units of account, bonds, tests: nobody is paid in them. */
const noMoney = /^X(AG|AU|BA|BB|BC|BD|DR|PD|PT|SU|TS|UA|XX)$/;

const said = (
  schema: { safeParse: (text: string) => { success: boolean; error?: { issues: { message: string }[] } } },
  text: string,
) => {
  const { success, error } = schema.safeParse(text);
  return success ? 'taken' : (error?.issues[0]?.message ?? '');
};

describe('a currency', () => {
  it('of ISO 4217 is known, each of them', () => {
    expect(active.filter((code) => isCurrency(code) === noMoney.test(code))).toEqual([]);
  });
  it.each(Object.keys(withdrawn))('%s, withdrawn lately, is known: amounts of before still come in', (code) =>
    expect(minorDigits(code)).toBe(2),
  );
  it.each([
    ['IDR', 2],
    ['HUF', 2],
    ['COP', 2],
    ['JPY', 0],
    ['VND', 0],
    ['KRW', 0],
    ['KWD', 3],
    ['UYW', 4],
    ['MGA', 2],
  ])('%s has %s digits', (code, digits) => expect(minorDigits(String(code))).toBe(digits));
  it.each([
    ['usd', 'USD'],
    ['RMB', 'CNY'],
    ['DEM', 'EUR'],
  ])('%s is refused, and %s suggested', (code, meant) =>
    expect(said(currency(), code)).toBe(`unknown currency ${code}: use an ISO 4217 code; did you mean ${meant}?`),
  );
  it.each(['XAU', 'XXX', 'QQQ', ''])('%j is none', (code) => expect(said(currency(), code)).toContain('use an ISO 4217 code'));
});

describe('a time zone', () => {
  it('of IANA is taken, each that this platform knows', () => {
    const known = [...zoneNames].filter((name) => isZone(name));
    expect(known.length).toBeGreaterThan(zoneNames.size - 8);
    expect(known.filter((name) => said(timeZone(), name) !== 'taken')).toEqual([]);
  });
  it.each([
    ['BST', 'Europe/London'],
    ['IST', 'Asia/Kolkata'],
    ['CST', 'America/Chicago'],
    ['ACT', 'Australia/Adelaide'],
    ['europe/london', 'Europe/London'],
    ['America/New York', 'America/New_York'],
    ['Jakarta', 'Asia/Jakarta'],
    ['Asia/Ho_Chi_Min', 'Asia/Ho_Chi_Minh'],
  ])('%s is refused, and %s suggested', (name, meant) => {
    expect(said(timeZone(), name)).toMatch(`unknown time zone ${name}: use an IANA name; did you mean ${meant}`);
    expect(nearestZones(name)[0]).toBe(meant);
  });
  it.each(['SystemV/EST5EDT', 'GMT+5', 'UTC+7', '+07:00', 'PRT', 'VST', 'AST', 'Mars/Base', ''])('%j is none', (name) =>
    expect(said(timeZone(), name)).toContain('use an IANA name'),
  );

  const offsetOf = (zone: string, month: number): number => {
    const format = new Intl.DateTimeFormat('en', { timeZone: zone, timeZoneName: 'longOffset' });
    const name = format.formatToParts(Date.UTC(2026, month, 15)).find(({ type }) => type === 'timeZoneName')?.value ?? '';
    const [, sign, hours, minutes] = /GMT(?:([+-])(\d\d):(\d\d))?/.exec(name) ?? [];
    return sign ? (sign === '-' ? -1 : 1) * (60 * Number(hours) + Number(minutes)) : 0;
  };
  const offsets = Array.from({ length: 2 * 14 * 4 + 1 }, (_, i) => (i - 14 * 4) * 15);
  const spellings = offsets.flatMap((minutes): [string, number][] => {
    const [sign, hours, rest] = [minutes < 0 ? '-' : '+', Math.floor(Math.abs(minutes) / 60), Math.abs(minutes) % 60];
    const long = `${String(hours).padStart(2, '0')}:${String(rest).padStart(2, '0')}`;
    const whole = rest
      ? []
      : [`GMT${sign}${hours}`, `utc ${sign}${hours}`, `UTC${hours}`, `GMT${sign}0${hours}`, `${sign}${hours}`];
    const all = [`UTC${sign}${long}`, `${sign}${long}`, `GMT${sign}${long.replace(':', '')}`, ...whole];
    return all.map((text) => [text, text === `UTC${hours}` ? Math.abs(minutes) : minutes]);
  });
  it('that is an offset is never answered with a zone of another one, summer or winter', () => {
    for (const [text, minutes] of spellings)
      for (const zone of nearestZones(text))
        for (const month of [0, 6]) expect(offsetOf(zone, month), `${text}: ${zone}`).toBe(minutes);
  });
  it.each([
    ['GMT+7', 'Asia/Jakarta or Asia/Bangkok or Etc/GMT-7? (the sign of Etc/GMT-7 is reversed: it is 7 h ahead of UTC)'],
    ['UTC+07:00', 'Asia/Jakarta or Asia/Bangkok or Etc/GMT-7? (the sign'],
    ['UTC-8', 'Etc/GMT+8? (the sign of Etc/GMT+8 is reversed: it is 8 h behind UTC)'],
    ['+05:30', 'Asia/Kolkata?'],
    ['UTC+0', 'UTC?'],
    ['Z', 'UTC?'],
    ['utc', 'UTC'],
    ['WEST', 'Europe/Lisbon?'],
    ['Europe/Berln', 'Europe/Berlin?'],
    ['Singapur', 'Singapore'],
  ])('%s is refused, and what it means suggested', (name, meant) =>
    expect(said(timeZone(), name)).toContain(`use an IANA name; did you mean ${meant}`),
  );
  it.each(['GMT+15', 'UTC+07:20', 'UTC7', 'GMT8', 'Etc/UTC+7', 'AST', 'XST', 'NZT', 'Y'])('%s suggests none', (name) =>
    expect(nearestZones(name)).toEqual([]),
  );
});
