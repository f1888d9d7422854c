/** Which entity does a subject name, and which item does it live in? An order and its parts share one item. */
import type { Entity } from './entity.ts';

export interface Subject {
  /** Values of the pattern's named parts. */
  ids: { [name: string]: string };
  /** The item it lives in: the whole subject, or for a part of an order the order's. */
  root: string;
  /** What tells it apart inside that item: the entity's name for the root, `shipment/s-1` for a part. */
  part: string;
}

const patterns = new Map<string, { expression: RegExp; names: string[] }>();

function compile(pattern: string) {
  let compiled = patterns.get(pattern);
  if (!compiled) {
    const names = [...pattern.matchAll(/\{(\w+)\}/g)].map((match) => String(match[1]));
    const source = pattern.replaceAll(/\{\w+\}(@?)/g, (_, at) => (at ? '([^/@]{1,200})@' : '([^/]{1,200})'));
    compiled = { expression: new RegExp(`^${source}$`), names };
    patterns.set(pattern, compiled);
  }
  return compiled;
}

/** Reads a subject by its entity's pattern; null where it does not fit. Ids hold no slash: percent-encode one. */
export function parseSubject(entity: Entity, subject: string): Subject | null {
  const { expression, names } = compile(entity.subject);
  const match = expression.exec(subject);
  if (!match) return null;
  const ids = Object.fromEntries(names.map((name, i) => [name, String(match[i + 1])]));
  const isPart = entity.subject.startsWith('order/{orderId}/');
  const root = isPart ? `order/${ids.orderId}` : subject;
  return { ids, root, part: isPart ? subject.slice(root.length + 1) : entity.name };
}

/** The entity's name of a part: `shipment` of `shipment/s-1`. */
export const entityOfPart = (part: string): string => part.split('/', 1)[0] as string;

/** An id as a part of a subject: a slash would start the next part. */
export const encodeId = (id: string): string =>
  id.includes('%') || id.includes('/') ? id.replaceAll('%', '%25').replaceAll('/', '%2F') : id;
/** The id that `encodeId` made a part of a subject of, as its source writes it. */
export const decodeId = (part: string): string => part.replaceAll('%2F', '/').replaceAll('%25', '%');
