/** How many units of each product will sell, and how sure is that? */
import { useMemo } from 'react';
import type { ForecastsAnswer } from '../../../shared/api/forecasts.ts';
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { useProductTitles } from '../../data/queries.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension } from '../../formatting/values.ts';

type Row = ForecastsAnswer['products'][number];

export function ProductForecasts({ rows, days }: { rows: Row[]; days: number }) {
  const { creatorId, currency } = useCreator();
  const titles = useProductTitles(
    creatorId,
    useMemo(() => rows.map(({ productId }) => productId), [rows]),
  );
  const nameOf = ({ productId }: Row): string => titles.get(productId) ?? productId;
  const count = (n: number) => formatNumber(Math.round(n), { unit: 'count', currency });
  const share = (of: number | null) => formatNumber(of, { unit: 'ratio', currency, isShort: true });
  return (
    <Card title={say('forecast.products', { days })}>
      <SearchTable<Row>
        caption={say('forecast.products', { days })}
        rows={rows}
        keyOf={({ productId }) => productId}
        textOf={nameOf}
        sorting={{ column: 1, isDown: true }}
        columns={[
          { title: formatDimension('product'), cell: (row) => <Name text={nameOf(row)} />, sortBy: nameOf },
          { title: say('forecast.units'), isNumber: true, cell: ({ mean }) => count(mean), sortBy: ({ mean }) => mean },
          {
            title: say('forecast.between'),
            isNumber: true,
            isWide: true,
            cell: ({ lower80, upper80 }) => say('forecast.range', { lower: count(lower80), upper: count(upper80) }),
          },
          {
            title: say('forecast.error'),
            isNumber: true,
            isWide: true,
            cell: ({ wape, naiveWape }) =>
              wape === null ? share(wape) : say('forecast.errorBeside', { error: share(wape), naive: share(naiveWape) }),
            sortBy: ({ wape }) => wape,
          },
        ]}
      />
    </Card>
  );
}
