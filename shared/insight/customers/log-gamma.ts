/** The logarithm of the gamma function for numbers above 0: Stirling's series after shifting the argument to 10 and above, to 1e-14 relative. */
export function logGamma(value: number): number {
  let x = value;
  let shift = 1;
  for (; x < 10; x++) shift *= x;
  const y = 1 / (x * x);
  const series = (1 / 12 - y * (1 / 360 - y * (1 / 1260 - y * (1 / 1680 - y * (1 / 1188 - (y * 691) / 360360))))) / x;
  return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI) + series - Math.log(shift);
}
