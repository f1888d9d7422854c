/** When is a scheduled export due, and which days is it of? */
import { addDays, dayOf, lastDayOfMonth, monthOf, type WeekStart, weekStartOf } from '../time.ts';

export const cadences = ['daily', 'weekly', 'monthly'] as const;
export type Cadence = (typeof cadences)[number];

const firstOf = (day: string): string => `${monthOf(day)}-01`;
const slots: { [cadence in Cadence]: { at: (day: string, weekStart: WeekStart) => string; before: (slot: string) => string } } = {
  daily: { at: (day) => day, before: (slot) => addDays(slot, -1) },
  weekly: { at: weekStartOf, before: (slot) => addDays(slot, -7) },
  monthly: { at: firstOf, before: (slot) => firstOf(addDays(slot, -1)) },
};

/** The last day on which a run was due, at a local time: every day, first day of a week or month, from the hour on. */
export function slotOf(cadence: Cadence, hour: number, local: string, weekStart: WeekStart = 'monday'): string {
  const today = dayOf(local);
  const slot = slots[cadence].at(today, weekStart);
  return slot === today && Number(local.slice(11, 13)) < hour ? slots[cadence].before(slot) : slot;
}

/** The whole period that had ended on a day on which a run was due, and its name. */
export function periodOf(cadence: Cadence, slot: string): { from: string; to: string; name: string } {
  const to = addDays(slot, -1);
  if (cadence === 'daily') return { from: to, to, name: to };
  if (cadence === 'weekly') return { from: addDays(slot, -7), to, name: `${addDays(slot, -7)}_${to}` };
  return { from: firstOf(to), to: lastDayOfMonth(monthOf(to)), name: monthOf(to) };
}
