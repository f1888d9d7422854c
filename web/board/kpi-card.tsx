/** How does one number stand among others? Its title, value, change, run, and the ways to what is behind it. */
import { Link } from 'wouter';
import { Sparkline } from '../charts/sparkline.tsx';
import type { Series } from '../data/queries.ts';
import { Change } from '../parts/change.tsx';
import { useCreator, useHref } from '../parts/creator.tsx';
import { DefinitionButton, type Standing } from '../parts/definition.tsx';
import { NumberMark, stateOf } from '../parts/number-mark.tsx';
import { tellRange } from '../words/dates.ts';
import { tell } from '../words/numbers.ts';

export interface KpiCardProps {
  series: Series;
  title: string;
  better: string;
  standing: Standing;
  /** Shown as the one that the chart is of. */
  isChosen?: boolean;
  onChoose?: (() => void) | undefined;
}

/** The middle of a distribution is the number; its tail stands below. */
const TailOf = ({ series, currency }: { series: Series; currency: string }) =>
  series.p90 === undefined ? null : (
    <p className="text-xs text-soft tabular-nums">
      9 of 10 within {tell(series.p90, { unit: series.unit, currency })}, n {tell(series.n, { unit: 'count', currency })}
    </p>
  );

export function KpiCard({ series, title, better, standing, isChosen = false, onChoose }: KpiCardProps) {
  const { currency } = useCreator();
  const href = useHref();
  const { name, unit, total, compare, points } = series;
  const value = tell(total, { unit, currency });
  return (
    <article
      className={`card relative flex min-w-0 flex-col gap-1 rounded-card border bg-card p-4 shadow-card ${isChosen ? 'border-accent' : 'border-line'} ${onChoose ? 'hover:border-line-strong' : ''}`}
    >
      <div className="flex min-h-9 items-start justify-between gap-1 sm:min-h-6">
        <h2 className="min-w-0 pt-0.5 text-sm leading-tight text-soft">
          {onChoose ? (
            <button
              type="button"
              aria-pressed={isChosen}
              onClick={onChoose}
              className="text-start before:absolute before:inset-0 before:rounded-card"
            >
              {title}
            </button>
          ) : (
            <Link href={href(`kpi/${name}`)} className="before:absolute before:inset-0 before:rounded-card">
              {title}
            </Link>
          )}
        </h2>
        <DefinitionButton name={name} title={title} standing={standing} />
      </div>
      <p className="text-2xl font-semibold tracking-tight tabular-nums" data-kpi={name}>
        {value}
      </p>
      <div className="flex min-h-6 flex-wrap items-center gap-1.5">
        {compare && <Change change={compare.change} better={better} than={tellRange(compare.from, compare.to)} />}
        <NumberMark state={stateOf(points)} />
      </div>
      <TailOf series={series} currency={currency} />
      <div className="mt-auto pt-1">
        <Sparkline points={points} />
      </div>
    </article>
  );
}
