/** How is a goal set? A number, a month, and a target in the number's unit; one that is there already is changed. */
import { type FormEvent, useState } from 'react';
import { firstSign } from '../../../shared/kpis/kpi-dashboards.ts';
import { minorDigits, toMinor } from '../../../shared/money.ts';
import { monthOf } from '../../../shared/time.ts';
import { Button } from '../../components/button.tsx';
import { fieldLook } from '../../components/choice.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Notice } from '../../components/notice.tsx';
import type { Goal } from '../../data/goals.ts';
import type { DictionaryKpi } from '../../data/queries.ts';
import { say } from '../../formatting/say.ts';
import { todayIn } from '../../view/use-view.ts';

export interface GoalFormProps {
  kpis: DictionaryKpi[];
  isBusy: boolean;
  onSave: (goal: Omit<Goal, 'savedAt'>) => void;
}

/** What was typed in the unit of the number: minor units, a count, or a share of a hundred. Undefined where it is none above zero. */
function targetOf(typed: string, unit: string, currency: string): number | undefined {
  if (!(Number(typed) > 0)) return undefined;
  if (unit === 'money') return toMinor(Number(typed).toFixed(minorDigits(currency)), currency);
  return unit === 'ratio' ? Number(typed) / 100 : Math.round(Number(typed));
}

export function GoalForm({ kpis, isBusy, onSave }: GoalFormProps) {
  const { currency, timeZone } = useCreator();
  const [name, setName] = useState(firstSign);
  const [month, setMonth] = useState(() => monthOf(todayIn(timeZone)));
  const [typed, setTyped] = useState('');
  const [wrong, setWrong] = useState<string>();
  const unit = kpis.find((kpi) => kpi.name === name)?.unit ?? 'count';
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const target = targetOf(typed, unit, currency);
    const isMonth = /^\d{4}-\d{2}$/.test(month);
    setWrong(!isMonth ? say('goals.noMonth') : target === undefined || target <= 0 ? say('goals.noTarget') : undefined);
    if (isMonth && target !== undefined && target > 0) onSave({ id: `${name}-${month}`, name, month, target });
  };
  const field = 'block min-w-0 text-sm font-medium';
  return (
    <form
      data-goal-form
      noValidate
      onSubmit={save}
      className="grid grid-cols-1 gap-3 sm:grid-cols-[2fr_1fr_1fr_auto] sm:items-end print:hidden"
    >
      <label className={field}>
        {say('goals.number')}
        <select value={name} onChange={(event) => setName(event.target.value)} className={`${fieldLook} mt-1`}>
          {kpis.map((kpi) => (
            <option key={kpi.name} value={kpi.name}>
              {kpi.title}
            </option>
          ))}
        </select>
      </label>
      <label className={field}>
        {say('goals.month')}
        <input type="month" value={month} onChange={(event) => setMonth(event.target.value)} className={`${fieldLook} mt-1`} />
      </label>
      <label className={field}>
        {unit === 'count'
          ? say('goals.target')
          : say('goals.targetIn', { unit: unit === 'money' ? currency : say('goals.percent') })}
        <input
          type="number"
          min={0}
          step="any"
          inputMode="decimal"
          value={typed}
          onChange={(event) => setTyped(event.target.value)}
          className={`${fieldLook} mt-1`}
        />
      </label>
      <Button type="submit" look="accent" disabled={isBusy}>
        {say('goals.save')}
      </Button>
      {wrong && (
        <div className="sm:col-span-4">
          <Notice tone="bad">{wrong}</Notice>
        </div>
      )}
    </form>
  );
}
