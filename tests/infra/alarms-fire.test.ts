/** Can every alarm be raised by what it is there for? Each is played against a failure that goes on, derived from the template. */
import { describe, expect, it } from 'vitest';
import { makeTemplates, makeWeb, resources } from './make-stacks.ts';
import { type AlarmShape, type Datum, raisedAt, type Told } from './simulate-alarm.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
/** The longest pause of Lambda before it hands a failed batch over again. */
const BATCH_PAUSE = 60;
/** Lambda's pauses before the second and the third try of an event. */
const EVENT_PAUSES = [60, 120];
/** Someone who looks at the numbers asks at least this often. */
const REQUEST_EVERY = 300;

// biome-ignore lint/suspicious/noExplicitAny: a template is untyped JSON
type Properties = Record<string, any>;
type Alarm = AlarmShape & Properties;

const name = 'Trial';
const { data, service } = makeTemplates({ name, archiveWindowSeconds: 300 });
const { web } = makeWeb({ name });
const alarms = [data, service, web].flatMap((template) => Object.entries(resources(template, 'AWS::CloudWatch::Alarm'))) as [
  string,
  Alarm,
][];
const functions = resources(service, 'AWS::Lambda::Function');
const asynchronous = Object.values(resources(service, 'AWS::Lambda::EventInvokeConfig')).map((one) => one.FunctionName.Ref);
const readers = Object.values(resources(service, 'AWS::Lambda::EventSourceMapping'));
const readerOf = (id: string) => readers.find(({ FunctionName }) => FunctionName.Ref === id);

/** Logical ids that an alarm's dimensions refer to. */
const subjectOf = ({ Dimensions = [] }: Properties): string =>
  Dimensions.find(({ Name }: { Name: string }) => Name === 'FunctionName')?.Value.Ref ?? '';

/** Starts of the runs of a function that fails every time after `duration`. */
function startsOf(id: string, duration: number): number[] {
  if (asynchronous.includes(id)) {
    const starts = [0];
    for (const pause of EVENT_PAUSES) starts.push((starts.at(-1) ?? 0) + duration + pause);
    return starts;
  }
  const every = readerOf(id) ? duration + BATCH_PAUSE : Math.max(REQUEST_EVERY, duration);
  return Array.from({ length: 60 }, (_, run) => run * every);
}
const runsOf = (id: string, duration: number, value = (_end: number) => 1): Datum[] =>
  startsOf(id, duration).map((at) => ({ at, seen: at + duration, value: value(at + duration) }));
const every = (seconds: number, until: number, value: number): Datum[] =>
  Array.from({ length: Math.ceil(until / seconds) }, (_, i) => ({ at: i * seconds, seen: i * seconds + 1, value }));

/** Failures that go on, by what the alarm watches: each must raise it within the time given. */
function scenariosOf(id: string, alarm: Alarm): [what: string, told: Told, within: number, step?: number][] {
  const subject = subjectOf(alarm);
  const slowest = Number(functions[subject]?.Timeout ?? 1);
  switch (
    alarm.Namespace === name ? 'own' : (alarm.MetricName ?? alarm.Metrics?.map(({ MetricStat }) => MetricStat?.Stat).join())
  ) {
    case 'Errors':
      return [1, slowest].map((duration) => [`fails after ${duration} s`, { '': runsOf(subject, duration) }, 2 * HOUR]);
    case 'Throttles':
      return [['is refused once', { '': every(DAY, DAY, 1) }, HOUR]];
    case 'IteratorAge': {
      // A batch that fails whenever it is tried: its age is the time gone by.
      const until = 4 * DAY;
      const gap = slowest + BATCH_PAUSE;
      const ages = every(gap, until, 0).map(({ at }) => ({ at, seen: at + slowest, value: (at + slowest) * 1000 }));
      return [['gets nowhere', { '': ages }, until, 300]];
    }
    case 'own':
      // One wrong signature is nobody's business: somebody has to go on trying.
      if (alarm.MetricName === 'RefusedWebhooks') return [['goes on', { '': every(10, HOUR, 1) }, HOUR]];
      // A word that nobody knows among many is nobody's business either.
      if (alarm.MetricName === 'UnclassifiedTracking') return [['is a fifth', { '': every(600, 3 * HOUR, 20) }, 3 * HOUR]];
      return [['is told once', { '': [{ at: 30, seen: 31, value: 1 }] }, HOUR]];
    case 'ApproximateNumberOfMessagesVisible':
      return [['holds one message', { '': every(60, HOUR, 1) }, HOUR]];
    case 'ApproximateAgeOfOldestMessage':
      return [['is not worked off', { '': every(60, HOUR, 1).map((each) => ({ ...each, value: each.at })) }, HOUR]];
    case 'WriteProvisionedThroughputExceeded':
    case 'ReadThrottleEvents':
    case 'WriteThrottleEvents':
      // Only traffic is refused: a call a second at least.
      return [['refuses', { '': every(1, 600, 1) }, HOUR]];
    case '5xx':
      return [['answers every request with an error', { '': every(REQUEST_EVERY, 2 * HOUR, 1) }, HOUR]];
    case '5xxErrorRate':
      return [['answers every request with an error', { '': every(REQUEST_EVERY, 2 * HOUR, 100) }, HOUR]];
    case 'Sum,Sum,':
    case ',Sum,Sum': {
      // One event a period, and nobody reads.
      const { Period = 0 } = alarm.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat ?? {};
      return [['is not invoked', { incoming: every(Period - 60, 4 * Period, 1), invocations: [] }, 3 * Period]];
    }
    default:
      throw new Error(`${id} watches ${alarm.MetricName}: say here what a failure that goes on looks like.`);
  }
}

