/** Do cells of every market read as what they say? Amounts, counts, ids, clocks, titles, names of files. */
import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { share } from '../../../shared/sources/seller-center/map/share.ts';
import { trimmed } from '../../../shared/sources/seller-center/read/cell.ts';
import { readWall, shownBy, utcInFull, wallUnder } from '../../../shared/sources/seller-center/read/clock.ts';
import { currencyIn, isShortened, readCount, readId, readMoney } from '../../../shared/sources/seller-center/read/number.ts';
import { periodIn, timeInName } from '../../../shared/sources/seller-center/rules/file-names.ts';
import { foldTitle } from '../../../shared/sources/seller-center/rules/titles.ts';

describe('an amount', () => {
  test.each([
    ['19000', 'IDR', 1_900_000],
    ['Rp1.234.567', 'IDR', 123_456_700],
    ['Rp825.600', 'IDR', 82_560_000],
    ['(1,234)', 'IDR', -123_400],
    ['150.000₫', 'VND', 150_000],
    ['฿1,234.50', 'THB', 123_450],
    ['BRL 1.234,56', 'BRL', 123_456],
    ['BRL 1,234.56', 'BRL', 123_456],
    ['BRL -1.23', 'BRL', -123],
    ['-R$ 35,91', 'BRL', -3591],
    ['$12.34', 'USD', 1234],
    ['-$1,234.56', 'USD', -123_456],
    ['1181,50', 'THB', 118_150],
    ['24.99\t', 'USD', 2499],
    ['-0.00', 'USD', 0],
    [0.1 + 0.2, 'USD', 30],
    [-15_659, 'IDR', -1_565_900],
    [1e-12, 'USD', 0],
    ['MX$1,234.00', 'MXN', 123_400],
    ['£5.00', 'GBP', 500],
    ['1 234,50', 'BRL', 123_450],
    ['R$ 1.234', 'BRL', 123_400],
    ['1.234.567', 'USD', 123_456_700],
    ['0.125', 'USD', 12],
    ['0,125', 'BRL', 12],
    [12.345, 'USD', 1234],
    [-1234.567, 'VND', -1235],
  ])('%s in %s is %d minor units', (cell, currency, minor) => expect(readMoney(cell, currency)).toBe(minor));

  test.each(['', '/', '-', '--', ' \t'])('%j is none', (cell) => expect(readMoney(cell, 'USD')).toBeUndefined());
  test.each(['12.34.5', 'ten', '1,23,456.00', '1.234,567.8', '5.8E+3', '12.345', '-$12.345'])('%s is refused', (cell) =>
    expect(() => readMoney(cell, 'USD')).toThrow(RangeError),
  );
  test('of another currency is refused, a sign of several currencies is none', () => {
    expect(() => readMoney('RM12.00', 'IDR')).toThrow('MYR');
    expect(currencyIn('$5.00')).toBeUndefined();
    expect(currencyIn('(S$5.00)')).toBe('SGD');
    expect(currencyIn('SKU Unit Original Price')).toBeUndefined();
  });
});

test.each([
  ['3', 3],
  ['1,204', 1204],
  ['2.0', 2],
  ['--', undefined],
])('%s is the count %s', (cell, count) => expect(readCount(cell)).toBe(count));
test('a count that is none is refused', () => expect(() => readCount('1.5')).toThrow(RangeError));

describe('an id', () => {
  test('of 19 digits stays text, with a tab, an apostrophe or a byte order mark around it', () => {
    for (const cell of ['1153000288909211758', '1153000288909211758\t', "'1153000288909211758", '\uFEFF1153000288909211758'])
      expect(readId(cell)).toBe('1153000288909211758');
  });
  test.each(['5.86087E+17', '5,86087E+17', '5E+17', 2 ** 59])('%s was shortened', (cell) => expect(isShortened(cell)).toBe(true));
  test.each(['579265923515000174', '1E2', 12])('%s was not', (cell) => expect(isShortened(cell)).toBe(cell === '1E2'));
  test('that is a word is refused', () => expect(() => readId('Platform unique order ID.')).toThrow(RangeError));
});

