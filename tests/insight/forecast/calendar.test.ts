/** Is a planted effect of the calendar found, and is it in the forecast where the calendar says so? */
import { describe, expect, it } from 'vitest';
import { type Forecast, type ForecastQuestion, forecast } from '../../../shared/insight/forecast/forecast.ts';
import { seriesOf, shopDays } from './series.ts';

const given = (question: ForecastQuestion): Forecast => forecast(question) as Forecast;
const days = 140;
const horizon = 14;
/** Campaigns on some days of the past, and on the fourth and fifth day ahead. */
const campaign = Array.from({ length: days + horizon }, (_, i) =>
  (i < days ? (i * 37) % 17 === 3 : i === days + 3 || i === days + 4) ? 1 : 0,
);
const plain = shopDays(days + horizon, 21);

describe('a campaign that doubles sales', () => {
  const truth = plain.map((value, i) => (campaign[i] ? 2 * value : value));
  const values = truth.slice(0, days);
  const knownFuture = [{ name: 'campaign', values: campaign }];
  const answer = given({ values, periods: [7], horizon, knownFuture });

  it('is found as a factor of about two', () => {
    const [effect] = answer.effects;
    expect(effect).toMatchObject({ name: 'campaign', isFactor: true });
    expect(effect?.effect).toBeGreaterThan(1.85);
    expect(effect?.effect).toBeLessThan(2.1);
  });

  it('is in the forecast on its days, and only there', () => {
    const without = given({ values: plain.slice(0, days), periods: [7], horizon });
    for (let i = 0; i < horizon; i++) {
      const ratio = (answer.mean[i] ?? 0) / (without.mean[i] ?? 1);
      expect(ratio).toBeGreaterThan(campaign[days + i] ? 1.7 : 0.93);
      expect(ratio).toBeLessThan(campaign[days + i] ? 2.2 : 1.07);
    }
  });

  it('makes the back-test better than not to know it', () => {
    const unaware = given({ values, periods: [7], horizon });
    expect(answer.backtest?.wape ?? 1).toBeLessThan(unaware.backtest?.wape ?? 0);
  });

  it('widens what is uncertain on its days', () => {
    const width = (i: number): number => (answer.interval95.upper[i] ?? 0) - (answer.interval95.lower[i] ?? 0);
    expect(width(3) / (answer.mean[3] ?? 1)).toBeCloseTo(width(10) / (answer.mean[10] ?? 1), 1);
  });
});

it('a column without effect has none, and one that never changed is left alone', () => {
  const { effects } = given({
    values: plain.slice(0, days),
    periods: [7],
    horizon,
    knownFuture: [
      { name: 'campaign', values: campaign },
      {
        name: 'never',
        values: Array(days + horizon)
          .fill(0)
          .with(days + 1, 1),
      },
    ],
  });
  expect(effects[0]?.effect).toBeGreaterThan(0.93);
  expect(effects[0]?.effect).toBeLessThan(1.07);
  expect(effects[1]?.effect).toBe(1);
});

it('working days of a month have an effect for each of them', () => {
  const workdays = Array.from({ length: 66 }, (_, i) => 19 + ((i * i + 3 * i) % 5));
  const values = seriesOf(60, 31, (i, noise) => 1000 * 1.04 ** ((workdays[i] ?? 21) - 21) * (1 + 0.01 * noise));
  const { effects } = given({ values, periods: [12], horizon: 6, knownFuture: [{ name: 'working days', values: workdays }] });
  expect(effects[0]?.effect).toBeGreaterThan(1.03);
  expect(effects[0]?.effect).toBeLessThan(1.05);
});

it('where there are zeros, an effect is an amount', () => {
  const values = shopDays(days, 22).map((value, i) => (i % 7 === 6 ? 0 : value) + (campaign[i] ? 80 : 0));
  const [effect] = given({ values, periods: [7], horizon, knownFuture: [{ name: 'campaign', values: campaign }] }).effects;
  expect(effect?.isFactor).toBe(false);
  expect(effect?.effect).toBeGreaterThan(65);
  expect(effect?.effect).toBeLessThan(90);
});
