/** Does the text of a place in the stream sort as the stream does? */
import * as fc from 'fast-check';
import { describe, it } from 'vitest';
import { bulkSeq, sequenceOf } from '../../shared/fold/sequence.ts';

const number = fc.bigInt({ min: 1n, max: 10n ** 128n });

describe('a sequence', () => {
  it('sorts as its numbers do, however many digits they have', () => {
    fc.assert(fc.property(number, number, (a, b) => sequenceOf(1, String(a)) < sequenceOf(1, String(b)) === a < b));
  });

  it('of a later stream comes after everything of an earlier one', () => {
    fc.assert(fc.property(number, number, (a, b) => sequenceOf(1, String(a)) < sequenceOf(2, String(b))));
  });

  it('of history loaded in bulk comes before every stream, in its own order', () => {
    fc.assert(fc.property(fc.nat(), number, (n, b) => bulkSeq(n) < sequenceOf(1, String(b)) && bulkSeq(n) < bulkSeq(n + 1)));
  });
});
