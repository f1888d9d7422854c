/** What do changes move: which items, pages and entities? Worked out once for a change, which is read by report after report. */
import type { Change } from '../fold/fold.ts';
import { type ItemPlace, placeOfItem } from '../fold/keys.ts';
import { type PageEntry, pageOf } from './pages.ts';
import type { Pending } from './pending.ts';

/** An item that a change moves. */
interface MovedItem {
  place: ItemPlace;
  /** Key of its page. */
  page: string;
  entries: PageEntry[];
}

const moved = new WeakMap<Change, MovedItem[]>();

/** The items that a change moves, each once. */
export function movedBy(change: Change): readonly MovedItem[] {
  const known = moved.get(change);
  if (known) return known;
  const { seq, deltas } = change;
  const items = new Map<string, MovedItem>();
  for (const { item, field, by } of deltas) {
    const one = items.get(item) ?? { place: placeOfItem(item), page: pageOf(item), entries: [] };
    items.set(item, one);
    one.entries.push({ seq, item, field, by });
  }
  const all = [...items.values()];
  moved.set(change, all);
  return all;
}

const pagesOfPending = new WeakMap<Pending, Map<string, PageEntry[]>>();

/** What is pending by page. */
export function pendingByPage(pending: Pending): ReadonlyMap<string, readonly PageEntry[]> {
  const known = pagesOfPending.get(pending);
  if (known) return known;
  const byPage = new Map<string, PageEntry[]>();
  for (const change of pending.changes)
    for (const { page, entries } of movedBy(change)) {
      const others = byPage.get(page);
      if (others) others.push(...entries);
      else byPage.set(page, [...entries]);
    }
  pagesOfPending.set(pending, byPage);
  return byPage;
}

/** `topic|day` of an item of a day, such as `D#sales#channel#2026-03-01#live`; undefined for any other. */
function dayOfItem(item: string): string | undefined {
  if (!item.startsWith('D#')) return undefined;
  const slice = item.indexOf('#', 2);
  const day = item.indexOf('#', slice + 1) + 1;
  const value = item.indexOf('#', day);
  return `${item.slice(2, slice)}|${value === -1 ? item.slice(day) : item.slice(day, value)}`;
}

/** Roots that changes move, by `topic|day`. */
export function changedRootsOf(changes: readonly Change[]): Map<string, Set<string>> {
  const roots = new Map<string, Set<string>>();
  for (const { root, deltas } of changes) {
    let last = '';
    for (const { item } of deltas) {
      // Deltas of one item stand together.
      if (item === last) continue;
      last = item;
      const key = dayOfItem(item);
      if (key === undefined) continue;
      const known = roots.get(key);
      if (known) known.add(root);
      else roots.set(key, new Set([root]));
    }
  }
  return roots;
}
