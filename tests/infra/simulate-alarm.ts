/** When would CloudWatch raise an alarm, given what its metrics were told? Its evaluation in small: a sliding window, once a minute. */

/** A datum: dated `at`, heard of at `seen` (both in seconds). Lambda dates a failure at the start of its run and tells of it at the end. */
export interface Datum {
  at: number;
  seen: number;
  value: number;
}

/** What is read of an AWS::CloudWatch::Alarm. */
export interface AlarmShape {
  Period?: number;
  Statistic?: string;
  Threshold: number;
  EvaluationPeriods: number;
  DatapointsToAlarm?: number;
  TreatMissingData?: string;
  ComparisonOperator: string;
  Metrics?: { Id: string; Expression?: string; MetricStat?: { Period: number; Stat: string } }[];
}

/** Told of each metric: by its id in an expression, under '' where the alarm has one metric. */
export type Told = Record<string, readonly Datum[]>;

/** The one expression that the stacks have; another one is to be added here with its meaning. */
const UNREAD = 'IF(FILL(incoming, 0) > 0 AND FILL(invocations, 0) == 0, 1, 0)';

const statistics: Record<string, (values: number[]) => number> = {
  Sum: (values) => values.reduce((sum, value) => sum + value, 0),
  Maximum: (values) => Math.max(...values),
  Average: (values) => values.reduce((sum, value) => sum + value, 0) / values.length,
};

/** The value of one period, undefined where nothing was told of it. */
function totalOf(alarm: AlarmShape, told: Told, from: number, to: number, now: number): number | undefined {
  const of = (id: string, statistic: string): number | undefined => {
    const values = (told[id] ?? []).filter(({ at, seen }) => at >= from && at < to && seen <= now).map(({ value }) => value);
    const sum = statistics[statistic];
    if (!sum) throw new Error(`The simulation knows no statistic ${statistic}.`);
    return values.length ? sum(values) : undefined;
  };
  if (!alarm.Metrics) return of('', alarm.Statistic ?? '');
  const expression = alarm.Metrics.find(({ Expression }) => Expression)?.Expression;
  if (expression !== UNREAD) throw new Error(`The simulation knows no expression ${expression}.`);
  return (of('incoming', 'Sum') ?? 0) > 0 && (of('invocations', 'Sum') ?? 0) === 0 ? 1 : 0;
}

const periodOf = ({ Period, Metrics }: AlarmShape): number => {
  const periods = new Set(
    [Period, ...(Metrics ?? []).map(({ MetricStat }) => MetricStat?.Period)].filter((one) => one !== undefined),
  );
  if (periods.size !== 1) throw new Error(`${periods.size} periods in one alarm, not one`);
  return [...periods][0] as number;
};

/** The first second, up to `until`, at which the alarm is raised; undefined if it never is. `step`: seconds between evaluations. */
export function raisedAt(alarm: AlarmShape, told: Told, until: number, step = 60): number | undefined {
  if (alarm.TreatMissingData !== 'notBreaching' || alarm.ComparisonOperator !== 'GreaterThanOrEqualToThreshold')
    throw new Error('The simulation knows alarms at and above a threshold that take no data for good news.');
  const period = periodOf(alarm);
  const needed = alarm.DatapointsToAlarm ?? alarm.EvaluationPeriods;
  for (let now = step; now <= until; now += step) {
    let breaching = 0;
    for (let back = 0; back < alarm.EvaluationPeriods; back++) {
      const to = now - back * period;
      if ((totalOf(alarm, told, to - period, to, now) ?? Number.NEGATIVE_INFINITY) >= alarm.Threshold) breaching += 1;
    }
    if (breaching >= needed) return now;
  }
  return undefined;
}
