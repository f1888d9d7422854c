/** Is there one order of snapshots, the same for everyone? */
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contentHash } from '../../shared/events/facts.ts';
import { isNewer, type SnapshotOrder } from '../../shared/events/record.ts';

const one: fc.Arbitrary<SnapshotOrder> = fc.record({
  version: fc.integer({ min: 1, max: 3 }),
  definitions: fc.integer({ min: 1, max: 2 }),
  profile: fc.integer({ min: 1, max: 2 }),
  hash: fc.constantFrom('A', 'a', 'b', '-', '_'),
});
type Newer = typeof isNewer;
const isSame = (a: SnapshotOrder, b: SnapshotOrder) => JSON.stringify(a) === JSON.stringify(b);
const isTotal = (newer: Newer) =>
  fc.property(one, one, one, (a, b, c) => {
    expect(Number(newer(a, b)) + Number(newer(b, a))).toBe(isSame(a, b) ? 0 : 1);
    if (newer(a, b) && newer(b, c)) expect(newer(a, c)).toBe(true);
  });

describe('the order of snapshots', () => {
  it('is total: of two that differ exactly one is newer, and newer than newer is newer', () => {
    fc.assert(isTotal(isNewer), { numRuns: 2000 });
  });

  it.each<[string, Newer]>([
    ['forgot the content', (a, b) => isNewer({ ...a, hash: '' }, { ...b, hash: '' })],
    ['forgot the zone', (a, b) => isNewer({ ...a, profile: 1 }, { ...b, profile: 1 })],
    ['took equal ones for newer', (a, b) => !isNewer(b, a)],
  ])('would be found out if it %s', (_, broken) => {
    expect(() => fc.assert(isTotal(broken), { numRuns: 2000, endOnFailure: true })).toThrow(/Property failed/);
  });

  it('goes by version first, then definitions, then zone, then content', () => {
    const low = { version: 1, definitions: 1, profile: 1, hash: 'a' };
    const rising = [low, { ...low, hash: 'b' }, { ...low, profile: 2 }, { ...low, definitions: 2 }, { ...low, version: 2 }];
    for (const [i, snapshot] of rising.entries()) if (i > 0) expect(isNewer(snapshot, rising[i - 1] as SnapshotOrder)).toBe(true);
  });
});

const shuffled = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(shuffled);
  if (value && typeof value === 'object')
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, each]) => [key, shuffled(each)]),
    );
  return value;
};

describe('the hash of a snapshot', () => {
  it('does not hang on the order of fields, at any depth', () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.jsonValue()),
        (data) => contentHash(data) === contentHash(shuffled(data) as typeof data),
      ),
    );
  });

  it('tells contents apart, the order of lists among them', () => {
    const hashes = [{}, { a: 1 }, { a: '1' }, { a: null }, { a: [1, 2] }, { a: [2, 1] }, { a: { b: 1 } }, { 'a":1,"b': 1 }].map(
      contentHash,
    );
    expect(new Set(hashes).size).toBe(hashes.length);
  });
});
