/** How is something written into the calendar? What it is, a title, its days. */
import { type FormEvent, useState } from 'react';
import { type CalendarEntry, useChangeCalendar } from '../data/calendar.ts';
import { formatKind, kinds } from '../formatting/calendar-kinds.ts';
import { say } from '../formatting/say.ts';
import { Button } from './button.tsx';
import { Choice, fieldLook } from './choice.tsx';
import { useCreator } from './creator.tsx';
import { FormErrors } from './form-errors.tsx';

export interface CalendarFormProps {
  /** The day that is offered at first. */
  day: string;
  onSaved: () => void;
}

export function CalendarForm({ day, onSaved }: CalendarFormProps) {
  const { creatorId } = useCreator();
  const [kind, setKind] = useState<CalendarEntry['kind']>('promotion');
  const [title, setTitle] = useState('');
  const [from, setFrom] = useState(day);
  const [to, setTo] = useState(day);
  const save = useChangeCalendar(creatorId);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const entry = { id: crypto.randomUUID(), from, to, kind, title: title.trim() };
    save.mutate((all) => [...all, entry], { onSuccess: onSaved });
  };
  const changeFrom = (next: string): void => {
    setFrom(next);
    // An entry of one day stays one of one day.
    if (to === from || to < next) setTo(next);
  };
  return (
    <form onSubmit={submit} className="grid gap-4">
      <Choice
        label={say('calendar.kind')}
        isLabelled
        value={kind}
        options={kinds.map((each) => [each, formatKind(each)] as const)}
        onChange={setKind}
      />
      <label className="text-sm font-medium">
        {say('calendar.title')}
        <input
          required
          maxLength={120}
          value={title}
          onChange={(event) => setTitle(event.target.value)}
          className={`${fieldLook} mt-1`}
        />
      </label>
      <div className="grid grid-cols-2 gap-3">
        <label className="text-sm font-medium">
          {say('controls.firstDay')}
          <input
            type="date"
            required
            value={from}
            onChange={(event) => changeFrom(event.target.value)}
            className={`${fieldLook} mt-1`}
          />
        </label>
        <label className="text-sm font-medium">
          {say('controls.lastDay')}
          <input
            type="date"
            required
            min={from}
            value={to}
            onChange={(event) => setTo(event.target.value)}
            className={`${fieldLook} mt-1`}
          />
        </label>
      </div>
      <FormErrors reason={save.error} />
      <Button type="submit" look="accent" disabled={save.isPending} className="justify-self-start">
        {say('calendar.save')}
      </Button>
    </form>
  );
}
