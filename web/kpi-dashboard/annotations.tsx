/** What happened on the days of a chart? The marks' titles as a list, and the way to add one. */
import { CalendarPlus } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../components/button.tsx';
import { CalendarEntryWords } from '../components/calendar-entry.tsx';
import { CalendarForm } from '../components/calendar-form.tsx';
import { useCreator } from '../components/creator.tsx';
import { Sheet } from '../components/sheet.tsx';
import { say } from '../formatting/say.ts';
import { mayChange, useSession } from '../session/session-context.ts';
import type { Mark } from './marks.ts';

/** `day` is the one that an entry is first offered for. */
export function Annotations({ marks, day }: { marks: Mark[]; day: string }) {
  const { creatorId } = useCreator();
  const isOwn = mayChange(useSession(), creatorId);
  const [isOpen, setOpen] = useState(false);
  if (marks.length === 0 && !isOwn) return null;
  return (
    <div className="mt-2 flex flex-wrap items-start justify-between gap-x-4 gap-y-2 text-sm">
      {marks.length > 0 && (
        <ol aria-label={say('calendar.onTheseDays')} className="grid min-w-0 gap-1">
          {marks.map(({ number, entry }) => (
            <li key={entry.id}>
              <span className="me-1.5 font-semibold text-accent tabular-nums">{number}</span>
              <CalendarEntryWords entry={entry} />
            </li>
          ))}
        </ol>
      )}
      {isOwn && (
        <Button look="quiet" className="ms-auto print:hidden" onClick={() => setOpen(true)}>
          <CalendarPlus size={15} aria-hidden />
          {say('calendar.mark')}
        </Button>
      )}
      {isOpen && (
        <Sheet title={say('calendar.mark')} onClose={() => setOpen(false)}>
          <CalendarForm day={day} onSaved={() => setOpen(false)} />
        </Sheet>
      )}
    </div>
  );
}
