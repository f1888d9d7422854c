/**
 * What did each sample bring? A sale is brought by a sample when its affiliate was sent that product on the same day or at most `sampleDays`
 * before; the latest such sample gets it.
 */
import type { AthenaRow } from '../../lake/athena.ts';
import { daysBetween } from '../../time.ts';

/** A sale this many days after a sample was sent still counts as brought by it. */
export const sampleDays = 60;

/** Of some samples; amounts in minor units of the shop's currency. */
export interface Samples {
  /** Units that were sent, those of which no unit cost is known, and those that brought a sale. */
  sent: number;
  uncosted: number;
  sold: number;
  /** Of the goods and their labels. */
  cost: number;
  orders: number;
  netSales: number;
  /** Net sales less fees, commission, shipping and goods. */
  contribution: number;
  /** Net sales of goods whose unit cost is known, and of all. */
  costedSales: number;
  namedSales: number;
}

export const sampleFigures = [
  'sent',
  'uncosted',
  'sold',
  'cost',
  'orders',
  'netSales',
  'contribution',
  'costedSales',
  'namedSales',
] as const satisfies (keyof Samples)[];

export const noSamples = (): Samples => Object.fromEntries(sampleFigures.map((name) => [name, 0])) as unknown as Samples;
export function addSamples(sum: Samples, more: Partial<Samples>): void {
  for (const name of sampleFigures) sum[name] += more[name] ?? 0;
}

/** What was sent to an affiliate of a product on a day, and what each content brought since ('': not told which). */
export interface Sent {
  affiliate: string;
  day: string;
  samples: Samples;
  brought: Map<string, Samples>;
}

const keyOf = (row: AthenaRow): string => JSON.stringify([row.affiliate, row.product_id]);

/** Samples of an affiliate and product on a day are one, the earliest first. */
function sentOf(rows: AthenaRow[]): Map<string, Sent[]> {
  const all = new Map<string, Sent[]>();
  for (const row of rows.toSorted((a, b) => ((a.day ?? '') < (b.day ?? '') ? -1 : 1))) {
    const [affiliate, day] = [row.affiliate ?? '', row.day ?? ''];
    const known = all.get(keyOf(row)) ?? [];
    all.set(keyOf(row), known);
    const last = known.at(-1)?.day === day ? known.at(-1) : undefined;
    const one = last ?? { affiliate, day, samples: noSamples(), brought: new Map() };
    if (!last) known.push(one);
    const sent = Number(row.quantity);
    const cost = Number(row.cost ?? 0) + Number(row.label_cost ?? 0);
    addSamples(one.samples, { sent, uncosted: row.cost === null ? sent : 0, cost });
  }
  return all;
}

/** Lines of samples that were sent, each with what it brought: a sale of an affiliate is that of the latest sample of its product. */
export function broughtBy(sentRows: AthenaRow[], sales: AthenaRow[]): Sent[] {
  const sent = sentOf(sentRows);
  const counted = new Set<string>();
  for (const row of sales) {
    const day = row.day ?? '';
    const latest = sent.get(keyOf(row))?.findLast((each) => each.day <= day);
    if (!latest || daysBetween(latest.day, day) > sampleDays) continue;
    const content = row.content_id ?? '';
    const sum = latest.brought.get(content) ?? noSamples();
    addSamples(sum, {
      // An order with several products of which samples were sent is one.
      orders: counted.has(row.order_id ?? '') ? 0 : 1,
      netSales: Number(row.net_sales),
      contribution: Number(row.contribution),
      costedSales: Number(row.costed_sales),
      namedSales: Number(row.named_sales),
    });
    counted.add(row.order_id ?? '');
    latest.brought.set(content, sum);
  }
  const all = [...sent.values()].flat();
  for (const { samples, brought } of all) samples.sold = brought.size ? samples.sent : 0;
  return all;
}
