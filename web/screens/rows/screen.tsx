/** Which orders stand behind a number of a day, or run out of time? */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from 'wouter';
import { parseWhere, type Where } from '../../../shared/reports/where.ts';
import { Button } from '../../components/button.tsx';
import { Card } from '../../components/card.tsx';
import { type Creator, useCreator, useHref } from '../../components/creator.tsx';
import { DataLinks, formatDataDays } from '../../components/data-days.tsx';
import { DataTable, type TableColumn } from '../../components/data-table.tsx';
import { AsOf, DefinitionButton } from '../../components/definition.tsx';
import { Failure } from '../../components/failure.tsx';
import { Name } from '../../components/name.tsx';
import { Notice } from '../../components/notice.tsx';
import { PageTitle } from '../../components/page-title.tsx';
import { Empty, Skeleton } from '../../components/skeleton.tsx';
import { useApi } from '../../data/api-context.tsx';
import { type DictionaryKpi, type OrderRow, rowsOf, useDictionary, useProductTitles } from '../../data/queries.ts';
import { formatInstant, formatWeekday } from '../../formatting/dates.ts';
import { formatLeft, formatNumber, none, type Unit } from '../../formatting/numbers.ts';
import { formatFailure } from '../../formatting/refusals.ts';
import { say, sayIfKnown } from '../../formatting/say.ts';
import { formatDimension, formatValue } from '../../formatting/values.ts';
import { ProductsOf, productIdsOf } from './products-of.tsx';

const asked = ['kpi', 'day', 'by', 'value', 'where', 'refundsBy', 'atRisk'];

const formatStatus = (status: string | null | undefined): string =>
  status ? (sayIfKnown(`status.${status}`) ?? status.replaceAll('_', ' ')) : none;

type Column = TableColumn<OrderRow>;

/** What a row adds to the number: of a ratio to either part of it, in the part's own unit. */
function additionsOf(kpi: DictionaryKpi, kpis: DictionaryKpi[], currency: string): Column[] {
  const column = (title: string, unit: string, read: (row: OrderRow) => number | null | undefined): Column => ({
    title,
    isNumber: true,
    cell: (row) => formatNumber(read(row), { unit: unit as Unit, currency }),
  });
  const partOf = (name: string | undefined, read: (row: OrderRow) => number | undefined): Column[] => {
    const part = kpis.find((each) => each.name === name);
    return part ? [column(part.title, part.unit, read)] : [];
  };
  if (kpi.kind !== 'ratio') return [column(say('rows.adds', { title: kpi.title }), kpi.unit, ({ value }) => value)];
  return [...partOf(kpi.numerator, ({ numerator }) => numerator), ...partOf(kpi.denominator, ({ denominator }) => denominator)];
}

/** When an order was paid, or by when it must leave. */
function timesOf(isOfNumber: boolean, timeZone: string): Column[] {
  const instant = (at: string | null | undefined): string => (at ? formatInstant(at, timeZone) : none);
  if (isOfNumber) return [{ title: say('rows.paid'), cell: ({ paidAt }) => instant(paidAt), isWide: true }];
  return [
    { title: say('rows.shipBy'), cell: ({ shipBy }) => instant(shipBy), isWide: true },
    {
      title: say('rows.time'),
      isNumber: true,
      cell: ({ hoursLeft = 0 }) => <span className={hoursLeft < 0 ? 'text-bad' : ''}>{formatLeft(hoursLeft)}</span>,
    },
  ];
}

/** What a row says of itself, then what it adds to the number. */
const columnsOf = (
  kpi: DictionaryKpi | undefined,
  kpis: DictionaryKpi[],
  { timeZone, currency }: Creator,
  titles: ReadonlyMap<string, string>,
): Column[] => [
  {
    title: say('rows.order'),
    cell: ({ orderId, subject, lines }) => (
      <>
        <Name text={orderId ?? subject} />
        <ProductsOf lines={lines} titles={titles} />
      </>
    ),
  },
  { title: say('rows.status'), cell: ({ status }) => formatStatus(status), isWide: kpi?.kind === 'ratio' },
  ...timesOf(kpi !== undefined, timeZone),
  { title: say('rows.lines'), cell: ({ lines }) => lines.length || none, isNumber: true, isWide: true },
  ...(kpi ? additionsOf(kpi, kpis, currency) : []),
];

/** The values of a dimension that the rows are of, in either way that an address says it. */
function narrowingOf({ by, value, where }: Record<string, string>): Where | undefined {
  if (by !== undefined && value !== undefined) return { dimension: by, values: [value] };
  const narrowed = where === undefined ? undefined : parseWhere(where);
  return typeof narrowed === 'string' ? undefined : narrowed;
}

