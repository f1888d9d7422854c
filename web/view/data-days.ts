/** Which days are looked at to see the numbers that there are, however old? */
import { earliestWith, latestWith } from '../../shared/most-years.ts';
import { addDays } from '../../shared/time.ts';
import type { Days } from './presets.ts';

/** Where a creator's numbers are; nulls where there are none. */
export interface DataDays {
  dataFrom: string | null;
  dataTo: string | null;
  newestSale: string | null;
}

/** All days with numbers, the newest of them where they are more than can be asked for at once; undefined where there are none. */
export function allDays({ dataFrom, dataTo }: DataDays): Days | undefined {
  if (!dataFrom || !dataTo) return undefined;
  return { from: dataTo > latestWith(dataFrom) ? earliestWith(dataTo) : dataFrom, to: dataTo };
}

/** The thirty days up to the newest sale, or to the last number where nothing was sold. */
export function newestDays({ dataTo, newestSale }: DataDays): Days | undefined {
  const to = newestSale ?? dataTo;
  return to ? { from: addDays(to, -29), to } : undefined;
}
