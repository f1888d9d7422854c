/** Where is a function of a few parameters smallest? Nelder-Mead (1965) within bounds, finished by Newton's method, from several starts that must agree. */
import { type Cost, newtonSteps } from './information.ts';

export interface Minimum {
  at: number[];
  value: number;
}

export interface Bounds {
  lower: number;
  upper: number;
}

const mostSteps = 2000;

/** The function inside the bounds, and outside a slope that leads back in; what is no number is as bad as can be. */
function bounded(cost: Cost, bounds: readonly Bounds[]): Cost {
  return (at, slope) => {
    let outside = 0;
    const inside = at.map((value, i) => {
      const { lower, upper } = bounds[i] as Bounds;
      const held = Math.max(lower, Math.min(upper, value));
      outside += (value - held) ** 2;
      return held;
    });
    const value = cost(inside, slope);
    return Number.isFinite(value) ? value + outside * (1 + Math.abs(value)) : Number.MAX_VALUE;
  };
}

const mix = (from: readonly number[], to: readonly number[], share: number): number[] =>
  from.map((value, i) => value + share * ((to[i] ?? 0) - value));

/** One descent of the simplex around a start, until its values differ by less than `tolerance`. */
function descend(cost: Cost, start: readonly number[], size: number, tolerance: number): Minimum {
  const corner = (at: number[]): Minimum => ({ at, value: cost(at) });
  const simplex = [corner([...start]), ...start.map((_, i) => corner(start.map((value, j) => (i === j ? value + size : value))))];
  const n = start.length;
  for (let step = 0; step < mostSteps; step++) {
    simplex.sort((a, b) => a.value - b.value);
    const [best, second, worst] = [simplex[0], simplex[n - 1], simplex[n]] as [Minimum, Minimum, Minimum];
    if (worst.value - best.value <= tolerance) break;
    const centre = start.map((_, i) => simplex.slice(0, n).reduce((sum, { at }) => sum + (at[i] ?? 0), 0) / n);
    const reflected = corner(mix(centre, worst.at, -1));
    if (reflected.value < best.value) {
      const expanded = corner(mix(centre, worst.at, -2));
      simplex[n] = expanded.value < reflected.value ? expanded : reflected;
    } else if (reflected.value < second.value) simplex[n] = reflected;
    else {
      const contracted = corner(reflected.value < worst.value ? mix(centre, reflected.at, 0.5) : mix(centre, worst.at, 0.5));
      if (contracted.value < Math.min(reflected.value, worst.value)) simplex[n] = contracted;
      else for (let i = 1; i <= n; i++) simplex[i] = corner(mix(best.at, (simplex[i] as Minimum).at, 0.5));
    }
  }
  return simplex.reduce((best, one) => (one.value < best.value ? one : best));
}

const isAtBound = (value: number, { lower, upper }: Bounds): boolean => value - lower < 1e-2 || upper - value < 1e-2;

const dampings = [0, 1e-3, 1e-2, 0.1, 1, 10];

/** Steps of Newton's method from a rough minimum, damped where they would go up; undefined where they do not arrive. */
function polish(cost: Cost, rough: Minimum, bounds: readonly Bounds[]): Minimum | undefined {
  let { at, value } = rough;
  for (let round = 0; round < 12; round++) {
    const isHeld = at.map((each, i) => isAtBound(each, bounds[i] as Bounds));
    const stepWith = newtonSteps(cost, at, isHeld);
    let next: Minimum | undefined;
    for (const damping of dampings) {
      const step = stepWith(damping);
      if (!step) continue;
      const reached = cost(step.to);
      if (damping === 0 && step.gain < 1e-9) return reached < value ? { at: step.to, value: reached } : { at, value };
      if (reached >= value) continue;
      next = { at: step.to, value: reached };
      break;
    }
    if (!next) return undefined;
    ({ at, value } = next);
  }
  return undefined;
}

/** Descents that end closer and closer to the minimum, until Newton's method arrives from where one ended. */
function settle(cost: Cost, start: readonly number[], bounds: readonly Bounds[]): Minimum {
  let found: Minimum = { at: [...start], value: cost(start) };
  for (const [size, tolerance] of [
    [0.5, 1],
    [0.5, 0.1],
    [0.3, 1e-2],
    [0.3, 1e-4],
    [0.5, 1e-9],
    [0.1, 1e-9],
  ] as const) {
    found = descend(cost, found.at, size, tolerance);
    const polished = polish(cost, found, bounds);
    if (polished) return polished;
  }
  return found;
}

export interface Search {
  best: Minimum;
  /** Which parameters lie on a bound. */
  atBound: boolean[];
  /** Starts that came to the same value as the best, within 1e-3; fewer than two: nobody confirms it. */
  agreeing: number;
  starts: number;
}

const bestOf = (found: readonly Minimum[]): Minimum => found.reduce((least, one) => (one.value < least.value ? one : least));
const agreeingWith = (best: Minimum, found: readonly Minimum[]): number =>
  found.filter(({ value }) => value - best.value < 1e-3).length;

/**
 * The best of several descents. Where the best one stands alone, as in a likelihood with two tops, it is looked for again from places between
 * it and every other start; nobody else may arrive there even so. Parameters are those of `cost`, often logarithms.
 */
export function minimize(cost: Cost, starts: readonly (readonly number[])[], bounds: readonly Bounds[]): Search {
  const held = bounded(cost, bounds);
  const inside = (at: readonly number[]): number[] =>
    at.map((each, i) => Math.max(bounds[i]?.lower ?? each, Math.min(bounds[i]?.upper ?? each, each)));
  const from = (start: readonly number[]): Minimum => {
    const { at, value } = settle(held, start, bounds);
    return { at: inside(at), value };
  };
  let found = starts.map(from);
  let best = bestOf(found);
  if (agreeingWith(best, found) < 2) {
    const others = starts.filter((_, i) => found[i] !== best);
    found = [...found, ...others.map((start) => from(mix(best.at, start, 0.4)))];
    best = bestOf(found);
  }
  return {
    best,
    atBound: best.at.map((value, i) => isAtBound(value, bounds[i] as Bounds)),
    agreeing: agreeingWith(best, found),
    starts: found.length,
  };
}
