/** Does the command answer what a log says, and name what is wrong with one that it cannot read? */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathOf } from '../../commands/generate/files.ts';
import { simulatePurchases } from '../make/purchases.ts';

let folder = '';
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

function clv(text: string, ...flags: string[]) {
  const file = join(folder, 'log.csv');
  writeFileSync(file, text);
  return spawnSync(process.execPath, [pathOf('commands/clv.ts'), '--in', file, ...flags], { encoding: 'utf8', timeout: 120_000 });
}

const log = simulatePurchases({
  model: 'bg-nbd',
  parameters: { r: 0.6, alpha: 5, a: 0.8, b: 2.4 },
  customers: 400,
  arrivalWeeks: 20,
  weeks: 60,
  seed: 4,
});
const rows = (of: (purchase: (typeof log)[number]) => string): string => log.map(of).join('\n');
const written = `customer,date,value\n${rows(({ customer, day, value }) => `"${customer}",${day},${value}`)}`;
const until = ['--until', '2025-09-30', '--unit', 'week'];

describe('the command', () => {
  it('prints fits, totals, hold-out and value as JSON, and notes beside it', () => {
    const customers = join(folder, 'customers.csv');
    const { status, stdout, stderr } = clv(written, ...until, '--horizon', '10', '--customers', customers);
    expect(status).toBe(0);
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      model: 'bg-nbd',
      unit: 'week',
      until: '2025-09-30',
      expected: { horizon: 10, to: '2025-12-09' },
    });
    expect(answer.holdOut).toMatchObject({ span: 10, from: '2025-10-01' });
    expect(answer.gammaGamma.parameters.p).toBeGreaterThan(0);
    expect(answer.lifetimeValue.total.interval.lower).toBeLessThan(answer.lifetimeValue.total.value);
    expect(answer.otherModel.model).toBe('mbg-nbd');
    expect(answer.expected.oneTimeBuyers.meanProbabilityAlive).toBe(1);
    expect(answer.otherModel.oneTimeBuyers.meanProbabilityAlive).toBeLessThan(1);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    expect(stderr).toMatch(/400 customers are in/);
    expect(readFileSync(customers, 'utf8').split('\n')).toHaveLength(402);
  });

  it('reads other writings of the same log alike: days without dashes, semicolons, decimal commas, times', () => {
    const answers = [
      written,
      `Date;Value;Customer\n${rows(({ customer, day, value }) => `${day.replaceAll('-', '')};${String(value).replace('.', ',')};${customer}`)}`,
      `customer,date,value\n${rows(({ customer, day, value }) => `${customer},${day} 14:03:00,USD ${value}`)}`,
    ].map((text) => JSON.parse(clv(text, ...until).stdout));
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2].parameters).toEqual(answers[0].parameters);
    expect(answers[2].currency).toBe('USD');
  });

  it('uses nothing after --until for the fit', () => {
    const [all, early] = [
      `${written}\n"${log[0]?.customer}",2025-12-01,-3`,
      `customer,date,value\n${log
        .filter(({ day }) => day <= '2025-09-30')
        .map(({ customer, day, value }) => `${customer},${day},${value}`)
        .join('\n')}`,
    ].map((text) => JSON.parse(clv(text, ...until).stdout)) as [Record<string, unknown>, Record<string, unknown>];
    expect(early.parameters).toEqual(all.parameters);
    expect(early.gammaGamma).toEqual(all.gammaGamma);
    expect(early.holdOut).toBeNull();
  });

  it('goes without money where there is no column of values, and says so', () => {
    const { stdout, stderr } = clv(
      `customer,date\n${rows(({ customer, day }) => `${customer},${day}`)}`,
      ...until,
      '--model',
      'mbg-nbd',
    );
    const answer = JSON.parse(stdout);
    expect(answer).toMatchObject({
      model: 'mbg-nbd',
      lifetimeValue: null,
      gammaGamma: { refused: 'The file has no column value.' },
    });
    expect(answer.expected.value).toBeNull();
    expect(stderr).toMatch(/No Gamma-Gamma/);
  });
});

