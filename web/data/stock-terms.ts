/** On which terms is stock ordered, and how are they changed? What is ordered when is told anew after it. */
import { useQueryClient } from '@tanstack/react-query';
import type { StockTerms } from '../../shared/api/stock-terms.ts';
import { ofCreator } from './api.ts';
import { useChangeList } from './versioned-list.ts';

export type OwnTerms = Omit<StockTerms, 'savedAt'>;

export function useChangeTerms(creatorId: string) {
  const client = useQueryClient();
  const change = useChangeList<'terms', OwnTerms>(ofCreator(creatorId, '/stock-terms'), 'terms');
  return {
    isBusy: change.isPending,
    error: change.error,
    /** The terms of a SKU instead of those before; null: the defaults again. */
    save: async (sku: string, terms: OwnTerms | null): Promise<void> => {
      await change.mutateAsync((all) => [...all.filter((each) => each.sku !== sku), ...(terms ? [terms] : [])]);
      await client.invalidateQueries({ queryKey: [ofCreator(creatorId, '/inventory')] });
    },
  };
}
