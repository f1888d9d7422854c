/** How is it chosen what is looked at? Range, comparison, grain, refunds: each change is a new address. */
import type { RefundsBy } from '../../shared/kpis/refunds-by.ts';
import { Choice } from '../components/choice.tsx';
import { type MessageId, say, sayEach } from '../formatting/say.ts';
import type { Days } from '../view/presets.ts';
import { useView } from '../view/use-view.ts';
import { type ChosenGrain, grains, hoursFit, refundDates } from '../view/view.ts';
import { RangeControls } from './range-controls.tsx';

const refundOptions = Object.entries(refundDates) as [RefundsBy, MessageId][];

export interface ControlsProps {
  days: Days;
  grain: ChosenGrain;
  hasHours: boolean;
  /** Some number here depends on when refunds count. */
  hasRefunds: boolean;
}

export function Controls({ days, grain, hasHours, hasRefunds }: ControlsProps) {
  const { view, change } = useView();
  const grainOptions = (Object.entries(grains) as [ChosenGrain, MessageId][]).filter(
    ([name]) => name !== 'hour' || (hasHours && hoursFit(days)),
  );
  return (
    <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap print:hidden">
      <RangeControls days={days} />
      <Choice
        label={say('controls.grain')}
        value={grain}
        options={sayEach(grainOptions)}
        onChange={(chosen) => change({ grain: chosen })}
      />
      {hasRefunds && (
        <Choice
          label={say('controls.refunds')}
          isLong
          value={view.refundsBy}
          options={sayEach(refundOptions)}
          onChange={(refundsBy) => change({ refundsBy })}
        />
      )}
    </div>
  );
}
