/** Is there nothing to see of a number, in the range and in what it is compared with? */
import type { Series } from '../data/queries.ts';

export const isSilent = ({ points, compare }: Series): boolean =>
  [...points, ...(compare?.points ?? [])].every(({ value }) => !value);