/** Says where the numbers are, where the day is none of those that have any. */
function NoRows({ kpi, day }: { kpi: DictionaryKpi | undefined; day: string | undefined }) {
  const { profile } = useCreator();
  const href = useHref();
  const { dataFrom, dataTo } = profile;
  const isOutside = day !== undefined && dataFrom !== null && dataTo !== null && (day < dataFrom || day > dataTo);
  return (
    <Empty title={say('rows.none')}>
      {isOutside && (
        <>
          <p>{formatDataDays(profile)}</p>
          <div className="mt-3">
            <DataLinks data={profile} path={href(kpi ? `kpi/${kpi.name}` : 'sales').split('?')[0] ?? ''} />
          </div>
        </>
      )}
    </Empty>
  );
}

export function Screen() {
  const creator = useCreator();
  const { creatorId, currency } = creator;
  const href = useHref();
  const search = new URLSearchParams(useSearch());
  const query = Object.fromEntries([...search].filter(([name]) => asked.includes(name)));
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, isFetchNextPageError, refetch } =
    useInfiniteQuery(rowsOf(useApi(), creatorId, query));
  const dictionary = useDictionary();
  const kpi = dictionary.data?.kpis.find(({ name }) => name === query.kpi);
  // Until the dictionary is there nobody knows the number's title, its unit, or where its days are.
  const isUnnamed = query.kpi !== undefined && dictionary.isPending;
  const first = data?.pages[0];
  const rows = data?.pages.flatMap(({ orders }) => orders) ?? [];
  const unit = (kpi?.unit ?? 'count') as Unit;
  const narrowed = narrowingOf(query);
  const titles = useProductTitles(creatorId, [
    ...new Set([
      ...(narrowed?.dimension === 'product' ? narrowed.values : []),
      ...productIdsOf(rows.flatMap(({ lines }) => lines)),
    ]),
  ]);
  const part =
    narrowed &&
    `, ${say('rows.part', {
      dimension: formatDimension(narrowed.dimension),
      value: narrowed.values.map((value) => formatValue(narrowed.dimension, value, titles)).join(', '),
    })}`;
  const title = kpi?.title ?? (isUnnamed ? '\u00a0' : (query.kpi ?? say('rows.atRisk')));
  return (
    <>
      <div>
        <PageTitle
          title={title}
          aside={kpi && <DefinitionButton name={kpi.name} title={kpi.title} {...(first ? { freshness: first } : {})} />}
        />
        <p className="text-sm text-soft">
          {query.day && formatWeekday(query.day)}
          {part}
          {kpi && (
            <>
              {' · '}
              <Link href={href(`kpi/${kpi.name}`)} className="font-medium text-accent">
                {say('rows.allDays')}
              </Link>
            </>
          )}
        </p>
      </div>
      {error && !data && <Failure reason={error} retry={() => void refetch()} />}
      {error && data && (
        <Notice
          tone="warn"
          action={
            <Button onClick={() => void (isFetchNextPageError ? fetchNextPage() : refetch())}>{say('failure.again')}</Button>
          }
        >
          {say(isFetchNextPageError ? 'rows.moreNotLoaded' : 'risk.lastKnown', { reason: formatFailure(error) })}
        </Notice>
      )}
      {(isPending || isUnnamed) && !error && <Skeleton className="h-96" />}
      {first && !isUnnamed && (
        <Card
          title={
            <span className="tabular-nums" data-kpi={kpi?.name}>
              {formatNumber(first.total, { unit, currency })}
            </span>
          }
          aside={
            <p className="text-sm text-soft">
              <AsOf {...first} />
            </p>
          }
        >
          {rows.length === 0 ? (
            <NoRows kpi={kpi} day={query.day} />
          ) : (
            <DataTable
              caption={title}
              columns={columnsOf(kpi, dictionary.data?.kpis ?? [], creator, titles)}
              rows={rows}
              keyOf={({ subject }) => subject}
            />
          )}
          <div className="mt-3 flex items-center justify-between gap-3 text-sm text-soft">
            <span>{say(hasNextPage ? 'rows.countMore' : 'rows.count', { count: rows.length })}</span>
            {hasNextPage && (
              <Button onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
                {say(isFetchingNextPage ? 'loading.more' : 'rows.more')}
              </Button>
            )}
          </div>
        </Card>
      )}
    </>
  );
}
