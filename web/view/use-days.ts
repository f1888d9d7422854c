/** Which days does the view show, by the creator's clock and calendar? */
import { useCreator } from '../components/creator.tsx';
import { useTicking } from '../components/use-ticking.ts';
import type { Days } from './presets.ts';
import { todayIn, useView } from './use-view.ts';
import { daysOfView } from './view.ts';

export function useDays(): Days {
  const { timeZone, calendar } = useCreator();
  const { view } = useView();
  // A page that is left open notices that a new day has begun.
  useTicking(60_000);
  return daysOfView(view, todayIn(timeZone), calendar);
}
