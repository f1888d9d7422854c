/** How are many calls made at once without flooding? A few at a time; all are tried, and the failures are answered. */

/** Runs `work` over the items, at most `limit` at once, and answers the items that failed with their errors; never throws itself. */
export async function together<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<void>,
): Promise<{ item: T; error: unknown }[]> {
  const failed: { item: T; error: unknown }[] = [];
  const iterator = items[Symbol.iterator]();
  const lane = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed.push({ item: next.value, error });
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, lane));
  return failed;
}
