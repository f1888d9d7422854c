/** How long does a night take in which every creator's series are forecast, with intervals and back-test, and does it grow with them alone? */
import { forecast } from '../../../shared/insight/forecast/forecast.ts';
import { rounded } from '../statistics.ts';

const seriesOfEach = 50;
const days = 365;
const horizon = 28;
const weekdays = [0.8, 0.9, 1, 1, 1.1, 1.4, 1.2];

/** Repeatable numbers from 0 to 1. */
function numbersOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

/** Counts of a year of days around a wandering level with weekdays; small levels are mostly zero. */
function history(seed: number, start: number): number[] {
  const next = numbersOf(seed);
  const noise = (): number => Array.from({ length: 12 }, next).reduce((sum, value) => sum + value, 0) - 6;
  let level = start;
  return Array.from({ length: days }, (_, day) => {
    level *= Math.exp(0.02 * noise());
    const mean = level * (weekdays[day % 7] ?? 1);
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * noise() + 0.1 * mean * noise()));
  });
}

/** Of fifty series five are totals, fifteen sell daily, thirty now and then: about what a shop's products look like. */
const levelOf = (series: number): number => (series < 5 ? 300 : series < 20 ? 12 : 0.6);

function night(creators: number) {
  let micros = 0;
  let refused = 0;
  for (let creator = 0; creator < creators; creator++) {
    const histories = Array.from({ length: seriesOfEach }, (_, i) => history(creator * seriesOfEach + i + 1, levelOf(i)));
    const began = process.cpuUsage();
    for (const values of histories) if ('refused' in forecast({ values, periods: [7], horizon })) refused++;
    const { user, system } = process.cpuUsage(began);
    micros += user + system;
  }
  return {
    series: creators * seriesOfEach,
    refused,
    cpuMinutes: rounded(micros / 6e7, 2),
    millisecondsASeries: rounded(micros / 1000 / (creators * seriesOfEach), 2),
    rssMegabytes: Math.round(process.memoryUsage.rss() / 1e6),
  };
}

export const nightly = (counts: number[]) =>
  Object.fromEntries(
    counts.map((creators) => [`a night of ${creators} creators × ${seriesOfEach} series of ${days} days`, night(creators)]),
  );
