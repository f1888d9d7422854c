/**
 * Do fits of customers come to the published figures of CDNOW, and how fast, against the Python package lifetimes in the same run? Where the
 * data or Python is absent, that part is left out and says so.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fitPurchases, isRefusal, type PurchaseFit, type Refusal } from '../../shared/insight/customers/fit-purchases.ts';
import { expectedSpending, fitSpending } from '../../shared/insight/customers/fit-spending.ts';
import { holdOutOf } from '../../shared/insight/customers/hold-out.ts';
import { discountedPurchases, lifetimeValues } from '../../shared/insight/customers/lifetime-value.ts';
import { expectation, probabilityAlive } from '../../shared/insight/customers/purchase-model.ts';
import { type CustomerSummary, summarize } from '../../shared/insight/customers/summary.ts';
import { totalsOf } from '../../shared/insight/customers/totals.ts';
import { mergePurchases, type Purchase } from '../../shared/insight/customers/transactions.ts';
import { benchData } from '../samples/bench-data.ts';
import { median, percentile, rounded } from './statistics.ts';

const until = '1997-09-30';
const lastDay = '1998-06-30';

/** CLVTools, from the raw log in weeks. */
const published = { r: 0.2425945, alpha: 4.4136019, a: 0.7929199, b: 2.4258881, logLikelihood: -9582.429 };
/** lifetimes' documentation, from the summary; the log-likelihood is CLVTools', from the raw log. */
const publishedSpending = { p: 6.25, q: 3.74, v: 15.44, logLikelihood: -4055.9177 };
/** lifetimes' documentation: by steps of thirty weeks, which are no months; and what real months come to. */
const publishedValues = [
  { id: '1', thirtyWeeks: 140.096, months: 36.28 },
  { id: '2', thirtyWeeks: 18.943, months: 4.64 },
  { id: '3', thirtyWeeks: 38.18, months: 8.34 },
  { id: '6', thirtyWeeks: 1003.868, months: 283.52 },
];

function fitted<Fit extends object>(answer: Fit | Refusal): Fit {
  if (isRefusal(answer)) throw new Error(answer.refused);
  return answer;
}

const percentOff = (found: number, expected: number): number => rounded(Math.abs(found / expected - 1) * 100, 4);

function rawLog(folder: string): Purchase[] {
  return readFileSync(join(folder, 'CDNOW_sample.txt'), 'utf8')
    .split(/\r?\n/)
    .filter((line) => line.trim())
    .map((line) => {
      const [customer = '', , day = '', , value] = line.trim().split(/\s+/);
      return { customer, day: `${day.slice(0, 4)}-${day.slice(4, 6)}-${day.slice(6)}`, value: Number(value) };
    });
}

function summaryIn(folder: string): CustomerSummary[] {
  return readFileSync(join(folder, 'cdnow_customers_summary_with_transactions.csv'), 'utf8')
    .trim()
    .split(/\r?\n/)
    .slice(1)
    .map((line) => {
      const [customer = '', frequency, recency, age, meanValue] = line.split(',');
      return {
        customer,
        frequency: Number(frequency),
        recency: Number(recency),
        age: Number(age),
        meanValue: Number(meanValue),
      };
    });
}

const rounds = 15;
const fitsARound = 5;

/** Milliseconds of wall and of CPU for a call. */
function timed(run: () => void): { wall: number; cpu: number } {
  const [cpu, began] = [process.cpuUsage(), performance.now()];
  run();
  const { user, system } = process.cpuUsage(cpu);
  return { wall: performance.now() - began, cpu: (user + system) / 1000 };
}

const python = `import json, sys, time, warnings
warnings.filterwarnings('ignore')
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter
d = pd.read_csv(sys.argv[1]); r = d[d.x > 0]
def timed(run):
    wall, cpu = time.perf_counter(), time.process_time(); fit = run()
    return {'wall': 1000 * (time.perf_counter() - wall), 'cpu': 1000 * (time.process_time() - cpu)}, fit
out = {'purchases': [], 'spending': []}
for i in range(int(sys.argv[2])):
    t, fit = timed(lambda: BetaGeoFitter().fit(d['x'], d['t_x'], d['T'])); out['purchases'].append(t)
    u, money = timed(lambda: GammaGammaFitter().fit(r['x'], r['zbar'])); out['spending'].append(u)
out['parameters'] = dict(fit.params_); out['money'] = dict(money.params_)
print(json.dumps(out))
`;

interface Timings {
  purchases: { wall: number; cpu: number }[];
  spending: { wall: number; cpu: number }[];
}

