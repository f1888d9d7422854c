/** How are durations counted so that days add up? In buckets of which each is a tenth longer than the one before: percentiles within 5 %. */

const relativeError = 0.05;
const growth = (1 + relativeError) / (1 - relativeError);
/** Where buckets begin (seconds): all that is shorter is one bucket, what dirty data makes negative among it. */
const shortest = 60;

/** The bucket of a duration in seconds, as SQL. */
export const bucketSql = (seconds: string): string =>
  `CASE WHEN ${seconds} < ${shortest} THEN 0 ELSE 1 + CAST(ceil(ln((${seconds}) / ${shortest}) / ${Math.log(growth).toExponential()}) AS bigint) END`;

/** Hours that stand for a bucket: within 5 % of every duration in it; 0 below a minute. */
const hoursOf = (bucket: number): number =>
  bucket === 0 ? 0 : Math.round((100 * shortest * 2 * growth ** (bucket - 1)) / (growth + 1) / 3600) / 100;

/** The quantile (0…1) of counted buckets in hours, by nearest rank; null where nothing was counted. */
export function hoursAt(counts: ReadonlyMap<number, number>, quantile: number): number | null {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0);
  const rank = Math.max(1, Math.ceil(quantile * total));
  let seen = 0;
  for (const [bucket, n] of [...counts].sort(([a], [b]) => a - b)) {
    seen += n;
    if (seen >= rank) return hoursOf(bucket);
  }
  return null;
}
