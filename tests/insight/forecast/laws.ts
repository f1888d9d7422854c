/** What must hold of every forecast, as functions that say what is wrong, so that a planted bug can be held against them. */
import { backtest } from '../../../shared/insight/forecast/backtest.ts';
import type { Forecast, ForecastQuestion, Refusal } from '../../../shared/insight/forecast/forecast.ts';
import type { Question } from '../../../shared/insight/forecast/predict.ts';

export type Ask = (question: ForecastQuestion) => Forecast | Refusal;

/** What is no number, has no width, is out of order or below zero without need. */
export function faultsOf(question: ForecastQuestion, answer: Forecast | Refusal): string[] {
  if ('refused' in answer) return /^[A-Z].*\.$/.test(answer.refused) ? [] : ['a refusal that is no sentence'];
  const faults = [answer, answer.total].flatMap((rows) => faultsOfRows(question, rows));
  const { backtest: record } = answer;
  if (record && ![record.coverage80, record.coverage95].every((share) => share >= 0 && share <= 1)) faults.push('no share');
  if (/NaN|Infinity/.test(JSON.stringify(record, (_, value) => (Number.isNaN(value) ? 'NaN' : value)))) faults.push('no record');
  return [...new Set(faults)];
}

function faultsOfRows(question: ForecastQuestion, { mean, interval80, interval95 }: Forecast['total']): string[] {
  const rows = [mean, interval80.lower, interval80.upper, interval95.lower, interval95.upper];
  const faults: string[] = [];
  if (rows.some((row) => row.length !== question.horizon)) faults.push('another length than asked');
  if (!rows.flat().every(Number.isFinite)) faults.push('no number');
  const isNeverNegative = question.values.every((value) => value === null || !(value < 0));
  if (isNeverNegative && rows.flat().some((value) => value < 0)) faults.push('below zero');
  for (let i = 0; i < mean.length; i++) {
    const [middle = 0, a = 0, b = 0, c = 0, d = 0] = rows.map((row) => row[i]);
    if (!(a < b && c < d)) faults.push('no width');
    if (!(c <= a && a <= middle && middle <= b && b <= d)) faults.push('out of order');
  }
  return faults;
}

const numbersOf = (answer: Forecast | Refusal): number[] =>
  'refused' in answer
    ? []
    : [...answer.mean, ...answer.interval95.lower, ...answer.interval95.upper, ...answer.total.interval95.upper];

/** Values in another unit get the same forecast in that unit. */
export function isEquivariant(ask: Ask, question: ForecastQuestion, factor: number): boolean {
  const scaled = { ...question, values: question.values.map((value) => (value === null ? null : value * factor)) };
  const [as, other] = [numbersOf(ask(question)), numbersOf(ask(scaled))];
  return as.every((value, i) => Math.abs(value * factor - (other[i] ?? 0)) <= 1e-6 * Math.abs(value * factor) + 1e-9 * factor);
}

/**
 * Errors of the past, up to a place, stay what they are whatever comes from that place on. `chooseIn` makes the chooser in a world of
 * all values; an honest one has no use for them.
 */
export function isBlindToFuture(
  question: Omit<Question, 'choose'>,
  chooseIn: (world: Question['history']) => Question['choose'],
  from: number,
): boolean {
  const errorsOf = (history: Question['history']): string =>
    JSON.stringify(
      backtest({ ...question, history, choose: chooseIn(history) }, 6).scores.filter(({ origin, step }) => origin + step < from),
    );
  const changed = question.history.map((value, i) => (i < from ? value : 3 * (value ?? 0) + 500));
  return errorsOf(question.history) === errorsOf(changed);
}
