/** How are many calls made at once without flooding? A few at a time; all are tried, and the failures are answered. */

/** Runs `work` over the items, at most `limit` at once, and answers the items that failed with their errors; never throws itself. */
export async function eachLimit<T>(
  items: Iterable<T>,
  limit: number,
  work: (item: T) => Promise<unknown>,
): Promise<{ item: T; error: unknown }[]> {
  const failed: { item: T; error: unknown }[] = [];
  const iterator = items[Symbol.iterator]();
  const worker = async () => {
    for (let next = iterator.next(); !next.done; next = iterator.next()) {
      try {
        await work(next.value);
      } catch (error) {
        failed.push({ item: next.value, error });
      }
    }
  };
  await Promise.all(Array.from({ length: limit }, worker));
  return failed;
}

/** What `work` answers for each item, in their order, at most `limit` at once. Throws what the first of them threw, once all have ended. */
export async function mapLimit<T, R>(items: Iterable<T>, limit: number, work: (item: T) => Promise<R>): Promise<R[]> {
  const results: R[] = [];
  const failed = await eachLimit([...items].entries(), limit, async ([i, item]) => {
    results[i] = await work(item);
  });
  if (failed[0]) throw failed[0].error;
  return results;
}
