/** The standard normal distribution: density, chance, quantile, and the loss function of inventory theory. */

export const density = (z: number): number => Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI);

/** The chance of more than z, for z of 3 and above: Laplace's continued fraction. */
function tail(z: number): number {
  let fraction = z;
  for (let i = 60; i >= 1; i--) fraction = z + i / fraction;
  return density(z) / fraction;
}

/** The chance of z or less (Φ), to 1e-14: a series in the middle, a continued fraction in the tails. */
export function chanceBelow(z: number): number {
  if (z > 3) return 1 - tail(z);
  if (z < -3) return tail(-z);
  let term = z;
  let sum = z;
  for (let i = 3; Math.abs(term) > 1e-17 * Math.abs(sum); i += 2) {
    term *= (z * z) / i;
    sum += term;
  }
  return 0.5 + density(z) * sum;
}

/** Where a function that falls is at a value, between two places. */
function whereFalling(of: (z: number) => number, value: number, [low, high]: [number, number]): number {
  let [from, to] = [low, high];
  for (let i = 0; i < 80; i++) {
    const middle = (from + to) / 2;
    if (of(middle) > value) from = middle;
    else to = middle;
  }
  return (from + to) / 2;
}

/** The z below which a share (0…1, both ends left out) lies. Throws RangeError outside. */
export function quantile(share: number): number {
  if (!(share > 0 && share < 1))
    throw new RangeError(`a share between 0 and 1, both left out, has a quantile; ${share} has none`);
  return whereFalling((z) => 1 - chanceBelow(z), 1 - share, [-40, 40]);
}

/** Mean units short, in deviations, where stock lies k deviations above the mean demand: G(k) = φ(k) − k(1 − Φ(k)) (Silver, Pyke, Peterson 1998). */
export const expectedShortage = (k: number): number => density(k) - k * chanceBelow(-k);

/** The k whose G(k) is this; −10 and 10 at the ends. */
export const safetyFactorOf = (shortage: number): number => whereFalling(expectedShortage, shortage, [-10, 10]);
