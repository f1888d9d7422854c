/** Which orders stand behind a number of a day, or run out of time? */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link, useSearch } from 'wouter';
import { useApi } from '../../data/api-context.tsx';
import { type OrderRow, type OrdersAnswer, rowsOf, useDictionary } from '../../data/queries.ts';
import { Empty, Skeleton } from '../../parts/blank.tsx';
import { Button } from '../../parts/button.tsx';
import { Card } from '../../parts/card.tsx';
import { useCreator, useHref } from '../../parts/creator.tsx';
import { DataTable, type TableColumn } from '../../parts/data-table.tsx';
import { AsOf, DefinitionButton } from '../../parts/definition.tsx';
import { Failure } from '../../parts/failure.tsx';
import { Name } from '../../parts/name.tsx';
import { tellInstant, tellWeekday } from '../../words/dates.ts';
import { duration, tell, type Unit } from '../../words/numbers.ts';

const asked = ['kpi', 'day', 'by', 'value', 'refundsBy', 'atRisk'];

const tellLeft = (hours: number): string => (hours < 0 ? `${duration(-hours * 3600)} late` : `${duration(hours * 3600)} left`);

/** What a row says of itself, then what it adds to the number. */
function columnsOf(answer: OrdersAnswer, title: string, unit: Unit, timeZone: string): TableColumn<OrderRow>[] {
  const { currency, kpi } = answer;
  const isRatio = answer.orders.some(({ numerator }) => numerator !== undefined);
  const of = (value: number | null | undefined, in_: Unit) => tell(value, { unit: in_, currency });
  const instant = (at: string | null | undefined): string => (at ? tellInstant(at, timeZone) : '–');
  return [
    { title: 'Order', cell: ({ orderId, subject }) => <Name text={orderId ?? subject} /> },
    { title: 'Status', cell: ({ status }) => status ?? '–' },
    ...(kpi
      ? [{ title: 'Paid', cell: ({ paidAt }: OrderRow) => instant(paidAt), isWide: true }]
      : [
          { title: 'Ship by', cell: ({ shipBy }: OrderRow) => instant(shipBy), isWide: true },
          {
            title: 'Time',
            cell: ({ hoursLeft = 0 }: OrderRow) => <span className={hoursLeft < 0 ? 'text-bad' : ''}>{tellLeft(hoursLeft)}</span>,
            isNumber: true,
          },
        ]),
    { title: 'Lines', cell: ({ lines }) => lines.length || '–', isNumber: true, isWide: true },
    ...(isRatio
      ? [
          {
            title: 'Counts above',
            cell: ({ numerator }: OrderRow) => of(numerator, unit === 'ratio' ? 'count' : unit),
            isNumber: true,
          },
          { title: 'Counts below', cell: ({ denominator }: OrderRow) => of(denominator, 'count'), isNumber: true },
        ]
      : kpi
        ? [{ title: `Adds to ${title}`, cell: ({ value }: OrderRow) => of(value, unit), isNumber: true }]
        : []),
  ];
}

export function Screen() {
  const { creatorId, timeZone, currency } = useCreator();
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
        <h1 className="flex items-center gap-1 text-xl font-semibold tracking-tight sm:text-2xl">
          {title}
          {kpi && <DefinitionButton name={kpi.name} title={kpi.title} {...(first ? { standing: first } : {})} />}
        </h1>
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
              columns={columnsOf(first, title, unit, timeZone)}
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
