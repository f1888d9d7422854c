/** How is one of several chosen? The browser's own list: it is right on every phone and for every reader. */
import { useId } from 'react';

export interface ChoiceProps<Value extends string> {
  label: string;
  value: Value;
  options: readonly (readonly [Value, string])[];
  onChange: (value: Value) => void;
  /** The label stands above instead of being read aloud only. */
  isLabelled?: boolean;
  /** Its options are long: it takes a whole line of a phone. */
  isLong?: boolean;
}

export const fieldLook =
  'min-h-9 w-full min-w-0 rounded-lg border border-line bg-card px-2.5 py-1.5 text-sm text-ink hover:border-line-strong disabled:opacity-60';

export function Choice<Value extends string>({
  label,
  value,
  options,
  onChange,
  isLabelled = false,
  isLong = false,
}: ChoiceProps<Value>) {
  const id = useId();
  return (
    <div className={`min-w-0 ${isLong ? 'col-span-2 sm:col-span-1' : ''}`}>
      <label htmlFor={id} className={isLabelled ? 'mb-1 block text-sm font-medium' : 'sr-only'}>
        {label}
      </label>
      <select id={id} value={value} onChange={(event) => onChange(event.target.value as Value)} className={fieldLook}>
        {options.map(([name, title]) => (
          <option key={name} value={name}>
            {title}
          </option>
        ))}
      </select>
    </div>
  );
}
