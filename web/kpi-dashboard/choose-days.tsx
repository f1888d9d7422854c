/** How are days chosen by hand? In a sheet: typed, or on a calendar, or of a range with a name; taken over all at once. */
import { CalendarDays } from 'lucide-react';
import { type FormEvent, lazy, Suspense, useId, useState } from 'react';
import { Button } from '../components/button.tsx';
import { fieldLook } from '../components/choice.tsx';
import { useCreator } from '../components/creator.tsx';
import { Sheet } from '../components/sheet.tsx';
import { Skeleton } from '../components/skeleton.tsx';
import { formatRange } from '../formatting/dates.ts';
import { say } from '../formatting/say.ts';
import type { Days } from '../view/presets.ts';
import { todayIn } from '../view/use-view.ts';
import { isRange } from '../view/view.ts';

const DayCalendar = lazy(async () => ({ default: (await import('../components/day-calendar.tsx')).DayCalendar }));

interface ChooseDaysProps {
  /** What is chosen: of the range, or of what it is compared with. */
  title: string;
  days: Days;
  onChange: (days: Days) => void;
  /** Ranges with a name, each with what choosing it does. */
  named?: { name: string; title: string; isChosen: boolean; choose: () => void }[];
}

function DaysForm({ days, onChange, named = [] }: Omit<ChooseDaysProps, 'title'>) {
  const { timeZone, calendar } = useCreator();
  const [picked, setPicked] = useState(days);
  const problem = useId();
  const isGood = isRange(picked);
  const isBackwards = picked.from !== '' && picked.to !== '' && picked.from > picked.to;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (isGood) onChange(picked);
  };
  return (
    <div className="grid gap-4 sm:grid-cols-[auto_1fr]">
      {named.length > 0 && (
        <ul aria-label={say('days.named')} className="flex flex-wrap content-start gap-1 sm:grid">
          {named.map(({ name, title, isChosen, choose }) => (
            <li key={name}>
              <Button
                look={isChosen ? 'accent' : 'quiet'}
                aria-pressed={isChosen}
                className="w-full justify-start!"
                onClick={choose}
              >
                {title}
              </Button>
            </li>
          ))}
        </ul>
      )}
      <form onSubmit={submit} className="grid content-start gap-3">
        <div className="grid grid-cols-2 gap-3">
          {(['from', 'to'] as const).map((end) => (
            <label key={end} className="text-sm font-medium">
              {say(end === 'from' ? 'controls.firstDay' : 'controls.lastDay')}
              <input
                type="date"
                aria-invalid={isBackwards}
                aria-describedby={problem}
                value={picked[end]}
                onChange={(event) => setPicked({ ...picked, [end]: event.target.value })}
                className={`${fieldLook} mt-1`}
              />
            </label>
          ))}
        </div>
        <Suspense fallback={<Skeleton className="h-80" />}>
          <DayCalendar days={picked} today={todayIn(timeZone)} calendar={calendar} onChange={setPicked} />
        </Suspense>
        <p id={problem} role="status" className="min-h-5 text-sm text-bad">
          {isBackwards ? say('controls.wrongOrder') : !isGood && picked.from && picked.to ? say('days.tooMany') : ''}
        </p>
        <Button type="submit" look="accent" disabled={!isGood} className="justify-self-start">
          {isGood ? say('days.show', { days: formatRange(picked.from, picked.to) }) : say('days.choose')}
        </Button>
      </form>
    </div>
  );
}

export function ChooseDays({ title, days, onChange, named }: ChooseDaysProps) {
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <>
      <Button
        aria-haspopup="dialog"
        aria-label={`${title}: ${formatRange(days.from, days.to)}`}
        onClick={() => setOpen(true)}
        className="min-w-0 max-sm:px-2"
      >
        <CalendarDays size={15} aria-hidden className="shrink-0" />
        <span className="whitespace-normal text-start leading-tight max-sm:text-xs">{formatRange(days.from, days.to)}</span>
      </Button>
      {isOpen && (
        <Sheet title={title} onClose={close}>
          <DaysForm
            days={days}
            onChange={(chosen) => {
              close();
              onChange(chosen);
            }}
            named={
              named?.map((each) => ({
                ...each,
                choose: () => {
                  close();
                  each.choose();
                },
              })) ?? []
            }
          />
        </Sheet>
      )}
    </>
  );
}
