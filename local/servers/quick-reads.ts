/** How does the embedded DynamoDB read one item? In its own thread at once: handing each read to another thread takes longer than the read. */
import { createRequire } from 'node:module';

interface Level {
  _get(key: unknown, options: object): Promise<unknown>;
  _getSync(key: unknown, options: object): unknown;
}

/** The class of the store that dynalite keeps on disk. */
export function storeOfDynalite(): { prototype: Level } {
  // The package is dynalite's own: found from there, whatever else is installed.
  const path = ['dynalite', 'level'].reduce((from, name) => createRequire(from).resolve(name), import.meta.url);
  return createRequire(path)('classic-level').ClassicLevel;
}

/** Lets every read of one key be answered without another thread. Each request has one of the table at least. */
export function readAtOnce(): void {
  storeOfDynalite().prototype._get = async function (key, options) {
    return this._getSync(key, options);
  };
}
