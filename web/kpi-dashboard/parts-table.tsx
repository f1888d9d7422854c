/** The parts of a number as a table: found by name, sorted by any column; a part's name narrows the page to it. */
import { type ReactNode, useCallback, useMemo } from 'react';
import { Link } from 'wouter';
import { Change } from '../components/change.tsx';
import { useCreator, useHref } from '../components/creator.tsx';
import type { TableColumn } from '../components/data-table.tsx';
import { Name } from '../components/name.tsx';
import { SearchTable } from '../components/search-table.tsx';
import { Empty } from '../components/skeleton.tsx';
import { type DictionaryKpi, type Series, useProductTitles } from '../data/queries.ts';
import { formatCovered } from '../formatting/dates.ts';
import { formatNumber } from '../formatting/numbers.ts';
import { say } from '../formatting/say.ts';
import { formatDimension, formatDimensionInside, formatValue, noValue } from '../formatting/values.ts';
import { todayIn, useView } from '../view/use-view.ts';
import { daysOfView } from '../view/view.ts';
import { hasRows } from './has-rows.ts';
import { SampleOf, toneOf } from './kpi-card.tsx';

/** A part's size beside the largest one; what is beyond the list has none. */
function Bar({ value, most }: { value: number | null; most: number }) {
  const share = most > 0 && value !== null ? Math.max(0, value / most) : 0;
  return (
    <div aria-hidden className="h-1.5 min-w-16 overflow-hidden rounded-full bg-line" data-bar>
      <div className="h-full rounded-full bg-chart" style={{ inlineSize: `${100 * share}%` }} />
    </div>
  );
}

/** What a change is sorted by: of a rate the points, of all else the share. */
const changeOf = ({ compare, unit }: Series): number | null => (unit === 'ratio' ? compare?.difference : compare?.change) ?? null;

export const titleOfSplit = ({ title }: DictionaryKpi, by: string): string =>
  say('split.title', { title, dimension: formatDimensionInside(by) });

const byTotal = { column: 2, isDown: true } as const;

export function Parts({ kpi, by, parts }: { kpi: DictionaryKpi; by: string; parts: Series[] }) {
  const { creatorId, currency, timeZone, calendar } = useCreator();
  const { view, hrefWith } = useView();
  const href = useHref();
  const { from, to } = daysOfView(view, todayIn(timeZone), calendar);
  const [listed, rest] = useMemo(
    () => [parts.filter(({ isOther }) => !isOther), parts.filter(({ isOther }) => isOther)],
    [parts],
  );
  const ids = useMemo(() => (by === 'product' ? listed.flatMap(({ value }) => value || []) : []), [by, listed]);
  const titles = useProductTitles(creatorId, ids);
  const textOf = useCallback(({ value = '' }: Series): string => `${formatValue(by, value, titles)} ${value}`, [by, titles]);
  const most = Math.max(0, ...listed.map(({ total }) => total ?? 0));
  if (parts.length === 0) return <Empty title={say('split.none')} />;

  const chosen = view.where?.dimension === by ? view.where.values : [];
  const nameOf = ({ value = '', isOther }: Series): ReactNode => {
    if (isOther) return <span className="text-soft">{say('value.others')}</span>;
    const isChosen = chosen.includes(value);
    const title = formatValue(by, value, titles);
    return (
      <>
        <Name
          text={title}
          linked={(name) => (
            <Link
              href={hrefWith({ where: isChosen ? undefined : { dimension: by, values: [value] }, by })}
              aria-current={isChosen || undefined}
              className={`underline-offset-2 hover:underline ${isChosen ? 'font-semibold text-accent' : ''}`}
            >
              {name}
            </Link>
          )}
        />
        {title !== value && by === 'product' && <code className="block truncate text-xs text-soft">{value}</code>}
      </>
    );
  };
  /** Of a single day the number leads to the rows behind it. */
  const numberOf = ({ total, unit, value = '', isOther }: Series): ReactNode => {
    const text = formatNumber(total, { unit, currency });
    if (isOther || from !== to || !hasRows(kpi) || value === noValue) return text;
    return (
      <Link href={href('rows', { kpi: kpi.name, day: from, by, value })} className="font-medium text-accent">
        {text}
      </Link>
    );
  };
  const changed: TableColumn<Series> = {
    title: say('table.change'),
    isNumber: true,
    sortBy: changeOf,
    cell: (part) =>
      part.compare && (
        <Change compare={part.compare} unit={part.unit} better={toneOf(part, kpi.better)} than={formatCovered(part.compare)} />
      ),
  };
  const sum = parts.reduce((all, { total }) => all + (total ?? 0), 0);
  // Of what adds up; where something was given back on balance, a share would say nothing.
  const hasShares = kpi.isAdditive && sum > 0 && parts.every(({ total }) => (total ?? 0) >= 0);
  const shared: TableColumn<Series> = {
    title: say('split.share'),
    isNumber: true,
    isWide: true,
    cell: ({ total }) => formatNumber((total ?? 0) / sum, { unit: 'ratio', currency, isShort: true }),
  };
  const covered = parts.find(({ compare }) => compare)?.compare;
  return (
    <>
      {covered && <p className="mb-3 text-sm text-soft">{say('split.against', { days: formatCovered(covered) })}</p>}
      <SearchTable
        caption={titleOfSplit(kpi, by)}
        rows={listed}
        rest={rest}
        textOf={textOf}
        sorting={byTotal}
        keyOf={({ value, isOther }) => (isOther ? 'beyond the list' : `value ${value}`)}
        columns={[
          {
            title: formatDimension(by),
            cell: (part) => (
              <>
                {nameOf(part)}
                <SampleOf series={part} />
              </>
            ),
            sortBy: ({ value = '' }) => formatValue(by, value, titles),
          },
          {
            title: <span className="sr-only">{say('table.size')}</span>,
            isWide: true,
            cell: ({ total, isOther }) => (isOther ? null : <Bar value={total} most={most} />),
          },
          {
            title: kpi.title,
            isNumber: true,
            sortBy: ({ total }) => total,
            cell: numberOf,
          },
          ...(hasShares ? [shared] : []),
          ...(view.compare === 'none' ? [] : [changed]),
        ]}
      />
    </>
  );
}
