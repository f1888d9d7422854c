/** How is it chosen what is looked at? Range, comparison, grain, refunds: each change is a new address. */
import { useState } from 'react';
import { Choice, fieldLook } from '../parts/choice.tsx';
import { type Days, type PresetName, presets } from '../view/presets.ts';
import { useView } from '../view/use-view.ts';
import { type ChosenGrain, comparisons, grains, hoursFit, isRange, type RefundsBy } from '../view/view.ts';

/** No shop is older; a date before it is one whose year is being typed. */
const firstYear = '2000';

const rangeOptions: [PresetName | 'custom', string][] = [
  ...Object.entries(presets).map(([name, { title }]): [PresetName, string] => [name as PresetName, title]),
  ['custom', 'Custom …'],
];
const compareOptions = Object.entries(comparisons) as [keyof typeof comparisons, string][];
const refundOptions: [RefundsBy, string][] = [
  ['refund_date', 'Refunds on their own day'],
  ['order_date', 'Refunds on the order’s day'],
];

/** First and last day by hand; taken over as soon as both make a range: while a year is typed its first digits make none. */
function CustomDays({ days, onChange }: { days: Days; onChange: (days: Days) => void }) {
  const [typed, setTyped] = useState(days);
  const take = (part: Partial<Days>): void => {
    const next = { ...typed, ...part };
    setTyped(next);
    if (next.from >= firstYear && isRange(next)) onChange(next);
  };
  const isWrong = typed.from > typed.to && typed.to !== '';
  return (
    <div className="col-span-2 flex flex-wrap items-center gap-2 sm:col-span-1 sm:flex-nowrap">
      {(['from', 'to'] as const).map((end) => (
        <input
          key={end}
          type="date"
          aria-label={end === 'from' ? 'First day' : 'Last day'}
          aria-invalid={isWrong}
          value={typed[end]}
          onChange={(event) => take({ [end]: event.target.value })}
          className={fieldLook}
        />
      ))}
      {isWrong && (
        <span role="alert" className="text-sm text-bad">
          The first day is after the last.
        </span>
      )}
    </div>
  );
}

export interface ControlsProps {
  days: Days;
  grain: ChosenGrain;
  hasHours: boolean;
  /** Some number here depends on when refunds count. */
  hasRefunds: boolean;
}

export function Controls({ days, grain, hasHours, hasRefunds }: ControlsProps) {
  const { view, change } = useView();
  const isCustom = typeof view.range !== 'string';
  const grainOptions = (Object.entries(grains) as [ChosenGrain, string][]).filter(
    ([name]) => name !== 'hour' || (hasHours && hoursFit(days)),
  );
  return (
    <div className="grid grid-cols-2 gap-2 sm:flex sm:flex-wrap print:hidden">
      <Choice
        label="Range"
        value={typeof view.range === 'string' ? view.range : 'custom'}
        options={rangeOptions}
        onChange={(name) => change({ range: name === 'custom' ? days : name })}
      />
      {isCustom && <CustomDays days={days} onChange={(range) => change({ range }, { replace: true })} />}
      <Choice label="Comparison" value={view.compare} options={compareOptions} onChange={(compare) => change({ compare })} />
      <Choice label="Grain" value={grain} options={grainOptions} onChange={(chosen) => change({ grain: chosen })} />
      {hasRefunds && (
        <Choice label="Refunds" value={view.refundsBy} options={refundOptions} onChange={(refundsBy) => change({ refundsBy })} />
      )}
    </div>
  );
}
