/**
 * How often will a customer buy again? BG/NBD (Fader, Hardie, Lee 2005) and MBG/NBD (Batislam, Denizel, Filiztekin 2007): while alive a
 * customer buys at random at a rate λ of his own (gamma r, α), and drops out after a purchase with a chance p of his own (beta a, b). In BG/NBD
 * after a repeat purchase only, in MBG/NBD also after the first. Written by the chances to drop out: k = x or x + 1.
 */
import type { History } from './summary.ts';

export const purchaseModels = ['bg-nbd', 'mbg-nbd'] as const;
export type PurchaseModel = (typeof purchaseModels)[number];

export interface PurchaseParameters {
  r: number;
  /** In the unit of time. */
  alpha: number;
  a: number;
  b: number;
}

/** Purchases after which the customer could have dropped out. */
const chancesOf = (model: PurchaseModel, frequency: number): number => (model === 'bg-nbd' ? frequency : frequency + 1);

/** Different values, and the place of each among them. */
function distinct(values: readonly number[]): { values: Float64Array; places: Int32Array } {
  const places = new Map<number, number>();
  for (const value of values) if (!places.has(value)) places.set(value, places.size);
  return { values: Float64Array.from(places.keys()), places: Int32Array.from(values, (value) => places.get(value) ?? 0) };
}

/**
 * Answers the log-likelihood of histories under parameters, and puts its derivatives by r, α, a, b into `slope`. x is an integer, so Γ(r + x) / Γ(r) and B(a, b + k) / B(a, b) are products:
 * differences of log-gammas cancel for large parameters and make up a likelihood that nothing has. What depends on x, age or recency alone
 * is computed once for each of their values.
 */
export function logLikelihood(model: PurchaseModel, rows: readonly (History & { count: number })[]) {
  const most = rows.reduce((max, { frequency }) => Math.max(max, frequency), 0);
  const ages = distinct(rows.map(({ age }) => age));
  const recencies = distinct(rows.map(({ recency }) => recency));
  const frequencies = Int32Array.from(rows, ({ frequency }) => frequency);
  const counts = Float64Array.from(rows, ({ count }) => count);
  // How many customers have gone beyond i purchases, and i chances to drop out.
  const beyond = new Float64Array(most + 2);
  for (const { frequency, count } of rows) beyond[frequency] = (beyond[frequency] ?? 0) + count;
  for (let i = most; i >= 0; i--) beyond[i] = (beyond[i] ?? 0) + (beyond[i + 1] ?? 0);
  const customers = beyond[0] ?? 0;
  const isEarly = model === 'mbg-nbd';
  const ended = new Float64Array(most + 1);
  const [ofAge, sinceBirth] = [new Float64Array(ages.values.length), new Float64Array(ages.values.length)];
  const [ofRecency, sinceLast] = [new Float64Array(recencies.values.length), new Float64Array(recencies.values.length)];
  const fill = (alpha: number, { values }: { values: Float64Array }, logs: Float64Array, inverses: Float64Array): void => {
    for (let i = 0; i < values.length; i++) {
      const time = alpha + (values[i] as number);
      logs[i] = Math.log(time);
      inverses[i] = 1 / time;
    }
  };
  return ({ r, alpha, a, b }: PurchaseParameters, slope?: number[]): number => {
    let sum = customers * r * Math.log(alpha);
    let [byR, byAlpha, byA, byB] = [customers * Math.log(alpha), (customers * r) / alpha, 0, 0];
    for (let i = 0; i < most; i++) {
      const bought = beyond[i + 1] as number;
      sum += bought * Math.log(r + i);
      byR += bought / (r + i);
    }
    for (let i = 0; i <= most; i++) {
      const stayed = beyond[isEarly ? i : i + 1] as number;
      sum -= stayed * Math.log1p(a / (b + i));
      byA -= stayed / (a + b + i);
      byB += (stayed * a) / ((b + i) * (a + b + i));
      ended[i] = Math.log(a / (b + chancesOf(model, i) - 1));
    }
    fill(alpha, ages, ofAge, sinceBirth);
    fill(alpha, recencies, ofRecency, sinceLast);
    // A logarithm of a product of many rows costs less than one of each.
    let product = 1;
    for (let i = 0; i < counts.length; i++) {
      const x = frequencies[i] as number;
      const count = counts[i] as number;
      const born = ages.places[i] as number;
      const shape = r + x;
      const age = ofAge[born] as number;
      sum -= count * shape * age;
      byR -= count * age;
      byAlpha -= count * shape * (sinceBirth[born] as number);
      if (!isEarly && x === 0) continue;
      const last = recencies.places[i] as number;
      const between = age - (ofRecency[last] as number);
      const odds = Math.exp(Math.min(700, (ended[x] as number) + shape * between));
      if (count > 1 || odds > 1e50) sum += count * Math.log1p(odds);
      else product *= 1 + odds;
      if (product > 1e200) {
        sum += Math.log(product);
        product = 1;
      }
      if (!slope) continue;
      const gone = (count * odds) / (1 + odds);
      byR += gone * between;
      byAlpha += gone * shape * ((sinceBirth[born] as number) - (sinceLast[last] as number));
      byA += gone / a;
      byB -= gone / (b + chancesOf(model, x) - 1);
    }
    if (slope) [slope[0], slope[1], slope[2], slope[3]] = [byR, byAlpha, byA, byB];
    return sum + Math.log(product);
  };
}

