/** Which two stretches does each preset compare, at the instants that go wrong elsewhere? The page of the docs is this table. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { type Calendar, usualCalendar, weekStarts } from '../../shared/calendar.ts';
import { comparedRange, comparisons } from '../../shared/reports/compare.ts';
import { type Covered, coveredOf } from '../../shared/reports/covered.ts';
import { dayOf, startOfDay, toLocal } from '../../shared/time.ts';
import { type PresetName, presets, presetsFor } from '../../web/view/presets.ts';

const instants = {
  'half past midnight': '2026-11-27T00:30:00-05:00',
  noon: '2026-11-27T12:00:00-05:00',
  'first day of a month': '2026-12-01T09:15:00-05:00',
  'last hour of a week': '2026-11-29T23:20:00-05:00',
  '29 February': '2028-02-29T10:37:00-05:00',
};

/** Both clock changes, and a zone that has none on the same days. */
const clockChanges: { zone: string; now: string; what: string }[] = [
  { zone: 'America/New_York', now: '2026-03-08T16:00:00Z', what: 'an hour is skipped' },
  { zone: 'America/New_York', now: '2026-11-01T17:00:00Z', what: 'an hour comes twice' },
  { zone: 'Europe/London', now: '2026-03-29T11:00:00Z', what: 'an hour is skipped' },
  { zone: 'Europe/London', now: '2026-10-25T12:00:00Z', what: 'an hour comes twice' },
  { zone: 'Asia/Jakarta', now: '2026-03-08T05:00:00Z', what: 'no clock changes' },
  { zone: 'Asia/Jakarta', now: '2026-11-01T05:00:00Z', what: 'no clock changes' },
];

const tell = ({ from, to, until }: Covered): string =>
  `${from === to ? from : `${from} – ${to}`}${until === undefined ? '' : ` until ${until}`}`;

/** What a preset is called, in English. */
const messages = JSON.parse(readFileSync(new URL('../../web/messages/en.json', import.meta.url), 'utf8')) as Record<
  string,
  string
>;
const titleOf = (preset: PresetName): string => messages[presets[preset].title] ?? preset;

const compared = comparisons.filter((name) => name !== 'custom');

/** Of a preset at a local time, with each comparison: both stretches. */
function stretchesOf(preset: PresetName, local: string, calendar: Calendar) {
  const range = presets[preset].days(dayOf(local), calendar);
  return compared.flatMap((comparison) => {
    const covered = coveredOf(range, comparedRange(range, comparison, { calendar }), 'minute', local);
    return covered ? [{ comparison, ...covered }] : [];
  });
}

const head = ['| range | comparison | of this range | of the earlier one |', '| --- | --- | --- | --- |'];
const rowsOf = (preset: PresetName, local: string, calendar: Calendar, title = titleOf(preset)): string[] =>
  stretchesOf(preset, local, calendar).map(
    ({ comparison, here, earlier }) => `| ${title} | ${comparison} | ${tell(here)} | ${tell(earlier)} |`,
  );

const clockOf = (local: string): string => local.slice(0, 16).replace('T', ' ');

/** Minutes that passed in a stretch, as a stopwatch counts them. */
function minutesOf({ from, to, until }: Covered, zone: string): number {
  const zones = [{ from: '', zone }];
  const start = startOfDay(from, zones);
  // A clock that comes twice is read as the first of the two.
  const day = startOfDay(to, zones);
  let end = startOfDay(new Date(Date.parse(to) + 86_400_000).toISOString().slice(0, 10), zones);
  for (let at = day; until !== undefined && at < end; at += 60_000) if (toLocal(at, zones).slice(11, 16) >= until) end = at;
  return (end - start) / 60_000;
}

const intro = [
  '# What is compared with what',
  '',
  'A range that still runs is compared with as much of the earlier one as has gone by, to the minute on the clock. Numbers that are kept by day are compared by whole days, and what is due counts when its day is over ([why](../00-planning/decisions/028-compared-as-far-as-it-has-gone-by.md)). A test holds this page: `tests/reports/comparison-table.test.ts`.',
  '',
  'Where the earlier month is too short for a date, all of it stands against the days that it does not have.',
];

const atInstants = (): string[] =>
  Object.entries(instants).flatMap(([name, local]) => [
    '',
    `## At ${name}: ${clockOf(local)}`,
    '',
    ...head,
    ...presetsFor(usualCalendar).flatMap((preset) => rowsOf(preset, local, usualCalendar)),
  ]);

/** A week that begins on another day moves this week alone. */
const byWeekStart = (): string[] => [
  '',
  '## Weeks that begin on Sunday or Saturday',
  '',
  'Only this week begins elsewhere; every other range is as above.',
  '',
  ...head,
  ...weekStarts
    .filter((start) => start !== 'monday')
    .flatMap((weekStart) =>
      Object.values(instants).flatMap((local) =>
        rowsOf('week', local, { weekStart, fiscalYearStart: 1 }, `This week from ${weekStart}, ${clockOf(local)}`),
      ),
    ),
];

const byFiscalYear = (): string[] => [
  '',
  '## A financial year that begins in April, or in February',
  '',
  'Its year and quarter are ranges of their own, beside those of the calendar.',
  '',
  ...head,
  ...[4, 2].flatMap((fiscalYearStart) =>
    Object.values(instants).flatMap((local) =>
      (['fiscalQuarter', 'fiscalYear'] as const).flatMap((preset) =>
        rowsOf(
          preset,
          local,
          { weekStart: 'monday', fiscalYearStart },
          `${titleOf(preset)} from month ${fiscalYearStart}, ${clockOf(local)}`,
        ),
      ),
    ),
  ),
];

