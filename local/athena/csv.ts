/** How does Athena write the file of a result? Every value in quotes, NULL as nothing at all. */
import type { Answer } from './engine.ts';

const quote = (value: string | null): string => (value === null ? '' : `"${value.replaceAll('"', '""')}"`);

export function csvOf({ columns, rows }: Pick<Answer, 'columns' | 'rows'>): string {
  return [columns.map(({ name }) => name), ...rows].map((row) => `${row.map(quote).join(',')}\n`).join('');
}
