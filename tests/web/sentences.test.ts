/** What is said of a change: what once was a wrong sentence about a right number? What the API answers of each stands in tests/reports/misleading.test.ts. */
import { createElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { describe, expect, it } from 'vitest';
import { Change, type Compared } from '../../web/components/change.tsx';
import { formatBucket, formatCovered } from '../../web/formatting/dates.ts';

/** What a reader sees of a change; what is read aloud beside it is left out. */
const said = (compare: Compared, unit = 'money'): string =>
  renderToStaticMarkup(createElement(Change, { compare, unit, better: 'up', than: '' }))
    .replaceAll(/<span class="sr-only">.*?<\/span>/g, '')
    .replaceAll(/<[^>]+>/g, '')
    .replaceAll(/[\u00A0\u2060]/g, ' ')
    .trim();

describe('a change', () => {
  it.each<[string, Compared, string, string]>([
    ['of an unfinished week that sells as before', { total: 3000, change: 0, difference: 0 }, 'money', '0.0%'],
    ['at half past midnight', { total: 800, change: 0.25, difference: 200 }, 'money', '+25.0%'],
    [
      'against days before the first datum',
      { total: 2000, change: null, difference: null, noChange: 'no_data', dataFrom: '2026-03-06' },
      'money',
      'data since Mar 6, 2026',
    ],
    ['of a rate: points, not a share of a share', { total: 0, change: null, difference: 1 / 3 }, 'ratio', '+33.3 pts'],
    [
      'against less than zero',
      { total: -2000, change: null, difference: 3000, noChange: 'negative' },
      'money',
      'below zero before',
    ],
    ['against zero', { total: 0, change: null, difference: 1000, noChange: 'zero' }, 'money', 'none before'],
    [
      'of a rate of which nothing is due yet',
      { total: 0.94, change: null, difference: null, noChange: 'no_number' },
      'ratio',
      'nothing to compare with',
    ],
    ['of days ahead', { total: 4800, change: null, difference: null, noChange: 'ahead' }, 'money', 'not begun yet'],
    [
      'against days that still run',
      { total: 242, change: null, difference: null, noChange: 'not_over' },
      'count',
      'the earlier days are not over',
    ],
    [
      'against more days',
      { total: 313, change: null, difference: null, noChange: 'other_length' },
      'count',
      'not as many days on both sides',
    ],
    ['against nothing', { total: null, change: null, difference: null }, 'money', 'nothing to compare with'],
    ['beyond ten times', { total: 10, change: 147, difference: 1470 }, 'count', '×148'],
  ])('%s', (_, compare, unit, sentence) => expect(said(compare, unit)).toBe(sentence));
});

describe('a stretch of time', () => {
  it('that ends at a minute says so', () => {
    expect(formatCovered({ from: '2026-03-19', to: '2026-03-19', until: '00:30' })).toBe('Mar 19, 2026, until 00:30');
    expect(formatCovered({ from: '2026-03-09', to: '2026-03-11', until: '13:00' })).toMatch(/^Mar 9\s–\s11, 2026, until 13:00$/);
  });

  it('that is a part of a month is called by its days, a whole one by its name', () => {
    expect(formatBucket('2026-01-22', 'month', { to: '2026-01-31', isCut: true })).toMatch(/^Jan 22\s–\s31, 2026$/);
    expect(formatBucket('2026-02-01', 'month', {})).toBe('February 2026');
  });
});
