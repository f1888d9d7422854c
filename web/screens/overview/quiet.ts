/** Did anything happen lately? Where not, the overview says where the numbers are instead of showing nothing but zeros. */

import { useCreator } from '../../components/creator.tsx';
import { type CreatorAnswer, type DashboardAnswer, useDataDays } from '../../data/queries.ts';

const isSilent = ({ headline, today }: DashboardAnswer): boolean =>
  today.kpis.every(({ value }) => !value) && headline.every(({ total, compare }) => !total && !compare?.total);

export interface Quiet {
  /** `never`: no number at all; `long ago`: none of the days that the overview looks at has any. */
  state: 'busy' | 'never' | 'long ago';
  days?: CreatorAnswer;
}

/** How quiet it is; undefined until it is known. Where it cannot be known, the zeros are shown. */
export function useQuiet(dashboard: DashboardAnswer | undefined): Quiet | undefined {
  const { creatorId } = useCreator();
  const isQuiet = dashboard !== undefined && isSilent(dashboard);
  const { data, isError } = useDataDays(creatorId, isQuiet);
  if (!isQuiet || (isError && !data)) return { state: 'busy' };
  if (!data) return undefined;
  if (!data.dataTo) return { state: 'never' };
  const seen = dashboard.headline[0]?.compare?.from ?? '';
  return data.dataTo < seen ? { state: 'long ago', days: data } : { state: 'busy', days: data };
}
