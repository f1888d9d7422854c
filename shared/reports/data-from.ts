/** Since when is there data behind a number? Before that it is unknown, which is not zero. */
import { dictionary } from '../kpis/dictionary.ts';
import { readFirstDay } from '../store/data-span.ts';
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

/** The first day of data by KPI; nothing for a KPI of which there is none. */
export async function readDataFrom(scope: Scope, kpis: Resolved[]): Promise<Map<string, string>> {
  const topics = [...new Set(kpis.flatMap(topicsOf))];
  const firsts = new Map(await Promise.all(topics.map(async (topic) => [topic, await readFirstDay(scope, topic)] as const)));
  return new Map(
    kpis.flatMap((kpi) => {
      const [first] = topicsOf(kpi)
        .flatMap((topic) => firsts.get(topic) ?? [])
        .sort();
      return first ? [[kpi.name, first]] : [];
    }),
  );
}
