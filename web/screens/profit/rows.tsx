/** Who brings the profit: products, channels, campaigns, videos, affiliates? Sorted by any column; without a cost a row says so. */
import { useCallback, useMemo } from 'react';
import type { ProfitabilityAnswer } from '../../../shared/api/profitability.ts';
import { useCreator } from '../../components/creator.tsx';
import type { TableColumn } from '../../components/data-table.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useProductTitles } from '../../data/queries.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension, formatValue } from '../../formatting/values.ts';

type Row = NonNullable<ProfitabilityAnswer['rows']>[number];

export function ProfitRows({ by, rows }: { by: string; rows: Row[] }) {
  const { creatorId, currency } = useCreator();
  const ids = useMemo(() => (by === 'product' ? rows.flatMap(({ value }) => value || []) : []), [by, rows]);
  const titles = useProductTitles(creatorId, ids);
  const nameOf = useCallback(
    ({ value, isOther }: Row): string =>
      isOther ? say('value.others') : value === '' ? say('profit.unnamed') : formatValue(by, value, titles),
    [by, titles],
  );
  const money = (amount: number | null): string => formatNumber(amount, { unit: 'money', currency });
  const ratio = (share: number | null): string => formatNumber(share, { unit: 'ratio', currency, isShort: true });
  const hasAds = rows.some(({ returnOnAds }) => returnOnAds !== null);
  const columns: TableColumn<Row>[] = [
    { title: formatDimension(by), cell: (row) => <Name text={nameOf(row)} />, sortBy: nameOf },
    {
      title: say('profit.netSales'),
      isWide: true,
      isNumber: true,
      cell: ({ netSales }) => money(netSales),
      sortBy: ({ netSales }) => netSales,
    },
    {
      title: say('profit.profit'),
      isNumber: true,
      cell: ({ profit, isAtMost }) =>
        profit === null ? (
          <span className="text-soft">{say('profit.noCost')}</span>
        ) : (
          <span className={profit < 0 ? 'text-bad' : ''}>{`${isAtMost ? '≤ ' : ''}${money(profit)}`}</span>
        ),
      sortBy: ({ profit }) => profit,
    },
    {
      title: say('profit.margin'),
      isNumber: true,
      isWide: true,
      cell: ({ margin }) => ratio(margin),
      sortBy: ({ margin }) => margin,
    },
    ...(hasAds
      ? [
          {
            title: say('profit.returnOnAds'),
            isNumber: true,
            isWide: true,
            cell: ({ returnOnAds }: Row) => ratio(returnOnAds),
            sortBy: ({ returnOnAds }: Row) => returnOnAds,
          },
        ]
      : []),
    {
      title: say(by === 'product' ? 'profit.units' : 'profit.orders'),
      isNumber: true,
      isWide: true,
      cell: ({ units, orders }) => formatNumber(by === 'product' ? units : orders, { unit: 'count', currency }),
      sortBy: ({ units, orders }) => (by === 'product' ? units : orders),
    },
  ];
  if (rows.length === 0) return <Empty title={say('split.none')} />;
  return (
    <SearchTable
      caption={`${say('profit.by')} ${formatDimension(by)}`}
      rows={rows.filter(({ isOther }) => !isOther)}
      rest={rows.filter(({ isOther }) => isOther)}
      textOf={nameOf}
      sorting={{ column: 1, isDown: true }}
      keyOf={({ value, isOther }) => (isOther ? 'beyond the list' : `value ${value}`)}
      columns={columns}
    />
  );
}
