/** How is an entry of the calendar told in words? Its days, what it is, its title. */
import type { CalendarEntry } from '../data/calendar.ts';
import { formatKind } from '../formatting/calendar-kinds.ts';
import { formatRange } from '../formatting/dates.ts';

export const CalendarEntryWords = ({ entry: { from, to, kind, title } }: { entry: CalendarEntry }) => (
  <>
    <bdi className="font-medium">{title}</bdi>
    <span className="text-soft">
      {' '}
      · {formatKind(kind)} · {formatRange(from, to)}
    </span>
  </>
);
