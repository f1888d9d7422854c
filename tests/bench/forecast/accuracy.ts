/** How far are the defaults from what came, in M3, NN5 and Tourism, and how often do their intervals hold it? */
import { type Forecast, forecast } from '../../../shared/insight/forecast/forecast.ts';
import { coverageOf, maseOf, msisOf, smapeOf } from '../../../shared/insight/forecast/metrics.ts';
import { rounded } from '../statistics.ts';
import { type CompetitionRow, rowsOf } from './data.ts';

const m3 = ['m3_yearly', 'm3_quarterly', 'm3_monthly', 'm3_other'];
const sets = [...m3, 'nn5_daily_raw', 'tourism_quarterly'];

/** Published for M3's NAIVE2 where nothing is seasonal, so that it is the last value: what our code of the metrics must come to. */
const publishedNaive2 = { m3_yearly: [17.88, 3.172], m3_other: [6.302, 3.089] } as const;

const mean = (values: (number | null)[]): number => {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
};

function naive2(name: keyof typeof publishedNaive2) {
  const rows = rowsOf(name);
  if (!rows) return undefined;
  const last = ({ train, test }: CompetitionRow): number[] => test.map(() => train.at(-1) ?? 0);
  const ours = [
    rounded(mean(rows.map((row) => smapeOf(row.test, last(row)))), 3),
    rounded(mean(rows.map((row) => maseOf(row.test, last(row), row.train, row.freq))), 3),
  ];
  const published = publishedNaive2[name];
  return { ours, published, equal: ours.every((figure, i) => figure === published[i]) };
}

type Scores = Record<'smape' | 'mase' | 'coverage80' | 'coverage95' | 'totalCoverage95' | 'msis95', (number | null)[]>;

const noScores = (): Scores => ({ smape: [], mase: [], coverage80: [], coverage95: [], totalCoverage95: [], msis95: [] });

function scoresOf(rows: CompetitionRow[], mode: 'full' | 'hot'): Scores {
  const scores = noScores();
  for (const { train, test, freq, h } of rows) {
    const found = forecast({ values: train, periods: [freq], horizon: h, mode }) as Forecast;
    const { mean: means, interval80, interval95, total } = found;
    const sold = test.reduce<number | null>((sum, value) => (sum === null || value === null ? null : sum + value), 0);
    scores.smape.push(smapeOf(test, means));
    scores.mase.push(maseOf(test, means, train, freq));
    scores.coverage80.push(coverageOf(test, interval80.lower, interval80.upper));
    scores.coverage95.push(coverageOf(test, interval95.lower, interval95.upper));
    scores.totalCoverage95.push(coverageOf([sold], total.interval95.lower.slice(-1), total.interval95.upper.slice(-1)));
    scores.msis95.push(msisOf(test, { ...interval95, level: 0.95 }, train, freq));
  }
  return scores;
}

const figuresOf = (scores: Scores, count: number) => ({
  series: count,
  ...Object.fromEntries(Object.entries(scores).map(([name, values]) => [name, rounded(mean(values), 3)])),
});

export function accuracy() {
  const figures: Record<string, unknown> = {};
  for (const name of Object.keys(publishedNaive2) as (keyof typeof publishedNaive2)[])
    figures[`NAIVE2, ${name}: sMAPE, MASE`] = naive2(name) ?? 'skipped';
  for (const mode of ['full', 'hot'] as const) {
    const all = noScores();
    for (const name of sets) {
      const rows = rowsOf(name);
      if (!rows) continue;
      const scores = scoresOf(rows, mode);
      figures[`${mode}, ${name}`] = figuresOf(scores, rows.length);
      if (m3.includes(name)) for (const key of Object.keys(all) as (keyof Scores)[]) all[key].push(...scores[key]);
    }
    if (all.smape.length) figures[`${mode}, M3, all`] = figuresOf(all, all.smape.length);
  }
  return figures;
}
