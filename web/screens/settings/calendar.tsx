/** What stands in the calendar? Its entries, the newest days first, with the way to add one and to take one out. */
import { CalendarPlus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { Button } from '../../components/button.tsx';
import { CalendarEntryWords } from '../../components/calendar-entry.tsx';
import { CalendarForm } from '../../components/calendar-form.tsx';
import { useCreator } from '../../components/creator.tsx';
import { FormErrors } from '../../components/form-errors.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Sheet } from '../../components/sheet.tsx';
import { type CalendarEntry, useCalendarEntries, useChangeCalendar } from '../../data/calendar.ts';
import { say } from '../../formatting/say.ts';
import { mayChange, useSession } from '../../session/session-context.ts';
import { todayIn } from '../../view/use-view.ts';

function Entries({ entries }: { entries: CalendarEntry[] }) {
  const { creatorId, timeZone } = useCreator();
  const isOwn = mayChange(useSession(), creatorId);
  const [isOpen, setOpen] = useState(false);
  const save = useChangeCalendar(creatorId);
  const newest = entries.toSorted((a, b) => (a.from < b.from ? 1 : -1));
  return (
    <div className="grid grid-cols-1 gap-3">
      {newest.length === 0 && <p className="text-sm text-soft">{say('calendar.none')}</p>}
      <ul className="max-h-96 min-w-0 overflow-y-auto empty:hidden print:max-h-none">
        {newest.map((entry) => (
          <li
            key={entry.id}
            className="flex items-center justify-between gap-2 border-b border-line py-1.5 text-sm last:border-0"
          >
            <span className="min-w-0">
              <CalendarEntryWords entry={entry} />
            </span>
            {isOwn && (
              <Button
                look="quiet"
                className="print:hidden"
                aria-label={say('calendar.remove', { title: entry.title })}
                disabled={save.isPending}
                onClick={() => save.mutate((all) => all.filter(({ id }) => id !== entry.id))}
              >
                <Trash2 size={15} aria-hidden />
              </Button>
            )}
          </li>
        ))}
      </ul>
      <FormErrors reason={save.error} />
      {isOwn && (
        <Button className="justify-self-start print:hidden" onClick={() => setOpen(true)}>
          <CalendarPlus size={15} aria-hidden />
          {say('calendar.mark')}
        </Button>
      )}
      {isOpen && (
        <Sheet title={say('calendar.mark')} onClose={() => setOpen(false)}>
          <CalendarForm day={todayIn(timeZone)} onSaved={() => setOpen(false)} />
        </Sheet>
      )}
    </div>
  );
}

export const CalendarEntries = () => (
  <Loaded query={useCalendarEntries(useCreator().creatorId)} shape="h-16">
    {({ entries }) => <Entries entries={entries} />}
  </Loaded>
);