describe('a clock', () => {
  test('that a spreadsheet made a number of is refused with that reason', () =>
    expect(() => readWall(46_285.5, 'day')).toThrow('a spreadsheet has made the number 46285.5 of a time'));

  test.each([
    ['31/10/2026 14:29:55\t', 'day', '2026-10-31 14:29:55'],
    ['10/31/2026 9:35:28 PM', 'month', '2026-10-31 21:35:28'],
    ['11/01/2026 12:05:00 AM', 'month', '2026-11-01 00:05:00'],
    ['1/2/2026 12:00:00 PM', 'day', '2026-02-01 12:00:00'],
    ['2026/06/12', 'day', '2026-06-12 00:00:00'],
    ['2026/06/12 00:00:00', 'month', '2026-06-12 00:00:00'],
    ['2026-08-01 10:00:00', 'month', '2026-08-01 10:00:00'],
    ['05/06/2026 08:30', 'day', '2026-06-05 08:30:00'],
  ] as const)('%s with the %s first is %s', (text, order, wall) => expect(readWall(text, order)).toBe(wall));

  test.each([
    '30/02/2026 10:15:00',
    '31/11/2026',
    '05/06/2026 24:00:00',
    '05/06/2026 13:00:00 PM',
    'yesterday',
    '46000',
    '05/06/26',
  ])('%s never rolls over', (text) => expect(() => readWall(text, 'day')).toThrow(RangeError));

  test('that is written in full is the same by its short way, and only where there is such a time', () => {
    const between = (min: number, max: number, width: number) =>
      fc.integer({ min, max }).map((number) => String(number).padStart(width, '0'));
    const day = fc.tuple(between(0, 32, 2), between(0, 32, 2), fc.oneof(between(1970, 2210, 4), fc.constantFrom('2000', '2100')));
    const time = fc.tuple(between(0, 25, 2), between(0, 61, 2), between(0, 61, 2));
    fc.assert(
      fc.property(day, time, fc.constantFrom('day', 'month'), (date, clock, order) => {
        const text = `${date.join('/')} ${clock.join(':')}`;
        const wall = wallUnder(text, order);
        expect(utcInFull(text, order)).toBe(wall && Date.parse(`${wall.replace(' ', 'T')}Z`));
      }),
      { numRuns: 3000 },
    );
    expect(utcInFull('20/11/2026 19:1a:47', 'day')).toBeUndefined();
    expect(utcInFull('20-11-2026 19:13:47', 'day')).toBeUndefined();
  });

  test('shows its order, or can be read either way', () => {
    expect([
      shownBy('13/12/2026').order,
      shownBy('12/13/2026').order,
      shownBy('12/11/2026').order,
      shownBy('2026/12/13').order,
      shownBy('30/02/2026').order,
    ]).toEqual(['day', 'month', undefined, undefined, undefined]);
    expect([
      shownBy('12/11/2026').isEitherWay,
      shownBy('11/11/2026').isEitherWay,
      shownBy('2026/12/11').isEitherWay,
      wallUnder('13/12/2026', 'month'),
    ]).toEqual([true, false, false, undefined]);
  });
});

test.each([
  ['Order/adjustment ID  ', 'order/adjustment id'],
  ['Order\\adjustment ID', 'order/adjustment id'],
  ['Order created time(UTC)', 'order created time'],
  ['Affiliate\u00A0 items sold ', 'affiliate items sold'],
  ['Loại giao dịch'.normalize('NFD'), 'loại giao dịch'.normalize('NFC')],
])('the title %j is compared as %j', (title, folded) => expect(foldTitle(title)).toBe(folded));

test.each([
  ['Semua pesanan-2026-11-20-23_58.csv', { wall: '2026-11-20 23:58:00', offset: undefined }],
  ['Tất cả đơn hàng-2026-09-15-21_05 (1).xlsx', { wall: '2026-09-15 21:05:00', offset: undefined }],
  ['income_20261121103005(UTC+7).xlsx', { wall: '2026-11-21 10:30:05', offset: 420 }],
  ['income_20261121103005(UTC-3:30).xlsx', { wall: '2026-11-21 10:30:05', offset: -210 }],
  ['all_affiliate_orders_20261120.csv', { wall: '2026-11-20 00:00:00', offset: undefined }],
  ['orders.csv', undefined],
  ['1153000288909211758.csv', undefined],
])('the name %s says %j', (name, time) => expect(timeInName(name)).toEqual(time));

test('days in a name or a line are a period', () => {
  expect(periodIn('2026-10-01 ~ 2026-10-31')).toEqual({ from: '2026-10-01', to: '2026-10-31' });
  expect(periodIn('GMV Max creative 2026-11-01 to 2026-11-20.xlsx')).toEqual({ from: '2026-11-01', to: '2026-11-20' });
  expect(periodIn('Onhold-unsettled-orders-2026_06_01-2026_06_12(UTC-7).xlsx')).toEqual({ from: '2026-06-01', to: '2026-06-12' });
  expect([periodIn('ads.xlsx'), periodIn('2026-11-20 2026-11-01')]).toEqual([undefined, undefined]);
});

test('shares sum to the whole, and none is more than a unit from its part', () => {
  const weights = fc.array(fc.nat(1_000_000), { minLength: 1, maxLength: 9 });
  fc.assert(
    fc.property(fc.nat(10_000_000), weights, (whole, parts) => {
      const shares = share(whole, parts);
      const sum = parts.reduce((total, part) => total + part, 0);
      expect(shares.reduce((total, part) => total + part, 0)).toBe(whole);
      if (sum > 0)
        for (const [i, part] of shares.entries()) expect(Math.abs(part - (whole * (parts[i] ?? 0)) / sum)).toBeLessThan(1.001);
    }),
  );
});

test('a number of a workbook is text without an exponent', () =>
  expect([trimmed(150_000), trimmed(12.5), trimmed(1e-9)]).toEqual(['150000', '12.5', '0']));
