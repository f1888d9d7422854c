/** How does a world choose? By draws that follow from its seed alone, so that a world can be played again. */
import { randomOf } from '../../samples/demo/random.ts';

export interface Chance {
  /** True with this probability. */
  happens(probability: number): boolean;
  /** A whole number from 0 to n − 1. */
  below(n: number): number;
  pick<T>(from: readonly T[]): T;
}

export function chanceOf(seed: number): Chance {
  const random = randomOf('world', seed);
  const below = (n: number): number => Math.floor(random() * n);
  return {
    happens: (probability) => random() < probability,
    below,
    pick: (from) => {
      if (!from.length) throw new Error('nothing to pick from');
      return from[below(from.length)]!;
    },
  };
}
