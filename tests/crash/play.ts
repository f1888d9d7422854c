/** How are many worlds played? One seed after the other, with the code that the seed or the rule that is off asks for. */
import { type Code, loadEdited, realCode } from './mutants.ts';
import { narrow, type RuleName, ruleOf } from './rules.ts';
import type { Store } from './scene.ts';
import { type Outcome, playWorld } from './world.ts';

export interface Total {
  worlds: number;
  cells: number;
  wrong: number;
  broken: number;
  calls: number;
  failed: number;
  faults: number;
}

export interface Played {
  seed: number;
  outcome: Outcome;
  total: Total;
}

/** The code of a seed: with a rule off its edits; else the real code, two times of three with merges and splits that come soon. */
async function loadCode(off: RuleName | undefined): Promise<(seed: number) => Code> {
  const edits = off && ruleOf(off).edits;
  if (edits) {
    const edited = await loadEdited(edits);
    return () => edited;
  }
  const merging = await loadEdited(narrow);
  return (seed) => (seed % 3 === 0 ? realCode : merging);
}

/** Is anything in this world other than it should be? */
export const isRed = ({ wrong, broken }: Outcome): boolean => wrong.length + broken.length > 0;

/** Plays the worlds of these seeds in turn. */
export async function* playMany(
  store: Store,
  seed: number,
  runs: number,
  { off, say }: { off?: RuleName | undefined; say?: ((line: string) => void) | undefined } = {},
): AsyncGenerator<Played> {
  const codeOf = await loadCode(off);
  const total: Total = { worlds: 0, cells: 0, wrong: 0, broken: 0, calls: 0, failed: 0, faults: 0 };
  for (let next = seed; next < seed + runs; next++) {
    let outcome: Outcome;
    try {
      outcome = await playWorld(store, codeOf(next), next, { off, say, name: `${off ?? 'w'}-${next}` });
    } catch (error) {
      throw new Error(`world ${next} did not come to its end`, { cause: error });
    }
    total.worlds++;
    total.cells += outcome.cells;
    total.wrong += outcome.wrong.length;
    total.broken += outcome.broken.length;
    total.calls += outcome.calls;
    total.failed += outcome.failed;
    total.faults += outcome.faults;
    yield { seed: next, outcome, total };
  }
}

/** The first of these worlds that is wrong without the rule, if there is one. */
export async function findRed(
  store: Store,
  off: RuleName,
  seed: number,
  most: number,
  say?: (line: string) => void,
): Promise<Played | undefined> {
  for await (const played of playMany(store, seed, most, { off, say }))
    if (ruleOf(off).isBesideCells ? isRed(played.outcome) : played.outcome.wrong.length) return played;
  return undefined;
}
