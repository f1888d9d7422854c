/** Where does a declared path lead? To a fact of the entity itself, of the elements of one of its lists, or of the order it belongs to. */
import type { Path } from './language.ts';

export interface ParsedPath {
  /** Name of the fact; where there is a list, of each of its elements. */
  fact: string;
  /** The entity's own list: `lines` of `lines.grossAmount`. */
  list?: string;
  /** Whether the fact is the order's: `order.channel`. */
  isOfOrder: boolean;
}

const parsed = new Map<Path, ParsedPath>();

function parse(path: Path): ParsedPath {
  const dot = path.indexOf('.');
  if (dot < 0) return { fact: path, isOfOrder: false };
  const [head, fact] = [path.slice(0, dot), path.slice(dot + 1)];
  return head === 'order' ? { fact, isOfOrder: true } : { fact, list: head, isOfOrder: false };
}

/** Reads a path. There are as many as declarations have, so each is read once. */
export function parsePath(path: Path): ParsedPath {
  const known = parsed.get(path) ?? parse(path);
  parsed.set(path, known);
  return known;
}