/** The chance (0…1) that a customer will ever buy again. BG/NBD says 1 of whoever bought once, however long ago. */
export function probabilityAlive(model: PurchaseModel, { r, alpha, a, b }: PurchaseParameters, history: History): number {
  const k = chancesOf(model, history.frequency);
  if (k === 0) return 1;
  const odds = Math.log(a / (b + k - 1)) + (r + history.frequency) * Math.log((alpha + history.age) / (alpha + history.recency));
  return 1 / (1 + Math.exp(odds));
}

interface Nodes {
  /** Values of p and their weights, which sum to 1. */
  p: Float64Array;
  weight: Float64Array;
}

/**
 * A beta distribution as nodes: the trapezoid rule over logit(p), whose error falls exponentially with the step; beyond ±28, where p is 0
 * or 1 to a double's precision, the rest of the geometric sum is one node.
 */
function betaNodes(a: number, b: number): Nodes {
  const mode = Math.log(a / b);
  const step = Math.min(0.4, 0.8 * Math.sqrt(1 / a + 1 / b));
  const far = 28;
  const softplus = (u: number): number => (u > 0 ? u + Math.log1p(Math.exp(-u)) : Math.log1p(Math.exp(u)));
  const heightAt = (u: number): number => -a * softplus(-u) - b * softplus(u);
  const top = heightAt(mode);
  const [p, weight]: [number[], number[]] = [[], []];
  const add = (u: number, factor = 1): boolean => {
    const height = heightAt(u) - top;
    p.push(1 / (1 + Math.exp(-u)));
    weight.push(Math.exp(height) * factor);
    return height > -32;
  };
  let u = mode;
  while (u < far && add(u)) u += step;
  if (u >= far) add(u, 1 / -Math.expm1(-b * step));
  u = mode - step;
  while (u > -far && add(u)) u -= step;
  if (u <= -far) add(u, 1 / -Math.expm1(-a * step));
  const total = weight.reduce((sum, each) => sum + each, 0);
  return { p: Float64Array.from(p), weight: Float64Array.from(weight, (each) => each / total) };
}

/**
 * Answers how many purchases are expected of a customer in the next `span` units. Of a new one: frequency, recency and age of 0.
 *
 * A customer who is alive has λ gamma(r + x, α + T) and p beta(a, b + k), and buys (1 − e^(−λpt)) / p times in t on average. λ is integrated
 * out in closed form, p by quadrature. It is the expectation of the papers, whose hypergeometric form divides by a − 1 and breaks at a = 1.
 */
export function expectation(model: PurchaseModel, parameters: PurchaseParameters) {
  const { r, alpha, a, b } = parameters;
  const nodesOf = new Map<number, Nodes>();
  return (history: History, span: number): number => {
    const k = chancesOf(model, history.frequency);
    const nodes = nodesOf.get(k) ?? betaNodes(a, b + k);
    nodesOf.set(k, nodes);
    const shape = r + history.frequency;
    const reach = span / (alpha + history.age);
    let sum = 0;
    for (let i = 0; i < nodes.p.length; i++) {
      const p = nodes.p[i] ?? 0;
      const each = p < 1e-12 ? shape * reach : -Math.expm1(-shape * Math.log1p(p * reach)) / p;
      sum += (nodes.weight[i] ?? 0) * each;
    }
    return sum * probabilityAlive(model, parameters, history);
  };
}
