/** How is a report narrowed in a query, and what is refused? One dimension at a time: numbers are kept by one each. */
import * as z from 'zod';
import { dictionary } from '../kpis/dictionary.ts';
import { parseWhere } from '../reports/where.ts';

/** Of a parameter's text, some hundred values of ordinary length. */
const longest = 8_000;

export const where = z
  .string({ error: 'must be text such as channel:live' })
  .max(longest, `is longer than ${longest} characters: name fewer values`)
  .describe(
    'a dimension, a colon and one or more values with commas between them: channel:live,video; a backslash before a comma or a backslash that is part of a value; (none): what has no value',
  );

type Refuse = (path: string, message: string) => void;

interface Asked {
  where?: string | undefined;
  by?: string | undefined;
}

const listed = (names: string[], otherwise: string): string => (names.length ? `it can by ${names.join(', ')}` : otherwise);

/** Says what keeps these KPIs from being split and narrowed so. */
export function refuseDimensions({ where: text, by }: Asked, names: readonly string[], refuse: Refuse): void {
  const narrowed = text === undefined ? undefined : parseWhere(text);
  if (typeof narrowed === 'string') {
    refuse('where', narrowed);
    return;
  }
  for (const name of names) {
    const known = dictionary.dimensionsOf(name);
    if (by && !known.includes(by)) refuse('by', `${name} cannot be split by ${by}; ${listed(known, 'it cannot be split')}`);
    if (narrowed && !known.includes(narrowed.dimension))
      refuse('where', `${name} cannot be narrowed by ${narrowed.dimension}; ${listed(known, 'it cannot be narrowed')}`);
  }
  if (narrowed && by && by !== narrowed.dimension)
    refuse(
      'where',
      `numbers are kept by one dimension at a time: narrowed by ${narrowed.dimension} they can be split by ${narrowed.dimension} alone; take by=${narrowed.dimension}, or leave by or where out`,
    );
}
