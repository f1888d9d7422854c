/** What do the refunds of an order in another currency come to together? Each as it was converted, moved so that their sum is rounded once. */
import { entities } from '../events/entities.ts';
import { type Facts, list, number, type RoundedTogether } from '../events/entity.ts';
import { entityOfPart } from '../events/subject.ts';
import { rounded } from '../money.ts';
import type { Part, StoredEntity } from './parts.ts';

type Parts = StoredEntity['parts'];

const rules = [...entities.values()].flatMap(({ name: kind, roundedTogether: rule }) => (rule ? [{ kind, rule }] : []));

/** Order of bytes, as SQL sorts. */
const byName = ([a]: [string, Part], [b]: [string, Part]): number => Buffer.compare(Buffer.from(a), Buffer.from(b));

function move(facts: Facts, amount: string, by: number, { list: name, of, mark }: RoundedTogether['elements']): void {
  facts[amount] = number(facts[amount]) + by;
  if (amount !== of) return;
  facts[name] = list(facts[name]).map((each) => (each[mark] ? { ...each, [of]: number(each[of]) + by } : each));
}

/**
 * The parts of one item with their amounts rounded together: in the order of their names each comes to what the sum up to it comes to, less
 * what the sum before it came to. So the last one brings them to what one part of the whole would be. Depends on the stored parts alone.
 */
export function roundedTogether(parts: Parts): Parts {
  let result = parts;
  for (const { kind, rule } of rules) {
    const counted = Object.entries(parts).filter(
      ([name, { facts }]) => entityOfPart(name) === kind && facts[rule.once] !== undefined,
    );
    // One alone is rounded already.
    if (counted.length < 2) continue;
    counted.sort(byName);
    for (const [amount, exact] of Object.entries(rule.amounts)) {
      let sum = 0n;
      for (const [name, { facts }] of counted) {
        if (facts[exact] === undefined) continue;
        const own = BigInt(number(facts[exact]));
        const by = rounded(sum + own) - rounded(sum) - rounded(own);
        sum += own;
        if (by === 0) continue;
        const part = result[name] as Part;
        const moved = { ...part, facts: { ...part.facts } };
        move(moved.facts, amount, by, rule.elements);
        result = { ...result, [name]: moved };
      }
    }
  }
  return result;
}
