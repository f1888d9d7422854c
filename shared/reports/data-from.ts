/** Since when is there data behind a number? Before that it is unknown, which is not zero. */
import { dictionary } from '../kpis/dictionary.ts';
import { readFirstDay } from '../store/data-span.ts';
import type { Table } from '../store/table.ts';
import { measuresOf, type Resolved } from './formula.ts';
import type { Scope } from './scope.ts';

/** Topics that a source of orders feeds: what stands in an order's item is known from its first order on. */
const ofOrders = new Set(
  [...dictionary.entries.values()].filter(({ kpi }) => 'of' in kpi && kpi.of === 'order').map(({ topic }) => topic),
);
/** Refunds come with the orders: a shop that had none yet had zero of them. */
const isWithOrders = (topic: string): boolean =>
  [...dictionary.entries.values()].some(
    ({ topic: own, kpi }) => own === topic && 'of' in kpi && (kpi.of === 'refund' || kpi.of === 'order'),
  );

/** The topics whose first day tells since when a number is known. */
function topicsOf({ formula }: Resolved): string[] {
  const own = formula.kind === 'distribution' ? [formula.topic] : measuresOf(formula).map(({ topic }) => topic);
  return [...new Set(own.some(isWithOrders) ? [...own, ...ofOrders] : own)];
}

interface Known {
  /** What was applied when they were looked up. */
  applied: string;
  days: Map<string, Promise<string | undefined>>;
}
/** First days by partition. A first day moves only when something more is counted: whoever asks again before that looks nothing up. */
const known = new WeakMap<Table, Map<string, Known>>();
const mostPartitions = 1000;

/** Those that were looked up for one answer. */
const ofAnswer = new WeakMap<Scope['pending'], Known['days']>();

function daysOf({ table, partition, pending, progress: { applied, lagSeconds } }: Scope): Known['days'] {
  // What waits may be half counted: what is read now is kept for this answer alone.
  if (lagSeconds > 0 || applied === '') {
    const own: Known['days'] = ofAnswer.get(pending) ?? new Map();
    ofAnswer.set(pending, own);
    return own;
  }
  const partitions = known.get(table) ?? new Map<string, Known>();
  known.set(table, partitions);
  const found = partitions.get(partition);
  if (found?.applied === applied) return found.days;
  if (partitions.size >= mostPartitions) partitions.clear();
  const days: Known['days'] = new Map();
  partitions.set(partition, { applied, days });
  return days;
}

function firstDayOf(scope: Scope, days: Known['days'], topic: string): Promise<string | undefined> {
  const found = days.get(topic);
  if (found) return found;
  const day = readFirstDay(scope, topic);
  days.set(topic, day);
  // What failed is looked up again.
  day.catch(() => days.delete(topic));
  return day;
}

/** The first day of data by KPI; nothing for a KPI of which there is none. */
export async function readDataFrom(scope: Scope, kpis: Resolved[]): Promise<Map<string, string>> {
  const topics = [...new Set(kpis.flatMap(topicsOf))];
  const days = daysOf(scope);
  const firsts = new Map(await Promise.all(topics.map(async (topic) => [topic, await firstDayOf(scope, days, topic)] as const)));
  return new Map(
    kpis.flatMap((kpi) => {
      const [first] = topicsOf(kpi)
        .flatMap((topic) => firsts.get(topic) ?? [])
        .sort();
      return first ? [[kpi.name, first]] : [];
    }),
  );
}
