/** Where are a creator's numbers, for who looks at days that have none? */
import { firstSign, kpiDashboards } from '../kpis/kpi-dashboards.ts';
import { readDataSpan } from '../store/data-span.ts';
import { dayOf, toLocal } from '../time.ts';
import { measuresOf, resolve } from './formula.ts';
import type { Scope } from './scope.ts';

export interface DataDays {
  /** First and last day with any number that the screens show, up to today. */
  dataFrom: string | null;
  dataTo: string | null;
  /** Last day with a sale. */
  newestSale: string | null;
}

const topicsOf = (name: string): string[] => measuresOf(resolve(name).formula).map(({ topic }) => topic);

/** The topics of every number on a screen of what was sold, sent or said; how machines fare is no number of a shop. */
const topics = [...new Set(Object.values(kpiDashboards).flatMap(({ names }) => names.flatMap(topicsOf)))];
const [ofSales = ''] = topicsOf(firstSign);

/** Reads two pages a topic, whatever there is. */
export async function reportDataDays(scope: Scope): Promise<DataDays> {
  const today = dayOf(toLocal(scope.now, scope.zones));
  const spans = new Map(
    await Promise.all(topics.map(async (topic) => [topic, await readDataSpan(scope, topic, today)] as const)),
  );
  const known = [...spans.values()].filter((span) => span !== undefined);
  return {
    dataFrom: known.map(({ from }) => from).sort()[0] ?? null,
    dataTo:
      known
        .map(({ to }) => to)
        .sort()
        .at(-1) ?? null,
    newestSale: spans.get(ofSales)?.to ?? null,
  };
}