/** lifetimes in a virtual environment of its own; undefined, said on stderr, where it cannot be had. */
function openLifetimes():
  | { folder: string; run: (summary: string) => Timings & { parameters: object; money: object } }
  | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'clv-bench-'));
  const packages = ['lifetimes==0.11.3', 'numpy==2.4.6', 'pandas==3.1.1', 'scipy==1.17.1', 'autograd==1.9.1'];
  const steps: [string, string[]][] = [
    ['python3', ['-m', 'venv', folder]],
    [join(folder, 'bin/pip'), ['install', '--quiet', ...packages]],
  ];
  for (const [command, flags] of steps) {
    const { status, stderr } = spawnSync(command, flags, { encoding: 'utf8' });
    if (status === 0) continue;
    console.error(`SKIPPED: no lifetimes to compare with (${command}): ${String(stderr).trim().split('\n').at(-1)}`);
    rmSync(folder, { recursive: true });
    return undefined;
  }
  const script = join(folder, 'fit.py');
  writeFileSync(script, python);
  return {
    folder,
    run(summary) {
      const env = { ...process.env, OMP_NUM_THREADS: '1', OPENBLAS_NUM_THREADS: '1', MKL_NUM_THREADS: '1' };
      const { stdout, stderr, status } = spawnSync(join(folder, 'bin/python'), [script, summary, String(fitsARound)], {
        encoding: 'utf8',
        env,
      });
      if (status !== 0) throw new Error(`lifetimes failed: ${stderr}`);
      return JSON.parse(stdout);
    },
  };
}

const spread = (times: { wall: number; cpu: number }[]) => {
  const of = (kind: 'wall' | 'cpu') => {
    const values = times.map((time) => time[kind]);
    return { median: rounded(median(values)), p10: rounded(percentile(values, 0.1)), p90: rounded(percentile(values, 0.9)) };
  };
  return { wallMs: of('wall'), cpuMs: of('cpu'), n: times.length };
};

const timesFaster = (theirs: Timings['purchases'], ours: Timings['purchases']) => ({
  wall: rounded(median(theirs.map(({ wall }) => wall)) / median(ours.map(({ wall }) => wall))),
  cpu: rounded(median(theirs.map(({ cpu }) => cpu)) / median(ours.map(({ cpu }) => cpu))),
});

/** The same summary fitted by both, turn by turn. */
function speed(folder: string, customers: CustomerSummary[]) {
  const first = timed(() => fitted(fitPurchases('bg-nbd', customers, 'week')));
  const ours: Timings = { purchases: [], spending: [] };
  const fitOurs = (): void => {
    for (let i = 0; i < fitsARound; i++) {
      ours.purchases.push(timed(() => fitPurchases('bg-nbd', customers, 'week')));
      ours.spending.push(timed(() => fitSpending(customers)));
    }
  };
  const lifetimes = openLifetimes();
  const theirs: Timings = { purchases: [], spending: [] };
  let parameters: { purchases: object; spending: object } | undefined;
  try {
    for (let round = 0; round < (lifetimes ? rounds : 3); round++) {
      fitOurs();
      const answer = lifetimes?.run(join(folder, 'cdnow_customers_summary_with_transactions.csv'));
      theirs.purchases.push(...(answer?.purchases ?? []));
      theirs.spending.push(...(answer?.spending ?? []));
      if (answer) parameters = { purchases: answer.parameters, spending: answer.money };
    }
  } finally {
    if (lifetimes) rmSync(lifetimes.folder, { recursive: true });
  }
  return {
    'first fit of the process, ms': rounded(first.wall),
    'BG/NBD, four starts': spread(ours.purchases),
    'Gamma-Gamma, four starts': spread(ours.spending),
    ...(lifetimes
      ? {
          'lifetimes BetaGeoFitter, one start': spread(theirs.purchases),
          'lifetimes GammaGammaFitter, one start': spread(theirs.spending),
          'lifetimes parameters, from the summary': parameters,
          'ours, from the summary': {
            purchases: fitted(fitPurchases('bg-nbd', customers, 'week')).parameters,
            spending: fitted(fitSpending(customers)).parameters,
          },
          'BG/NBD, times faster': timesFaster(theirs.purchases, ours.purchases),
          'Gamma-Gamma, times faster': timesFaster(theirs.spending, ours.spending),
        }
      : { lifetimes: 'left out' }),
  };
}

