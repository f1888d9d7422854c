/** What does a KPI stand on? Measures with their signs, one such sum over another, or counters; resolved to what is stored. */
import { dictionary } from '../kpis/dictionary.ts';
import type { Kpi, Unit } from '../kpis/language.ts';
import type { RefundsBy } from '../kpis/refunds-by.ts';

/** A stored measure and whether it is added or subtracted. */
export interface Term {
  topic: string;
  measure: string;
  sign: 1 | -1;
}

export type Formula =
  | { kind: 'sum'; terms: Term[] }
  | { kind: 'ratio'; numerator: Term[]; denominator: Term[]; isMoney: boolean }
  | { kind: 'distribution'; topic: string; name: string }
  | { kind: 'open'; hours: number[] }
  | { kind: 'report'; report: string };

export interface Resolved {
  name: string;
  unit: Unit;
  formula: Formula;
  /** Later events move closed days by design. */
  restates: boolean;
}

function entryOf(name: string): { topic: string; kpi: Kpi } {
  const entry = dictionary.entries.get(name);
  if (!entry) throw new RangeError(`no KPI ${name}`);
  return entry;
}

/** The measures of an additive KPI; by order date, each refund measure gives way to the one that counts on the order's day. */
export function termsOf(name: string, refundsBy: RefundsBy, sign: 1 | -1 = 1): Term[] {
  const { topic, kpi } = entryOf(name);
  if (kpi.kind === 'measure') {
    if (refundsBy === 'order_date' && kpi.orderDated) return termsOf(kpi.orderDated, 'refund_date', sign);
    return [{ topic, measure: name, sign }];
  }
  if (kpi.kind !== 'sum') throw new RangeError(`${name} is not additive`);
  const opposite = sign === 1 ? -1 : 1;
  return [
    ...kpi.plus.flatMap((part) => termsOf(part, refundsBy, sign)),
    ...kpi.minus.flatMap((part) => termsOf(part, refundsBy, opposite)),
  ];
}

function formulaOf(name: string, refundsBy: RefundsBy): Formula {
  const { topic, kpi } = entryOf(name);
  if (kpi.kind === 'distribution') return { kind: 'distribution', topic, name };
  if (kpi.kind === 'open') return { kind: 'open', hours: kpi.hours };
  if (kpi.kind === 'report') return { kind: 'report', report: kpi.report };
  if (kpi.kind !== 'ratio') return { kind: 'sum', terms: termsOf(name, refundsBy) };
  const [numerator, denominator] = [kpi.numerator, kpi.denominator].map((part) => termsOf(part, refundsBy)) as [Term[], Term[]];
  return { kind: 'ratio', numerator, denominator, isMoney: kpi.unit === 'money' };
}

/** The measures that a formula reads. */
export function measuresOf(formula: Formula): Term[] {
  if (formula.kind === 'sum') return formula.terms;
  return formula.kind === 'ratio' ? [...formula.numerator, ...formula.denominator] : [];
}

/** A KPI by name with its formula over what is stored. */
export function resolve(name: string, refundsBy: RefundsBy = 'refund_date'): Resolved {
  const formula = formulaOf(name, refundsBy);
  const restates = measuresOf(formula).some(({ measure }) => {
    const { kpi } = entryOf(measure);
    return kpi.kind === 'measure' && kpi.restates === true;
  });
  return { name, unit: entryOf(name).kpi.unit, formula, restates };
}
