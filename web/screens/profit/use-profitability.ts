/** What is left after everything? It is computed by a job, not with each event, so it is seldom asked again. */
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import type { ProfitabilityAnswer } from '../../../shared/api/profitability.ts';
import type { ProfitDimension } from '../../../shared/kpis/profit-steps.ts';
import { useCreator } from '../../components/creator.tsx';
import { ofCreator } from '../../data/api.ts';
import { useApi } from '../../data/api-context.tsx';
import type { Days } from '../../view/presets.ts';

const aMinute = 60_000;

/** With a dimension every minute; without one, where it is a line among others, when the screen is opened. */
export function useProfitability(days: Days, by?: ProfitDimension) {
  const { creatorId } = useCreator();
  const api = useApi();
  const path = ofCreator(creatorId, '/profitability');
  const question = by ? { ...days, by, top: 100 } : { ...days };
  return useQuery({
    queryKey: [path, question],
    queryFn: ({ signal }) => api.get<ProfitabilityAnswer>(path, question, signal),
    refetchInterval: by ? aMinute : false,
    placeholderData: keepPreviousData,
  });
}
