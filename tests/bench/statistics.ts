/** How are many measurements told in few numbers? */

/** Value at a share (0…1) of the sorted values, by nearest rank. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

export const median = (values: number[]): number => percentile(values, 0.5);

export const rounded = (value: number, digits = 1): number => Math.round(value * 10 ** digits) / 10 ** digits;

/** p50, p99 and the largest of some durations in ms. */
export const spreadOf = (milliseconds: number[]) => ({
  p50: rounded(median(milliseconds)),
  p99: rounded(percentile(milliseconds, 0.99)),
  max: rounded(Math.max(...milliseconds)),
  n: milliseconds.length,
});