const cases = alarms.flatMap(([id, alarm]) =>
  scenariosOf(id, alarm).map(([what, told, within, step]) => [id, what, { told, within, step, alarm }] as const),
);

describe('an alarm is raised', () => {
  it('whatever it is on: there is a case for each', () => expect(new Set(cases.map(([id]) => id)).size).toBe(alarms.length));
  it.each(cases)('%s: what it watches %s', (_, __, { told, within, step, alarm }) => {
    // Whenever in the minute it is evaluated.
    for (const shift of [0, 7, 59]) {
      const shifted = Object.fromEntries(
        Object.entries(told).map(([metric, data]) => [
          metric,
          data.map(({ at, seen, value }) => ({ at: at + shift, seen: seen + shift, value })),
        ]),
      );
      expect(raisedAt(alarm, shifted, within + 60, step)).toBeDefined();
    }
  });
});

describe('an alarm is not raised', () => {
  const unread = alarms.filter(([, { Metrics }]) => Metrics);
  it.each(unread)('%s: while what arrives is read, however late in the window', (id, alarm) => {
    const part = id.startsWith('Archiver') ? 'Archiver' : 'Aggregator';
    const [subject = ''] = Object.keys(functions).filter((each) => each.startsWith(part));
    const reader = readerOf(subject);
    const late = Number(reader?.MaximumBatchingWindowInSeconds) + Number(functions[subject]?.Timeout);
    const { Period = 0 } = alarm.Metrics?.find(({ MetricStat }) => MetricStat)?.MetricStat ?? {};
    for (const apart of [60, late - 1, late + 1, Period - 1, Period + 1]) {
      const incoming = every(apart, 6 * Period, 1);
      const invocations = incoming.map(({ at }) => ({ at: at + late, seen: at + late, value: 1 }));
      expect(raisedAt(alarm, { incoming, invocations }, 6 * Period, Math.max(60, Period / 96))).toBeUndefined();
    }
  });

  const errors = alarms.filter(([id, { MetricName }]) => MetricName === 'Errors' && !/NightStore|PreToken/.test(id));
  it.each(errors)('%s: by one failed run', (_, alarm) =>
    expect(raisedAt(alarm, { '': [{ at: 0, seen: 900, value: 1 }] }, 3 * HOUR)).toBeUndefined(),
  );
});

describe('alarms as they must not be', () => {
  const shape = {
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    TreatMissingData: 'notBreaching',
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
  };
  const [nightly = ''] = asynchronous.filter((id) => id.startsWith('Reconciler'));
  const [reader = ''] = Object.keys(functions).filter((id) => id.startsWith('Aggregator'));
  it.each([
    ['three failures of a slow job in five minutes', { ...shape, Threshold: 3 }, runsOf(nightly, 900)],
    ['even one, since it is dated before anyone hears of it', { ...shape, Threshold: 1 }, runsOf(nightly, 900)],
    ['five failed batches of two minutes in five minutes', { ...shape, Threshold: 5 }, runsOf(reader, 120)],
    ['an age that nobody tells', { ...shape, Statistic: 'Maximum', Threshold: 1 }, []],
  ])('never speak: %s', (_, alarm, told) => expect(raisedAt(alarm, { '': told }, DAY)).toBeUndefined());
});
