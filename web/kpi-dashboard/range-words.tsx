/** Of which days are the numbers, counted in which zone and weeks, and against what? On paper too, where no control says it. */
import { useCreator } from '../components/creator.tsx';
import { formatRange, formatWeekdayName } from '../formatting/dates.ts';
import { say } from '../formatting/say.ts';
import type { Days } from '../view/presets.ts';
import { useView } from '../view/use-view.ts';
import { comparisons } from '../view/view.ts';

/** New York of America/New_York. */
const placeOf = (timeZone: string): string => (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');

export function RangeWords({ days }: { days: Days }) {
  const { timeZone, calendar } = useCreator();
  const { view } = useView();
  const { compareDays, compare } = view;
  const against = compareDays ? formatRange(compareDays.from, compareDays.to) : say(comparisons[compare]);
  return (
    <>
      <p className="text-sm text-soft">
        {formatRange(days.from, days.to)}
        {' · '}
        {say('range.zone', { zone: placeOf(timeZone), weekday: formatWeekdayName(calendar.weekStart) })}
      </p>
      <p className="hidden text-sm text-soft print:block">{compare === 'none' ? against : say('range.against', { against })}</p>
    </>
  );
}
