/** Which keys do what? Single characters, so that no browser's own shortcut is taken; all of them can be switched off together. */
import type { MessageId } from '../formatting/say.ts';

/** After g: to which screen. */
export const screenKeys: Record<string, string> = {
  o: 'overview',
  s: 'sales',
  p: 'products',
  h: 'shipping',
  a: 'satisfaction',
  n: 'operations',
  e: 'exports',
  d: 'dictionary',
  t: 'settings',
};

export type Action = 'help' | 'search' | 'earlier' | 'later' | 'range' | 'comparison';

export const actionKeys: Record<string, Action> = {
  '?': 'help',
  '/': 'search',
  '[': 'earlier',
  ']': 'later',
  r: 'range',
  c: 'comparison',
};

export const actionTitles: Record<Action, MessageId> = {
  help: 'shortcuts.help',
  search: 'shortcuts.search',
  earlier: 'shortcuts.earlier',
  later: 'shortcuts.later',
  range: 'shortcuts.range',
  comparison: 'shortcuts.comparison',
};

const kept = 'shortcuts';

export function areShortcutsOn(): boolean {
  try {
    return localStorage.getItem(kept) !== 'off';
  } catch {
    return true;
  }
}

export function keepShortcuts(isOn: boolean): void {
  try {
    if (isOn) localStorage.removeItem(kept);
    else localStorage.setItem(kept, 'off');
  } catch {
    // Storage is closed: they stay as they are.
  }
}
