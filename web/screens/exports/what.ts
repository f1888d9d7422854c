/** What is in an export, in a line? */
import { tellRange } from '../../words/dates.ts';

/** Lists of things that can be exported whole, by the lake's names. */
export const lists = [
  ['orders', 'Orders'],
  ['order_lines', 'Order lines'],
  ['shipments', 'Shipments'],
  ['refunds', 'Refunds'],
  ['reviews', 'Reviews'],
] as const;

interface What {
  kpis?: { names?: string[]; from?: string; to?: string; grain?: string };
  entities?: string;
  report?: string;
  from?: string;
  to?: string;
}

const titleOf = (name: string): string => lists.find(([list]) => list === name)?.[1] ?? name;

/** "8 numbers by day, 1 – 30 Nov 2026"; `titleOfKpi` knows the titles of KPIs. */
export function tellWhat(what: What, titleOfKpi: (name: string) => string): string {
  const { kpis, entities, report, from, to } = what;
  const days = (first?: string, last?: string): string => (first && last ? `, ${tellRange(first, last)}` : '');
  if (kpis) {
    const names = kpis.names ?? [];
    const [only] = names;
    const counted = names.length === 1 && only ? titleOfKpi(only) : `${names.length} numbers`;
    return `${counted}${kpis.grain ? ` by ${kpis.grain}` : ''}${days(kpis.from, kpis.to)}`;
  }
  return `${titleOf(entities ?? report ?? 'Export')}${days(from, to)}`;
}