/** What the two models say of those who bought once. */
function oneTimeBuyers(fit: PurchaseFit, customers: CustomerSummary[]) {
  const once = customers.filter(({ frequency }) => frequency === 0);
  const expected = expectation(fit.model, fit.parameters);
  const sum = (of: (customer: CustomerSummary) => number): number => once.reduce((total, customer) => total + of(customer), 0);
  return {
    customers: once.length,
    alive: Math.round(sum((customer) => probabilityAlive(fit.model, fit.parameters, customer))),
    purchasesExpected: Math.round(sum((customer) => expected(customer, 39))),
  };
}

export function clv() {
  const folder = benchData('cdnow');
  if (!folder) return { cdnow: 'left out' };
  const { transactions } = mergePurchases(rawLog(folder));
  const customers = summarize(transactions, until, 'week');
  const fit = fitted(fitPurchases('bg-nbd', customers, 'week'));
  const early = fitted(fitPurchases('mbg-nbd', customers, 'week'));
  const money = fitted(fitSpending(customers));
  const summary = summaryIn(folder);
  const [ofSummary, moneyOfSummary] = [fitted(fitPurchases('bg-nbd', summary, 'week')), fitted(fitSpending(summary))];
  const expected = expectation('bg-nbd', ofSummary.parameters);
  const values = lifetimeValues(ofSummary, moneyOfSummary, summary, { months: 12, monthlyDiscount: 0.01 });
  const { byFrequency, ...holdOut } = holdOutOf(fit, customers, transactions, until, lastDay);
  const ofEarly = holdOutOf(early, customers, transactions, until, lastDay);
  const totals = totalsOf(fit, undefined, customers, 39);
  const spendingMean = (some: CustomerSummary[]): number =>
    some.reduce((sum, customer) => sum + (expectedSpending(moneyOfSummary.parameters, customer) ?? 0), 0) / some.length;
  return {
    'BG/NBD from the raw log': {
      ...fit.parameters,
      logLikelihood: fit.logLikelihood,
      agreeing: `${fit.agreeing} of ${fit.starts}`,
    },
    'published (CLVTools)': published,
    'largest difference of a parameter, %': Math.max(
      ...(['r', 'alpha', 'a', 'b'] as const).map((name) => percentOff(fit.parameters[name], published[name])),
    ),
    'difference of the log-likelihood': rounded(fit.logLikelihood - published.logLikelihood, 5),
    'Gamma-Gamma from the raw log': { ...money.parameters, logLikelihood: money.logLikelihood, customers: money.customers },
    'published (paper; CLVTools)': publishedSpending,
    'largest difference of a spending parameter, %': Math.max(
      ...(['p', 'q', 'v'] as const).map((name) => percentOff(money.parameters[name], publishedSpending[name])),
    ),
    'difference of the spending log-likelihood': rounded(money.logLikelihood - publishedSpending.logLikelihood, 5),
    'correlation of frequency and value (0.114)': rounded(money.correlation ?? Number.NaN, 4),
    'mean expected value of a purchase (lifetimes 35.2530; observed 35.0786)': rounded(spendingMean(summary), 4),
    'hold-out of 39 weeks, BG/NBD': holdOut,
    'hold-out by frequency, BG/NBD': byFrequency.map(
      (row) => `${row.frequency}: ${row.customers}, ${rounded(row.actual, 3)}, ${rounded(row.expected, 3)}`,
    ),
    '95 % of the hold-out total, BG/NBD': totals.purchases.interval,
    'hold-out of 39 weeks, MBG/NBD': {
      expected: ofEarly.expected,
      correlation: ofEarly.correlation,
      logLikelihood: early.logLikelihood,
    },
    'one-time buyers, BG/NBD': oneTimeBuyers(fit, customers),
    'one-time buyers, MBG/NBD': oneTimeBuyers(early, customers),
    'lifetime value: thirty-week steps (published), real months (published)': publishedValues.map(
      ({ id, thirtyWeeks, months }) => {
        const place = summary.findIndex(({ customer }) => customer === id);
        const customer = summary[place] as CustomerSummary;
        const spent = expectedSpending(moneyOfSummary.parameters, customer) ?? Number.NaN;
        const steps = spent * discountedPurchases(expected, customer, { steps: 12, length: 30, discount: 0.01 });
        const value = values?.customers[place]?.lifetimeValue.value ?? Number.NaN;
        return `customer ${id}: ${rounded(steps, 3)} (${thirtyWeeks}), ${rounded(value, 2)} (${months})`;
      },
    ),
    ...speed(folder, summary),
  };
}
