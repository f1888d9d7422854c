/** Does the store take what a record makes of its entity and of the totals? Known before the first write, by the record's own fault. */
import type { Delta } from './delta.ts';
import { entityKey } from './keys.ts';
import { packState } from './packed.ts';
import type { StoredEntity } from './parts.ts';

/** The record's entity, or what it says itself, is larger than the store takes. */
export class TooLarge extends RangeError {}

// An item of DynamoDB holds 409,600 bytes, its keys and other attributes among them.
const mostBytes = 405_000;
const mostRows = 3000;
const mostParts = 500;
/** So few rows and elements of lists stay below the limit whatever they hold: the longest row has some 3 KB. */
const fewElements = 64;
// Of a sort key.
const mostKeyBytes = 1024;

const elementsOf = ({ parts, contributions }: StoredEntity): number =>
  Object.values(parts).reduce(
    (sum, { facts }) =>
      sum + Object.values(facts).reduce<number>((inside, value) => inside + (Array.isArray(value) ? value.length : 0), 1),
    contributions.length,
  );

/** Refuses what would no longer fit into its item: left alone, it would fail for ever and hold up everything behind it. */
export function requireRoom(entity: StoredEntity): void {
  if (entity.contributions.length > mostRows || Object.keys(entity.parts).length > mostParts)
    throw new TooLarge(`too large: an item holds at most ${mostParts} parts and ${mostRows} rows of contributions`);
  if (elementsOf(entity) <= fewElements) return;
  const bytes = packState(entity).length;
  if (bytes > mostBytes) throw new TooLarge(`too large: an item holds at most ${mostBytes} bytes, this one would have ${bytes}`);
}

/** Refuses keys that are too long or no text, and numbers that are none or not exact. */
export function requireStorable(root: string, entity: StoredEntity, deltas: Delta[]): void {
  requireKey(entityKey(root));
  let last = '';
  for (const { item } of deltas) {
    // Deltas of one item stand together.
    if (item !== last) requireKey(item);
    last = item;
  }
  for (const [, , , values] of entity.contributions) for (const [kpi, value] of Object.entries(values)) requireExact(kpi, value);
  for (const { field, by } of deltas) requireExact(field, by);
}

/** A character takes three bytes at most. */
function requireKey(key: string): void {
  const fits = key.length * 3 <= mostKeyBytes || Buffer.byteLength(key) <= mostKeyBytes;
  if (!fits || !key.isWellFormed())
    throw new TooLarge(
      `too large: ${key.slice(0, 60)}… is no key of the store: at most ${mostKeyBytes} bytes of whole characters`,
    );
}

function requireExact(field: string, value: number): void {
  if (!Number.isFinite(value) || (Number.isInteger(value) && !Number.isSafeInteger(value)))
    throw new RangeError(`${field}: ${value} cannot be counted exactly; at most ${Number.MAX_SAFE_INTEGER}`);
}
