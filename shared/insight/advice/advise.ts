/** What should be done first? All rules, by the money that is expected at stake. */
import { others } from '../largest.ts';
import { type Facts, type Found, idOf, type Rule, type RuleName } from './rule.ts';
import { belowCost } from './rules/below-cost.ts';
import { lateOrders } from './rules/late-orders.ts';
import { paidShort } from './rules/paid-short.ts';
import { runsOut } from './rules/runs-out.ts';
import { samplesUnsold } from './rules/samples-unsold.ts';

export const rules: readonly Rule[] = [lateOrders, runsOut, paidShort, belowCost, samplesUnsold];

export type Advice = Found & Pick<Rule, 'link' | 'judgedAfterDays'> & { id: string; rule: RuleName };

/** What reports keep together under the rest is nobody to advise about. The most money first. */
export const advise = (facts: Facts): Advice[] =>
  rules
    .flatMap(({ name, link, judgedAfterDays, find }) =>
      find(facts).map((found): Advice => ({ id: idOf(name, found.about), rule: name, link, judgedAfterDays, ...found })),
    )
    .filter(({ about }) => about?.value !== others)
    .toSorted((a, b) => b.money.expected - a.money.expected || (a.id < b.id ? -1 : 1));
