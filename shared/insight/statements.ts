/** What do the statements that the jobs ask of the lake have in common? */

const key = ['creator_id', 'order_id'];

/** Two relations meet at the same order. */
export const same = (one: string, other: string): string => key.map((name) => `${one}.${name} = ${other}.${name}`).join(' AND ');

/** Behind a WHERE: only so many creators, who are bound; none: all of them. */
export const asked = (alias: string, creators: number): string =>
  creators > 0 ? ` AND ${alias}.creator_id IN (${Array(creators).fill('?').join(', ')})` : '';

/** One value for each statement or part of one that names the first day and the creators. */
export const bound = (first: string, named: readonly string[], times = 1): string[] =>
  Array.from({ length: times }, () => [first, ...named]).flat();
