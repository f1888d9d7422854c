/** How are days chosen on a calendar? A month at a time, by mouse, finger or arrow keys; loaded when it is first opened. */
import type { ReactNode } from 'react';
import { DayPicker } from 'react-day-picker';
import type { Calendar } from '../../shared/calendar.ts';
import { locale, say } from '../formatting/say.ts';

/** Days as text; the last one empty while only the first is chosen. */
export interface PickedDays {
  from: string;
  to: string;
}

export interface DayCalendarProps {
  days: PickedDays;
  today: string;
  calendar: Calendar;
  onChange: (days: PickedDays) => void;
  footer?: ReactNode;
}

const firstWeekdays = { sunday: 0, monday: 1, saturday: 6 } as const;

/** The picker's days are local dates of this browser; what counts of them is year, month and day alone. */
const dateOf = (day: string): Date =>
  new Date(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8, 10)), 12);
const dayOf = (date: Date): string =>
  [date.getFullYear().toString().padStart(4, '0'), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, '0'))
    .join('-');
const isDay = (text: string): boolean => /^\d{4}-\d{2}-\d{2}$/.test(text) && dayOf(dateOf(text)) === text;

const formatDate = (date: Date, options: Intl.DateTimeFormatOptions): string =>
  new Intl.DateTimeFormat(locale(), options).format(date);

const arrow = 'grid size-9 place-items-center rounded-lg text-soft hover:bg-page hover:text-ink aria-disabled:opacity-40';

export function DayCalendar({ days: { from, to }, today, calendar, onChange }: DayCalendarProps) {
  const first = isDay(from) ? dateOf(from) : undefined;
  const last = isDay(to) ? dateOf(to) : undefined;
  return (
    <DayPicker
      mode="range"
      resetOnSelect
      dir={document.documentElement.dir || 'ltr'}
      selected={first && { from: first, to: last }}
      onSelect={(range) => onChange({ from: range?.from ? dayOf(range.from) : '', to: range?.to ? dayOf(range.to) : '' })}
      defaultMonth={last ?? first ?? dateOf(today)}
      today={dateOf(today)}
      weekStartsOn={firstWeekdays[calendar.weekStart]}
      captionLayout="dropdown"
      startMonth={dateOf('2000-01-01')}
      endMonth={dateOf(`${Number(today.slice(0, 4)) + 1}-12-01`)}
      navLayout="around"
      formatters={{
        formatCaption: (month) => formatDate(month, { month: 'long', year: 'numeric' }),
        formatMonthDropdown: (month) => formatDate(month, { month: 'long' }),
        formatWeekdayName: (weekday) => formatDate(weekday, { weekday: 'narrow' }),
        formatDay: (date) => formatDate(date, { day: 'numeric' }),
      }}
      labels={{
        labelNav: () => say('days.months'),
        labelGrid: (month) => formatDate(month, { month: 'long', year: 'numeric' }),
        labelNext: () => say('days.nextMonth'),
        labelPrevious: () => say('days.previousMonth'),
        labelMonthDropdown: () => say('days.month'),
        labelYearDropdown: () => say('days.year'),
        labelWeekday: (weekday) => formatDate(weekday, { weekday: 'long' }),
        labelDayButton: (date, { selected, today: isToday }) =>
          [
            formatDate(date, { dateStyle: 'full' }),
            ...(isToday ? [say('days.today')] : []),
            ...(selected ? [say('days.chosen')] : []),
          ].join(', '),
      }}
      classNames={{
        root: 'w-fit',
        month: 'grid grid-cols-[2.25rem_1fr_2.25rem] items-center gap-y-1',
        month_caption: 'justify-self-center font-medium',
        dropdowns: 'flex items-center gap-2',
        dropdown_root: 'relative',
        dropdown: 'min-h-9 rounded-lg border border-line bg-card px-2 text-sm text-ink',
        caption_label: 'hidden',
        button_previous: arrow,
        button_next: arrow,
        chevron: 'size-4 fill-current rtl:rotate-180',
        month_grid: 'col-span-3 border-collapse',
        weekday: 'size-10 text-xs font-normal text-soft',
        day: 'p-0 text-center',
        day_button: 'size-10 rounded-lg text-sm tabular-nums hover:bg-page',
        today: 'font-semibold underline underline-offset-4',
        outside: 'invisible',
        selected: 'bg-accent-wash',
        range_start: 'rounded-s-lg [&>button]:bg-accent [&>button]:text-accent-ink',
        range_end: 'rounded-e-lg [&>button]:bg-accent [&>button]:text-accent-ink',
        range_middle: '',
        disabled: 'opacity-40',
        hidden: 'invisible',
      }}
    />
  );
}
