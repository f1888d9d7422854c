/** Where does the demo's chance come from? Seeded draws: the same seed and names give the same numbers, in whatever order they are asked. */

/** Uniform in [0, 1). */
export type Random = () => number;

/** A source of draws of its own for each list of names, so that one order's luck never depends on another's. */
export function randomOf(...names: (string | number)[]): Random {
  // FNV-1a over the names seeds mulberry32: small, fast, and good enough to look like a shop.
  let state = 0x811c9dc5;
  for (const char of names.join('/')) state = Math.imul(state ^ char.charCodeAt(0), 0x01000193);
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export const between = (random: Random, low: number, high: number): number => low + random() * (high - low);
/** A whole number from low to high, both included. */
export const whole = (random: Random, low: number, high: number): number => Math.floor(between(random, low, high + 1));
export const chance = (random: Random, probability: number): boolean => random() < probability;

/** One of the choices, as often as its weight says. */
export function pick<T>(random: Random, choices: readonly (readonly [T, number])[]): T {
  let rest = random() * choices.reduce((sum, [, weight]) => sum + weight, 0);
  for (const [choice, weight] of choices) {
    rest -= weight;
    if (rest < 0) return choice;
  }
  return (choices.at(-1) as readonly [T, number])[0];
}

/** Normally distributed (Box–Muller). */
export const normal = (random: Random, mean: number, deviation: number): number =>
  mean + deviation * Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());

/** How many of something rare happened (Knuth; for means of some dozens). */
export function poisson(random: Random, mean: number): number {
  const limit = Math.exp(-mean);
  let count = 0;
  for (let product = random(); product > limit; product *= random()) count++;
  return count;
}
