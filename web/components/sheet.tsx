/** How is something shown above the page, and left again? The browser's own dialog keeps the focus and closes on Escape. */
import { X } from 'lucide-react';
import { type ReactNode, useEffect, useId, useRef } from 'react';
import { say } from '../formatting/say.ts';

export interface SheetProps {
  title: string;
  onClose: () => void;
  children: ReactNode;
  /** At the side of the screen instead of in its middle. */
  isSide?: boolean;
}

const places = {
  middle: 'm-auto w-[min(34rem,calc(100vw-2rem))] rounded-card',
  side: 'me-auto ms-0 h-dvh max-h-dvh w-[min(20rem,calc(100vw-3rem))]',
};

/** A modal dialog; it is open as long as it is there. */
export function Sheet({ title, onClose, children, isSide = false }: SheetProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const heading = useId();
  useEffect(() => {
    // A dialog that is taken away while it is open forgets what had the focus: it is given back here.
    const opener = document.activeElement;
    if (!dialog.current?.open) dialog.current?.showModal();
    return () => (opener instanceof HTMLElement ? opener.focus() : undefined);
  }, []);
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes it, and the button; a click beside it is one way more
    <dialog
      ref={dialog}
      aria-labelledby={heading}
      onClose={onClose}
      onClick={(event) => event.target === dialog.current && onClose()}
      className={`max-h-[calc(100dvh-2rem)] overflow-auto border border-line bg-raised p-0 text-ink shadow-card ${places[isSide ? 'side' : 'middle']}`}
    >
      <div className="p-5">
        <header className="mb-3 flex items-start justify-between gap-3">
          <h2 id={heading} className="text-lg font-semibold">
            {title}
          </h2>
          <button
            type="button"
            onClick={onClose}
            aria-label={say('sheet.close')}
            className="-me-1 rounded-md p-1.5 text-soft hover:text-ink"
          >
            <X size={18} aria-hidden />
          </button>
        </header>
        {children}
      </div>
    </dialog>
  );
}
