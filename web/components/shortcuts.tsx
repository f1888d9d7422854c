/** What happens when a key is pressed on its own? Never while something is typed or chosen, in a sheet, or where they are switched off. */
import { Keyboard } from 'lucide-react';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { createPortal } from 'react-dom';
import { useLocation } from 'wouter';
import { say } from '../formatting/say.ts';
import { shiftDays } from '../view/shift-days.ts';
import { todayIn, useView } from '../view/use-view.ts';
import { daysOfView } from '../view/view.ts';
import { useCreator, useHref } from './creator.tsx';
import { type Action, actionKeys, areShortcutsOn, screenKeys } from './shortcut-keys.ts';

const ShortcutSheet = lazy(async () => ({ default: (await import('./shortcut-sheet.tsx')).ShortcutSheet }));

/** How long (ms) g waits for the letter after it. */
const patience = 1_500;
const typing = 'input, textarea, select, [contenteditable]:not([contenteditable=false])';

/** A character on its own: with Ctrl, Alt or Meta it is the browser's; AltGr makes [ and ] on many keyboards. */
function isAlone(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.isComposing || event.repeat) return false;
  const isAltGr = event.getModifierState('AltGraph');
  if (event.metaKey || (!isAltGr && (event.ctrlKey || event.altKey))) return false;
  return !(event.target instanceof Element && event.target.closest(typing)) && !document.querySelector('dialog[open]');
}

/** Brings the focus to a control of the page; false where there is none. */
function focusOn(selector: string): boolean {
  const found = [...document.querySelectorAll<HTMLElement>(`#main ${selector}`)].find((each) => each.offsetParent !== null);
  found?.focus();
  return found !== undefined;
}

/** Does what a key says; false where there is nothing to do here. */
function useActions(openHelp: () => void): { go: (screen: string) => void; act: (action: Action) => boolean } {
  const [, navigate] = useLocation();
  const href = useHref();
  const { timeZone, calendar } = useCreator();
  const { view, change } = useView();
  const shift = (direction: 1 | -1): boolean => {
    // Where no range is chosen there is none to move.
    if (!document.querySelector('#main [data-control=range]')) return false;
    const today = todayIn(timeZone);
    const range = shiftDays(daysOfView(view, today, calendar), direction, today);
    if (range) change({ range });
    return range !== undefined;
  };
  const act = (action: Action): boolean => {
    if (action === 'help') openHelp();
    else if (action === 'search') return focusOn('input[type=search]');
    else if (action === 'range' || action === 'comparison') return focusOn(`[data-control=${action}] select`);
    else return shift(action === 'earlier' ? -1 : 1);
    return true;
  };
  return { go: (screen) => navigate(href(screen)), act };
}

/** Listens, and is a button too: who switched the keys off, or has no keyboard, finds them here. */
export function Shortcuts() {
  const [isOpen, setOpen] = useState(false);
  const { go, act } = useActions(() => setOpen(true));
  const began = useRef(Number.NEGATIVE_INFINITY);
  useEffect(() => {
    const press = (event: KeyboardEvent): void => {
      if (!isAlone(event) || !areShortcutsOn()) return;
      const isAfterG = event.timeStamp - began.current < patience;
      began.current = event.key === 'g' && !isAfterG ? event.timeStamp : Number.NEGATIVE_INFINITY;
      const screen = isAfterG ? screenKeys[event.key] : undefined;
      const action = screen ? undefined : actionKeys[event.key];
      if (screen) go(screen);
      else if (!action || !act(action)) return;
      event.preventDefault();
    };
    document.addEventListener('keydown', press);
    return () => document.removeEventListener('keydown', press);
  });
  return (
    <>
      <button
        type="button"
        aria-haspopup="dialog"
        onClick={() => setOpen(true)}
        className="flex w-full items-center gap-3 rounded-lg px-3 py-2 text-sm font-medium text-soft hover:bg-page hover:text-ink"
      >
        <Keyboard size={17} aria-hidden />
        {say('shortcuts.title')}
      </button>
      {isOpen &&
        // Where the menu is hidden, on a narrow window, the sheet must not be.
        createPortal(
          <Suspense fallback={null}>
            <ShortcutSheet onClose={() => setOpen(false)} />
          </Suspense>,
          document.body,
        )}
    </>
  );
}