describe('a log that says too little', () => {
  it.each([
    ['one order', 'customer,date,value\na,2025-03-01,5', /1 customers/],
    ['refunds alone', 'customer,date,value\na,2025-03-01,-5\nb,2025-03-02,-3', /0 customers/],
    [
      'all bought once',
      `customer,date,value\n${Array.from({ length: 80 }, (_, i) => `k${i},2025-03-0${1 + (i % 9)},5`).join('\n')}`,
      /None of 80/,
    ],
    [
      'all after --until',
      `customer,date,value\n${Array.from({ length: 80 }, (_, i) => `k${i % 20},2026-03-0${1 + (i % 9)},5`).join('\n')}`,
      /0 customers/,
    ],
  ])('is refused in words: %s', (_, text, why) => {
    const { status, stdout } = clv(text, ...until);
    expect(status).toBe(0);
    expect(JSON.parse(stdout).refused).toMatch(why);
    expect(stdout).not.toMatch(/NaN|Infinity/);
  });

  it('is a number all the same where every purchase has one value', () => {
    const { status, stdout } = clv(`customer,date,value\n${rows(({ customer, day }) => `${customer},${day},9.99`)}`, ...until);
    expect(status).toBe(0);
    expect(stdout).not.toMatch(/NaN|Infinity/);
    const { lifetimeValue } = JSON.parse(stdout);
    const interval = lifetimeValue?.total.interval;
    if (interval) expect(interval.upper).toBeGreaterThan(interval.lower);
  });

  it('says how many rows repeat another', () => {
    const { stderr } = clv(`${written}\n${rows(({ customer, day, value }) => `${customer},${day},${value}`)}`, ...until);
    expect(stderr).toMatch(new RegExp(`${log.length} rows repeat|\\d+ rows repeat`));
  });
});

describe('a file that cannot be read', () => {
  it.each([
    ['an empty one', '', /is empty/],
    ['titles alone', 'customer,date,value\n', /no row/],
    ['a column missing', 'customer,value\na,5', /date/],
    ['a day that is none', 'customer,date,value\na,2025-02-30,5', /log\.csv line 2, date: .*calendar/],
    ['a date of another kind', 'customer,date,value\na,3/1/2025,5', /line 2, date: .*1997-09-30/],
    ['a value that is none', 'customer,date,value\na,2025-03-01,5\nb,2025-03-02,much', /line 3, value: /],
    ['a value missing', 'customer,date,value\na,2025-03-01,', /line 2, value: is empty/],
    ['nobody', 'customer,date,value\n,2025-03-01,5', /line 2, customer: is empty/],
    [
      'two currencies',
      'customer,date,value,currency\na,2025-03-01,5,USD\nb,2025-03-01,5,IDR',
      /line 3: IDR, but .*line 2 has USD/,
    ],
    ['two signs', 'customer,date,value\na,2025-03-01,$5\nb,2025-03-01,€5', /line 3: €/],
  ])('is named with line and remedy: %s', (_, text, why) => {
    const { status, stdout, stderr } = clv(text, ...until);
    expect(status).toBe(2);
    expect(stdout).toBe('');
    expect(stderr).toMatch(why);
    expect(stderr).not.toMatch(/at .*\.ts:\d+/);
  });

  it.each([
    [['--unit', 'fortnight'], /day, week, month/],
    [['--model', 'pareto'], /bg-nbd, mbg-nbd/],
    [['--until', '30.9.1997'], /--until/],
    [['--horizon', '-3'], /--horizon/],
    [['--months', '1.5'], /--months/],
  ])('neither are flags like %o', (flags, why) => {
    const { status, stderr } = clv(written, ...flags);
    expect(status).toBe(2);
    expect(stderr).toMatch(why);
  });
});
