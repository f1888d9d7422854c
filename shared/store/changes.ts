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

/** Roots that changes move, by `topic|day`. */
export function changedRootsOf(changes: readonly Change[]): Map<string, Set<string>> {
  const roots = new Map<string, Set<string>>();
  for (const change of changes)
    for (const { place } of movedBy(change)) {
      if (place.kind !== 'D') continue;
      const key = `${place.topic}|${place.period}`;
      const known = roots.get(key);
      if (known) known.add(change.root);
      else roots.set(key, new Set([change.root]));
    }
  return roots;
}
