/** Which orders stand behind a number of a day, or run out of time? */

import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from 'wouter';
import { useApi } from '../../data/api-context.tsx';
import { type DictionaryKpi, type OrderRow, rowsOf, useDictionary } from '../../data/queries.ts';
import { Empty, Skeleton } from '../../parts/blank.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { type Creator, useCreator, useHref } from '../../parts/creator.tsx';
import { DataTable, type TableColumn } from '../../parts/data-table.tsx';
import { AsOf, DefinitionButton } from '../../parts/definition.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Name } from '../../parts/name.tsx';
import { PageTitle } from '../../parts/page-title.tsx';
import { tellInstant, tellWeekday } from '../../words/dates.ts';
import { duration, none, tell, type Unit } from '../../words/numbers.ts';

const asked = ['kpi', 'day', 'by', 'value', 'refundsBy', 'atRisk'];

const tellLeft = (hours: number): string => (hours < 0 ? `${duration(-hours * 3600)} late` : `${duration(hours * 3600)} left`);

type Column = TableColumn<OrderRow>;

/** What a row adds to the number: of a ratio to either part of it, in the part's own unit. */
function additionsOf(kpi: DictionaryKpi, kpis: DictionaryKpi[], currency: string): Column[] {
  const column = (title: string, unit: string, read: (row: OrderRow) => number | null | undefined): Column => ({
    title,
    isNumber: true,
    cell: (row) => tell(read(row), { unit: unit as Unit, currency }),
  });
  const partOf = (name: string | undefined, read: (row: OrderRow) => number | undefined): Column[] => {
    const part = kpis.find((each) => each.name === name);
    return part ? [column(part.title, part.unit, read)] : [];
  };
  if (kpi.kind !== 'ratio') return [column(`Adds to ${kpi.title}`, kpi.unit, ({ value }) => value)];
  return [...partOf(kpi.numerator, ({ numerator }) => numerator), ...partOf(kpi.denominator, ({ denominator }) => denominator)];
}

/** When an order was paid, or by when it must leave. */
function timesOf(isOfNumber: boolean, timeZone: string): Column[] {
  const instant = (at: string | null | undefined): string => (at ? tellInstant(at, timeZone) : none);
  if (isOfNumber) return [{ title: 'Paid', cell: ({ paidAt }) => instant(paidAt), isWide: true }];
  return [
    { title: 'Ship by', cell: ({ shipBy }) => instant(shipBy), isWide: true },
    {
      title: 'Time',
      isNumber: true,
      cell: ({ hoursLeft = 0 }) => <span className={hoursLeft < 0 ? 'text-bad' : ''}>{tellLeft(hoursLeft)}</span>,
    },
  ];
}

/** What a row says of itself, then what it adds to the number. */
const columnsOf = (kpi: DictionaryKpi | undefined, kpis: DictionaryKpi[], { timeZone, currency }: Creator): Column[] => [
  { title: 'Order', cell: ({ orderId, subject }) => <Name text={orderId ?? subject} /> },
  { title: 'Status', cell: ({ status }) => status ?? none, isWide: kpi?.kind === 'ratio' },
  ...timesOf(kpi !== undefined, timeZone),
  { title: 'Lines', cell: ({ lines }) => lines.length || none, isNumber: true, isWide: true },
  ...(kpi ? additionsOf(kpi, kpis, currency) : []),
];

export function Screen() {
  const creator = useCreator();
  const { creatorId, currency } = creator;
  const href = useHref();
  const search = new URLSearchParams(useSearch());
  const query = Object.fromEntries([...search].filter(([name]) => asked.includes(name)));
  const { data, error, isPending, hasNextPage, fetchNextPage, isFetchingNextPage, refetch } = useInfiniteQuery(
    rowsOf(useApi(), creatorId, query),
  );
  const dictionary = useDictionary();
  const kpi = dictionary.data?.kpis.find(({ name }) => name === query.kpi);
  const first = data?.pages[0];
  const rows = data?.pages.flatMap(({ orders }) => orders) ?? [];
  const unit = (kpi?.unit ?? 'count') as Unit;
  const title = kpi?.title ?? 'Orders by time left to their ship-by';
  return (
    <>
      <div>
        <PageTitle
          title={title}
          aside={kpi && <DefinitionButton name={kpi.name} title={kpi.title} {...(first ? { standing: first } : {})} />}
        />
        <p className="text-sm text-soft">
          {query.day && tellWeekday(query.day)}
          {query.value !== undefined && `, ${query.by} ${query.value}`}
          {kpi && (
            <>
              {' · '}
              <Link href={href(`kpi/${kpi.name}`)} className="font-medium text-accent">
                all days
              </Link>
            </>
          )}
        </p>
      </div>
      {error && !data && <Failure reason={error} retry={() => void refetch()} />}
      {isPending && !error && <Skeleton className="h-96" />}
      {first && (
        <Card
          title={
            <span className="tabular-nums" data-kpi={kpi?.name}>
              {tell(first.total, { unit, currency })}
            </span>
          }
          aside={
            <p className="text-sm text-soft">
              <AsOf {...first} />
            </p>
          }
        >
          {rows.length === 0 ? (
            <Empty title="No rows stand behind this number" />
          ) : (
            <DataTable
              caption={title}
              columns={columnsOf(kpi, dictionary.data?.kpis ?? [], creator)}
              rows={rows}
              keyOf={({ subject }) => subject}
            />
          )}
          <div className="mt-3 flex items-center justify-between gap-3 text-sm text-soft">
            <span>
              {tell(rows.length, { unit: 'count', currency })} {rows.length === 1 ? 'row' : 'rows'}
              {hasNextPage ? ', and more' : ''}
            </span>
            {hasNextPage && (
              <Button onClick={() => void fetchNextPage()} disabled={isFetchingNextPage}>
                {isFetchingNextPage ? 'Loading …' : 'More rows'}
              </Button>
            )}
          </div>
        </Card>
      )}
    </>
  );
}
