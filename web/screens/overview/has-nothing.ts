/** Has anything ever been sold? Asked only where the last weeks are empty: a shop may just have paused. */
import { firstSign } from '../../../shared/kpis/boards.ts';
import { addDays } from '../../../shared/time.ts';
import { type DashboardAnswer, useKpis } from '../../data/queries.ts';
import { useCreator } from '../../parts/creator.tsx';

/** A little less than the longest range that can be asked for, five years. */
const looksBack = 1800;

const isQuiet = ({ headline, today }: DashboardAnswer): boolean =>
  today.kpis.every(({ value }) => !value) && headline.every(({ total, compare }) => !total && !compare?.total);

/** Whether the creator has no number at all; undefined until it is known. */
export function useHasNothing(dashboard: DashboardAnswer | undefined): boolean | undefined {
  const { creatorId } = useCreator();
  const isSilent = dashboard !== undefined && isQuiet(dashboard);
  const day = dashboard?.today.day ?? '';
  const question = isSilent ? { names: firstSign, from: addDays(day, -looksBack), to: day, grain: 'total' } : undefined;
  const { data, isError } = useKpis(creatorId, question);
  if (!isSilent || isError) return false;
  return data?.series.every(({ total }) => !total);
}
