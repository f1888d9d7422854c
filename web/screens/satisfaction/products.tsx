/** Which products disappoint? Those with the most negative reviews first, each with how many reviews it has. */
import { useMemo } from 'react';
import type { SatisfactionAnswer } from '../../../shared/api/satisfaction.ts';
import { Card } from '../../components/card.tsx';
import { useCreator } from '../../components/creator.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { Name } from '../../components/name.tsx';
import { SearchTable } from '../../components/search-table.tsx';
import { Empty } from '../../components/skeleton.tsx';
import { useProductTitles } from '../../data/queries.ts';
import { useComputed } from '../../data/use-computed.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';
import { formatDimension } from '../../formatting/values.ts';
import { useDays } from '../../view/use-days.ts';

type Product = SatisfactionAnswer['products'][number];

function Rows({ products }: { products: Product[] }) {
  const { creatorId, currency } = useCreator();
  const ids = useMemo(() => products.flatMap(({ productId }) => productId || []), [products]);
  const titles = useProductTitles(creatorId, ids);
  const nameOf = ({ productId }: Product): string => titles.get(productId) ?? (productId || say('profit.unnamed'));
  const count = (n: number) => formatNumber(n, { unit: 'count', currency });
  if (products.length === 0) return <Empty title={say('reviews.none')} />;
  return (
    <SearchTable<Product>
      caption={say('reviews.products')}
      rows={products}
      keyOf={({ productId }) => `product ${productId}`}
      textOf={nameOf}
      sorting={{ column: 1, isDown: true }}
      columns={[
        { title: formatDimension('product'), cell: (row) => <Name text={nameOf(row)} />, sortBy: nameOf },
        {
          title: say('reviews.negative'),
          isNumber: true,
          cell: ({ negative }) => count(negative),
          sortBy: ({ negative }) => negative,
        },
        {
          title: say('reviews.csat'),
          isNumber: true,
          isWide: true,
          cell: ({ csat }) => formatNumber(csat, { unit: 'ratio', currency, isShort: true }),
          sortBy: ({ csat }) => csat,
        },
        {
          title: say('reviews.reviews'),
          isNumber: true,
          cell: ({ reviews }) => count(reviews),
          sortBy: ({ reviews }) => reviews,
        },
      ]}
    />
  );
}

export function ReviewedProducts() {
  const { from, to } = useDays();
  const satisfaction = useComputed<SatisfactionAnswer>('/satisfaction', { from, to, top: 100 });
  return (
    <Card title={say('reviews.products')}>
      <Loaded query={satisfaction} shape="h-60">
        {({ products }) => <Rows products={products.filter(({ negative }) => negative > 0)} />}
      </Loaded>
    </Card>
  );
}
