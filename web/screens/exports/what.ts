/** What is in an export, in a line? */
import type { Grain } from '../../../shared/kpis/grains.ts';
import { formatRange } from '../../formatting/dates.ts';
import { say, sayIfKnown } from '../../formatting/say.ts';

/** Lists of things that can be exported whole, by the lake's names. */
export const lists = [
  ['orders', 'list.orders'],
  ['order_lines', 'list.order_lines'],
  ['shipments', 'list.shipments'],
  ['refunds', 'list.refunds'],
  ['reviews', 'list.reviews'],
] as const;

interface What {
  kpis?: { names?: string[]; from?: string; to?: string; grain?: Grain };
  entities?: string;
  report?: string;
  from?: string;
  to?: string;
}

const titleOf = (name: string): string => sayIfKnown(`list.${name}`) ?? name;

/** "8 numbers by day, 1 – 30 Nov 2026"; `titleOfKpi` knows the titles of KPIs. */
export function formatWhat(what: What, titleOfKpi: (name: string) => string): string {
  const { kpis, entities, report, from, to } = what;
  const within = (counted: string, first?: string, last?: string): string =>
    first && last ? say('exports.of', { what: counted, range: formatRange(first, last) }) : counted;
  if (kpis) {
    const names = kpis.names ?? [];
    const [only] = names;
    const title = names.length === 1 && only ? titleOfKpi(only) : say('exports.numbers', { count: names.length });
    return within(kpis.grain ? say(`chart.by.${kpis.grain}`, { title }) : title, kpis.from, kpis.to);
  }
  const name = entities ?? report;
  return within(name ? titleOf(name) : say('exports.export'), from, to);
}
