/** How does one number stand among others? Its title, value, change, run, and the ways to what is behind it. */
import { Link } from 'wouter';
import { withoutAhead } from '../charts/ahead.ts';
import { Sparkline } from '../charts/sparkline.tsx';
import { BigNumber } from '../components/big-number.tsx';
import { Change } from '../components/change.tsx';
import { useCreator, useHref } from '../components/creator.tsx';
import { DefinitionButton, type FreshnessInfo } from '../components/definition.tsx';
import { NumberMark } from '../components/number-mark.tsx';
import type { Series } from '../data/queries.ts';
import { formatCovered } from '../formatting/dates.ts';
import { formatNumber, type NumberFormat } from '../formatting/numbers.ts';
import { say } from '../formatting/say.ts';
import type { Days } from '../view/presets.ts';
import { nowIn } from '../view/use-view.ts';
import { isFew, useSample } from './sample.ts';

export interface KpiCardProps {
  series: Series;
  title: string;
  better: string;
  freshness: FreshnessInfo;
  /** The days that it is of, where they are not those of the address. */
  days?: Days;
  /** Shown as the one that the chart is of. */
  isChosen?: boolean;
  onChoose?: (() => void) | undefined;
}

/** The middle of a distribution is the number; its tail stands below. */
const TailOf = ({ series, currency }: { series: Series; currency: string }) =>
  series.p90 === undefined ? null : (
    <p className="text-xs text-soft tabular-nums">
      {say('card.tailOf', { time: formatNumber(series.p90, { unit: series.unit, currency }), count: series.n ?? 0 })}
    </p>
  );

/** How many a rate is of, on either side. */
export function SampleOf({ series: { name, denominator, compare } }: { series: Series }) {
  const sample = useSample(name)(denominator, compare?.denominator);
  return sample === undefined ? null : <p className="text-xs whitespace-normal text-soft tabular-nums">{sample}</p>;
}

/** Longer amounts do not fit in a card on a phone: they are told in fewer digits. */
const longest = 14;

/** What the change is against: how much it was, and of which days. */
const formatBase = (compare: NonNullable<Series['compare']>, format: NumberFormat): string => {
  const range = formatCovered(compare);
  if (compare.total === null || compare.noData) return say('card.against', { range });
  const whole = formatNumber(compare.total, format);
  const value = whole.length > longest ? formatNumber(compare.total, { ...format, isShort: true }) : whole;
  return say('card.againstValue', { value, range });
};

/** A change of a rate of too few, on either side, is neither good nor bad. */
export const toneOf = ({ unit, denominator, compare }: Series, better: string): string =>
  unit === 'ratio' && [denominator, compare?.denominator].some((count) => count !== undefined && isFew(count))
    ? 'neither'
    : better;

export function KpiCard({ series, title, better, freshness, days, isChosen = false, onChoose }: KpiCardProps) {
  const { currency, timeZone } = useCreator();
  const href = useHref();
  const { name, unit, total, compare } = series;
  const points = withoutAhead(series.points, nowIn(timeZone)).filter(({ isAhead }) => !isAhead);
  const value = formatNumber(series.noData ? null : total, { unit, currency });
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
            <Link href={href(`kpi/${name}`, { ...days })} className="before:absolute before:inset-0 before:rounded-card">
              {title}
            </Link>
          )}
        </h2>
        <DefinitionButton name={name} title={title} freshness={freshness} />
      </div>
      <p data-kpi={name}>
        <BigNumber text={value} className="[--number-size:1.5rem]" />
      </p>
      <div className="flex min-h-6 flex-wrap items-center gap-1.5">
        {compare && <Change compare={compare} unit={unit} better={toneOf(series, better)} than={formatCovered(compare)} />}
        {/* What changed a day that was over stands beside that day: of a month of them it would be said every time. */}
        {series.state === 'partial' && <NumberMark state="partial" />}
      </div>
      {compare && <p className="text-xs text-soft">{formatBase(compare, { unit, currency })}</p>}
      <SampleOf series={series} />
      <TailOf series={series} currency={currency} />
      <div className="mt-auto pt-1">
        <Sparkline points={points} />
      </div>
    </article>
  );
}
