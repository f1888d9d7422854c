/** How is stock said? Names of SKUs and numbers in the reader's words. */
import { useMemo } from 'react';
import type { InventoryRow } from '../../../shared/api/inventory.ts';
import { useCreator } from '../../components/creator.tsx';
import { useProductTitles } from '../../data/queries.ts';
import { formatNumber, none } from '../../formatting/numbers.ts';
import { locale } from '../../formatting/say.ts';

/** A product's title; where it is sold in several kinds, the SKU too. */
export function useNames(rows: InventoryRow[]): (row: InventoryRow) => string {
  const { creatorId } = useCreator();
  const ids = useMemo(() => [...new Set(rows.flatMap(({ productId }) => productId ?? []))], [rows]);
  const titles = useProductTitles(creatorId, ids);
  const kinds = useMemo(() => Map.groupBy(rows, ({ productId }) => productId), [rows]);
  return ({ productId, sku }) => {
    const title = productId === null ? undefined : titles.get(productId);
    if (title === undefined) return sku;
    return (kinds.get(productId)?.length ?? 0) > 1 ? `${title} (${sku})` : title;
  };
}

export function useWords() {
  const { currency } = useCreator();
  return {
    count: (value: number | null) => formatNumber(value, { unit: 'count', currency }),
    decimal: (value: number | null) =>
      value === null ? none : new Intl.NumberFormat(locale(), { maximumFractionDigits: 1 }).format(value),
    money: (value: number | null) => formatNumber(value, { unit: 'money', currency }),
    share: (value: number | null) => formatNumber(value, { unit: 'ratio', currency, isShort: true }),
  };
}
