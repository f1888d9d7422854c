/** What is a rule of advice? It looks at what reports know and says what is at stake, with the numbers that say so. */
import { createHash } from 'node:crypto';
import type { InventoryRow } from '../../api/inventory.ts';
import type { Amounts } from '../../kpis/profit-steps.ts';
import type { Samples } from '../free-samples/brought.ts';
import type { Payouts } from '../payouts/document.ts';

export const ruleNames = ['late_orders', 'runs_out', 'paid_short', 'below_cost', 'samples_unsold'] as const;
export type RuleName = (typeof ruleNames)[number];

/** What rules look at; amounts are minor units of the shop's currency. */
export interface Facts {
  /** The local day that is not over. */
  today: string;
  /** Open orders whose ship-by has gone by, and their sales. */
  late: { orders: number; sales: number };
  /** The first day ahead of the stock report; null: there is none. */
  stockToday: string | null;
  stock: InventoryRow[];
  payouts: Payouts | undefined;
  /** By product, of this month so far and the one before, and how many days that are. */
  profit: Map<string, Amounts>;
  profitDays: number;
  /** By affiliate, of samples that had their sixty days, and of all. */
  matured: Map<string, Samples>;
  samples: Map<string, Samples>;
}

export interface Evidence {
  name: 'orderCount' | 'available' | 'chance' | 'incoming' | 'suggested' | 'sent' | 'unitCount' | 'lossPerUnit';
  value: number;
  unit: 'count' | 'money' | 'ratio';
}

export interface Found {
  /** The product (with its SKU) or affiliate it is about; null: the shop. */
  about: { kind: 'product' | 'affiliate'; value: string; sku?: string } | null;
  /** At stake; four of five times between the two limits, null where the amount is known. */
  money: { expected: number; lower: number | null; upper: number | null };
  confidence: 'high' | 'medium';
  evidence: Evidence[];
}

export interface Rule {
  name: RuleName;
  /** Screen and parameters under which the rows stand. */
  link: { screen: string; query: { [name: string]: string } };
  /** After so many days it is seen whether it helped: by the first number of the evidence. */
  judgedAfterDays: number;
  find(facts: Facts): Found[];
}

/** The same for the same rule and subject, however often it is computed. */
export const idOf = (rule: RuleName, about: Found['about']): string =>
  `${rule}-${createHash('sha256').update(JSON.stringify(about)).digest('hex').slice(0, 12)}`;
