/** How are percentiles kept additive? As counters of log-spaced buckets with 1 % relative error (DDSketch: Masson, Rim, Lee, VLDB 2019). */

const relativeError = 0.01;
const growth = (1 + relativeError) / (1 - relativeError);
/** Natural logarithm of the growth from bucket to bucket. */
export const growthOfBuckets = Math.log(growth);
const logGrowth = growthOfBuckets;
/** Bucket of everything below one unit, negative durations of dirty data among it. */
const lowest = 0;

/** The bucket of a value: 0 below 1, else 1 + ceil(log_growth(value)). */
export const bucketOf = (value: number): number => (value < 1 ? lowest : 1 + Math.ceil(Math.log(value) / logGrowth));

/** The value that stands for a bucket: within 1 % of every value in it. */
export const representativeOf = (bucket: number): number => (bucket === lowest ? 0 : (2 * growth ** (bucket - 1)) / (growth + 1));

/** Quantile q (0…1) of counted buckets by nearest rank, or null where nothing was counted. */
export function quantile(counts: ReadonlyMap<number, number>, q: number): number | null {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  if (total <= 0) return null;
  const rank = Math.max(1, Math.ceil(q * total));
  let seen = 0;
  for (const [bucket, n] of [...counts].sort(([a], [b]) => a - b)) {
    seen += n;
    if (seen >= rank) return representativeOf(bucket);
  }
  return null;
}
