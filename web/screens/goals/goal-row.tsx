/** How far is one goal? Its number so far, what it leads to, and a bar that a reader of numbers can do without. */
import { Trash2 } from 'lucide-react';
import { earlierOf, lastDayOfMonth } from '../../../shared/time.ts';
import { Button } from '../../components/button.tsx';
import { useCreator } from '../../components/creator.tsx';
import type { Goal } from '../../data/goals.ts';
import { type DictionaryKpi, useKpis } from '../../data/queries.ts';
import { formatBucket } from '../../formatting/dates.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { todayIn } from '../../view/use-view.ts';
import { paceOf } from './pace.ts';

export interface GoalRowProps {
  goal: Goal;
  kpi: DictionaryKpi;
  /** Undefined: it is not this person's to change. */
  onRemove: (() => void) | undefined;
}

export function GoalRow({ goal, kpi, onRemove }: GoalRowProps) {
  const { creatorId, currency, timeZone } = useCreator();
  const today = todayIn(timeZone);
  const from = `${goal.month}-01`;
  const isAhead = today < from;
  const to = earlierOf(today, lastDayOfMonth(goal.month));
  const { data } = useKpis(creatorId, isAhead ? undefined : { names: goal.name, from, to, grain: 'total' });
  const soFar = data?.series[0]?.total ?? null;
  const unit = kpi.unit as 'money' | 'count' | 'ratio' | 'seconds';
  const { state, leadsTo } = paceOf(goal.month, today, soFar, unit);
  const share = (value: number | null) =>
    formatNumber(value === null ? null : value / goal.target, { unit: 'ratio', currency, isShort: true });
  const number = (value: number | null) => formatNumber(value, { unit, currency });
  const month = formatBucket(from, 'month');
  const isGood = leadsTo !== null && (kpi.better === 'down' ? leadsTo <= goal.target : leadsTo >= goal.target);
  const words =
    state === 'ahead'
      ? say('goals.ahead')
      : state === 'over'
        ? say(isGood ? 'goals.reachedDone' : 'goals.missed', { share: share(soFar) })
        : say('goals.onCourse', { share: share(leadsTo) });
  return (
    <li data-goal className="grid grid-cols-1 gap-1.5 border-b border-line py-3 last:border-0">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <p className="font-medium">
          {kpi.title} <span className="font-normal text-soft">{month}</span>
        </p>
        <p className={`text-sm font-medium ${state === 'ahead' ? 'text-soft' : isGood ? 'text-good' : 'text-warn'}`}>{words}</p>
      </div>
      <div aria-hidden className="h-2 overflow-hidden rounded-full bg-line">
        <div
          className={`h-full rounded-full ${isGood ? 'bg-good' : 'bg-chart'}`}
          style={{ inlineSize: `${Math.min(100, Math.max(0, (100 * (soFar ?? 0)) / goal.target))}%` }}
        />
      </div>
      <div className="flex flex-wrap items-center justify-between gap-2 text-sm text-soft">
        <p>
          {`${say('goals.so')}: ${number(soFar)} · ${say('goals.target')}: ${number(goal.target)}`}
          {state === 'running' && ` · ${say('goals.pace')}: ${number(leadsTo)}`}
        </p>
        {onRemove && (
          <Button
            look="quiet"
            className="print:hidden"
            aria-label={say('goals.remove', { title: kpi.title, month })}
            onClick={onRemove}
          >
            <Trash2 size={15} aria-hidden />
          </Button>
        )}
      </div>
    </li>
  );
}
