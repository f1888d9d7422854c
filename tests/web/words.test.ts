/** Are numbers and ages told so that nobody misreads them? */
import { afterAll, describe, expect, it } from 'vitest';
import { noValue as foldsNoValue } from '../../shared/fold/parts.ts';
import { formatAge } from '../../web/formatting/ages.ts';
import { formatBucket, formatInstant } from '../../web/formatting/dates.ts';
import { speak } from '../../web/formatting/languages.ts';
import { duration, formatChange, formatNumber, formatPoints } from '../../web/formatting/numbers.ts';
import { formatValue, noValue } from '../../web/formatting/values.ts';

const plain = (text: string): string => text.replace(/[\u00A0\u202F]/g, ' ').replaceAll('\u2060', '');

describe('a number', () => {
  it.each([
    [123456, { unit: 'money', currency: 'USD' }, '$1,234.56'],
    [-20_00, { unit: 'money', currency: 'USD' }, '-$20.00'],
    [1234, { unit: 'money', currency: 'JPY' }, '¥1,234'],
    [1234567, { unit: 'money', currency: 'KWD' }, 'KWD 1,234.567'],
    [900719925474099_1, { unit: 'money', currency: 'USD' }, '$90,071,992,547,409.91'],
    [25000, { unit: 'money', currency: 'USD', isShort: true }, '$250'],
    [2_500_000_00, { unit: 'money', currency: 'USD', isShort: true }, '$2.5M'],
    [1234567, { unit: 'count', currency: 'USD' }, '1,234,567'],
    [0.0661, { unit: 'ratio', currency: 'USD' }, '6.6%'],
    [0, { unit: 'ratio', currency: 'USD' }, '0.0%'],
    [null, { unit: 'money', currency: 'USD' }, '–'],
    [undefined, { unit: 'count', currency: 'USD' }, '–'],
  ] as const)('%s as %o reads %s', (value, format, text) => expect(plain(formatNumber(value, format))).toBe(text));

  it.each([
    [0, '0 s'],
    [59.4, '59 s'],
    [60, '1 min'],
    [3599, '59 min 59 s'],
    [7199, '2 h'],
    [76_920, '21 h 22 min'],
    [255_600, '2 d 23 h'],
    [172_799, '2 d'],
    [-90, '−1 min 30 s'],
  ])('%s seconds read %s', (seconds, text) => expect(duration(seconds)).toBe(text));

  it.each([
    [0.1222, '+12.2%'],
    [-0.5, '-50.0%'],
    [0, '0.0%'],
    [14.2, '×15'],
  ])('a change of %s reads %s', (change, text) => expect(formatChange(change)).toBe(text));

  it.each([
    [3, 'just now'],
    [42, '42 s ago'],
    [61, '1 min ago'],
    [11_400, '3 h 10 min ago'],
  ])('%s seconds old reads %s', (seconds, text) => expect(formatAge(seconds)).toBe(text));
});

describe('a value of a dimension', () => {
  const titles = new Map([['p_1', 'Rose serum']]);
  it.each([
    ['product', 'p_1', 'Rose serum'],
    ['product', 'p_2', 'p_2'],
    ['channel', 'product_card', 'Product card'],
    ['channel', noValue, 'not given'],
  ])('%s %s is called %s', (dimension, value, name) => expect(formatValue(dimension, value, titles)).toBe(name));

  it('that is not there is named as the fold names it', () => expect(noValue).toBe(foldsNoValue));
});

describe('a time of day', () => {
  afterAll(() => speak('en'));

  it.each([
    ['en', 'Mar 3, 2026, 07:05', 'week of Mar 2, 2026', '3 h 10 min ago', '+1.2 pts'],
    ['id', '3 Mar 2026, 07:05', 'minggu mulai 2 Mar 2026', '3 j 10 mnt lalu', '+1,2 poin'],
    ['es', '3 mar 2026, 07:05', 'semana del 2 mar 2026', 'hace 3 h 10 min', '+1,2 pp'],
  ] as const)('is of 24 hours in %s, and all around it is of that language', async (language, instant, week, age, points) => {
    await speak(language);
    expect(formatInstant('2026-03-03T00:05:00Z', 'Asia/Jakarta')).toBe(instant);
    expect(formatBucket('2026-03-02', 'week')).toBe(week);
    expect(formatAge(11_400)).toBe(age);
    expect(plain(formatPoints(0.012))).toBe(points);
  });
});
