/** Which numbers belong to a topic? As the dictionary lists them; none until it is there. */
import { useDictionary } from '../data/queries.ts';

/** Most that GET …/kpis takes at once. */
const most = 20;

/** Names of a topic's KPIs, without what is counted now and by no day. */
export function useTopic(topic: string): string[] {
  const { data } = useDictionary();
  const own = data?.kpis.filter((kpi) => kpi.topic === topic && kpi.grains.includes('day')) ?? [];
  return own.slice(0, most).map(({ name }) => name);
}
