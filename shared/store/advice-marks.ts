/** What was done with advice? A list among the settings: done or put off, when, and what was at stake then. */

import type { Table } from './table.ts';
import { type ListPlace, putList, readList } from './versioned-list.ts';

export interface AdviceMark {
  id: string;
  state: 'done' | 'dismissed';
  at: string;
  money: number;
  number: number;
  judgedAfterDays: number;
}

export const advicePlace: ListPlace = { key: 'S#advice', attribute: 'marks' };
/** Days that marks are kept, and that a dismissal holds. */
export const keptDays = 120;
export const dismissedDays = 14;
const mostMarks = 500;
const attempts = 5;
const aDay = 86_400_000;

/** Puts a mark over an earlier one of the same advice; false where others kept changing the list meanwhile. */
export async function putMark(table: Table, creatorId: string, mark: AdviceMark): Promise<boolean> {
  for (let attempt = 1; attempt <= attempts; attempt++) {
    const { version, entries } = await readList<AdviceMark>(table, creatorId, advicePlace);
    const since = new Date(Date.parse(mark.at) - keptDays * aDay).toISOString();
    const kept = entries.filter(({ id, at }) => id !== mark.id && at >= since).slice(1 - mostMarks);
    const next = [...kept, { ...mark, savedAt: mark.at }];
    if (await putList(table, creatorId, advicePlace, { version: version + 1, entries: next })) return true;
  }
  return false;
}
