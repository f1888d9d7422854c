/** How do reads of the embedded DynamoDB end? dynalite asks its iterators to `return()`, which they do not have: here they have it. */
import { createRequire } from 'node:module';

interface Iterator {
  close(): Promise<void>;
  return?: () => Promise<void>;
}

/** The classes of iterators that dynalite's store is read by. */
export function iteratorsOfDynalite(): { prototype: Iterator }[] {
  // The package is dynalite's own: found from there, whatever else is installed.
  const path = ['dynalite', 'level', 'classic-level'].reduce((from, name) => createRequire(from).resolve(name), import.meta.url);
  const { AbstractValueIterator, AbstractKeyIterator } = createRequire(path)('abstract-level');
  return [AbstractValueIterator, AbstractKeyIterator];
}

/**
 * Lets every read give back what it holds. TRICKY: without it each Query and Scan leaves an iterator behind for good, which is half a
 * megabyte, a snapshot that keeps overwritten items on disk, and a slower next read.
 */
export function closeIterators(): void {
  for (const { prototype } of iteratorsOfDynalite())
    prototype.return ??= function (this: Iterator) {
      return this.close();
    };
}
