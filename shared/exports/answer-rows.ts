/** How does a report's answer become rows? One for itself, one for each element of each list in it, with the very values that it has. */
import type { AnswerShape, Level } from './answer-columns.ts';
import { tellRow } from './answer-telling.ts';
import type { Cell, Row } from './columns.ts';

const at = (value: unknown, path: string[]): unknown =>
  path.reduce<unknown>((part, field) => (part as { [field: string]: unknown } | null | undefined)?.[field], value);

function cellOf(value: unknown): Cell {
  if (value === undefined || value === null) return null;
  return typeof value === 'object' ? JSON.stringify(value) : (value as Cell);
}

const handed = new Set<string>(['text', 'day', 'unit', 'flag']);

/** Text of what an element is part of is repeated beside it: name, unit, currency. Numbers are not, so that adding up a column is right. */
const handedOn = (row: Row, { columns }: AnswerShape): Row =>
  row.map((cell, i) => (handed.has(columns[i]?.type ?? '') ? cell : null));

function rowOf({ name, leaves }: Level, value: unknown, place: string, above: Row): Row {
  const row = [name, place || null, ...above.slice(2)];
  for (const { path, column } of leaves) row[column] = cellOf(at(value, path));
  return row;
}

function* rowsOfLevel(shape: AnswerShape, level: Level, value: unknown, place: string, above: Row): Generator<Row> {
  const row = rowOf(level, value, place, above);
  yield tellRow(row, shape.telling);
  const handed = handedOn(row, shape);
  for (const { path, level: inner } of level.lists)
    for (const [i, element] of ((at(value, path) ?? []) as unknown[]).entries())
      yield* rowsOfLevel(shape, inner, element, place ? `${place}.${i + 1}` : String(i + 1), handed);
}

const nothing = ({ columns }: AnswerShape): Row => columns.map(() => null);

/** All rows of an answer. */
export const rowsOfAnswer = (shape: AnswerShape, answer: object): Generator<Row> =>
  rowsOfLevel(shape, shape.root, answer, '', nothing(shape));

/** The rows of one list of an answer that is a later page of another one; `before` elements stood on the pages before. */
export function* rowsOfPage(shape: AnswerShape, answer: object, list: string, before: number): Generator<Row> {
  const found = shape.root.lists.find(({ path }) => path.join('.') === list);
  const handed = handedOn(rowOf(shape.root, answer, '', nothing(shape)), shape);
  for (const [i, element] of ((at(answer, [list]) ?? []) as unknown[]).entries())
    if (found) yield* rowsOfLevel(shape, found.level, element, String(before + i + 1), handed);
}