/** Noon is 11, 12 or 13 hours after midnight: as much of the clock is compared, and the minutes say what that is. */
const atClockChanges = (): string[] => [
  '',
  '## On days on which clocks change, at noon',
  '',
  'The same stretch of the clock is compared. Where an hour is skipped or comes twice, one side is an hour shorter or longer: the minutes say so.',
  ...clockChanges.flatMap(({ zone, now, what }) => {
    const local = toLocal(Date.parse(now), [{ from: '', zone }]);
    return [
      '',
      `### ${zone}, ${clockOf(local)}: ${what}`,
      '',
      '| range | comparison | of this range | minutes | of the earlier one | minutes |',
      '| --- | --- | --- | --- | --- | --- |',
      ...presetsFor(usualCalendar).flatMap((preset) =>
        stretchesOf(preset, local, usualCalendar).map(
          ({ comparison, here, earlier }) =>
            `| ${titleOf(preset)} | ${comparison} | ${tell(here)} | ${minutesOf(here, zone)} | ${tell(earlier)} | ${minutesOf(earlier, zone)} |`,
        ),
      ),
    ];
  }),
];

const table = (): string =>
  `${[...intro, ...atInstants(), ...byWeekStart(), ...byFiscalYear(), ...atClockChanges()].join('\n')}\n`;

describe('the table of comparisons', () => {
  it('is the page that the docs show', () => {
    // The page is laid out in columns; what stands in them is compared.
    const plain = (text: string): string => text.replaceAll(/ +/g, ' ').replaceAll(/-{3,}/g, '---');
    const page = readFileSync(new URL('../../docs/01-specifications/comparisons.md', import.meta.url), 'utf8');
    expect(plain(page)).toBe(plain(table()));
  });

  it('says rightly that where weeks begin moves this week alone', () => {
    for (const weekStart of weekStarts)
      for (const local of Object.values(instants))
        for (const preset of presetsFor(usualCalendar).filter((name) => name !== 'week'))
          expect(rowsOf(preset, local, { ...usualCalendar, weekStart })).toEqual(rowsOf(preset, local, usualCalendar));
  });

  it('holds every range, with every comparison, at every instant and clock change', () => {
    const rows = table()
      .split('\n')
      .filter((line) => /^\| (?!range|---)/.test(line));
    const usual = presetsFor(usualCalendar).length * compared.length * (Object.keys(instants).length + clockChanges.length);
    const weeks = 2 * compared.length * Object.keys(instants).length;
    const fiscal = 2 * 2 * compared.length * Object.keys(instants).length;
    expect(rows).toHaveLength(usual + weeks + fiscal);
  });
});

const compare = (from: string, to: string, comparison: (typeof comparisons)[number], local: string, calendar = usualCalendar) => {
  const range = { from, to };
  const covered = coveredOf(range, comparedRange(range, comparison, { calendar }), 'minute', local);
  return covered && [tell(covered.here), tell(covered.earlier)];
};

describe('a comparison that misled before', () => {
  it.each([
    [
      'today at half past midnight',
      '2026-11-27',
      '2026-11-27',
      'previous',
      '2026-11-27T00:30:00-05:00',
      '2026-11-26 until 00:30',
    ],
    [
      'this week',
      '2026-11-23',
      '2026-11-27',
      'previous_weekday_aligned',
      '2026-11-27T10:37:00-05:00',
      '2026-11-16 – 2026-11-20 until 10:37',
    ],
    [
      'month to date',
      '2026-11-01',
      '2026-11-27',
      'previous_month',
      '2026-11-27T10:37:00-05:00',
      '2026-10-01 – 2026-10-27 until 10:37',
    ],
    [
      'the whole running month',
      '2026-11-01',
      '2026-11-30',
      'previous',
      '2026-11-27T10:37:00-05:00',
      '2026-10-01 – 2026-10-27 until 10:37',
    ],
    [
      'year to date',
      '2026-01-01',
      '2026-11-27',
      'previous_year',
      '2026-11-27T10:37:00-05:00',
      '2025-01-01 – 2025-11-27 until 10:37',
    ],
    ['the 31st of a month', '2026-03-01', '2026-03-31', 'previous_month', '2026-03-31T10:37:00-04:00', '2026-02-01 – 2026-02-28'],
    ['a leap day', '2028-02-29', '2028-02-29', 'previous_year', '2028-02-29T10:37:00-05:00', '2027-02-28 until 10:37'],
  ] as const)('%s', (_, from, to, comparison, local, earlier) => {
    expect(compare(from, to, comparison, local)?.[1]).toBe(earlier);
  });

  it('takes a quarter or year of the creator’s own calendar for whole', () => {
    const fiscal = { weekStart: 'sunday', fiscalYearStart: 2 } as const;
    const after = '2026-11-27T10:37:00-05:00';
    expect(compare('2026-02-01', '2026-04-30', 'previous', after, fiscal)?.[1]).toBe('2025-11-01 – 2026-01-31');
    expect(compare('2026-02-01', '2026-04-30', 'previous', after)?.[1]).toBe('2025-11-04 – 2026-01-31');
  });

  it('says nothing of days that lie ahead', () => {
    expect(compare('2026-12-01', '2026-12-31', 'previous', '2026-11-27T10:37:00-05:00')).toBeNull();
  });
});
