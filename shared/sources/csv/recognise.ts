/** Which of your own tables does a file hold? Told by its titles, whatever its name; its name decides where a title is missing. */
import { type CsvTable, csvTables, ofCreator } from './columns.ts';

/** The columns that a file cannot do without, where it is known whose it is. */
export const neededOf = ({ columns }: CsvTable): string[] =>
  columns.filter(({ isRequired, name }) => isRequired && name !== ofCreator).map(({ name }) => name);

/** Is it a file of this name, or a copy of one: costs.csv, costs (1).csv, costs-march.xlsx? */
const isNamed = (stem: string, { file }: CsvTable): boolean => new RegExp(`^${file}(?![a-z])`, 'i').test(stem);

/** The table that these titles are of; undefined for a file of another kind. `stem` is the file's name without its ending. */
export function recogniseTable(titles: readonly string[], stem: string): CsvTable | undefined {
  const known = new Set(titles.map((title) => title.trim().toLowerCase()));
  const found = csvTables
    .map((table) => ({ table, needed: neededOf(table), has: neededOf(table).filter((name) => known.has(name)) }))
    .toSorted((a, b) => b.has.length - a.has.length);
  const whole = found.find(({ needed, has }) => has.length === needed.length);
  const named = found.find(({ table, has }) => has.length > 0 && isNamed(stem, table));
  // Titles of one word stand in files of every kind.
  const likely = found.find(({ has }) => has.length > 1 && has.some((name) => name.includes('_')));
  return (whole ?? named ?? likely)?.table;
}
