/** How many runs at once are set apart for a function, so that no other can take them, nor it those of others? */
import type { Config } from '../config.ts';

/** Lambda keeps this many for functions without a share of their own, and refuses a deployment that leaves fewer. */
const KEPT_BY_LAMBDA = 100;
/** Below it the shares would be so small that they do more harm than good. */
const SMALLEST_LIMIT = 200;

/**
 * A share (0 to 1) of what the account may set apart, at least 1; undefined where nothing is: a new account has 10 runs at once, of
 * which none can be reserved, and a deployment that tries fails.
 */
export function reserved({ accountConcurrency }: Config, share: number): number | undefined {
  if (accountConcurrency < SMALLEST_LIMIT) return undefined;
  return Math.max(1, Math.floor((accountConcurrency - KEPT_BY_LAMBDA) * share));
}
