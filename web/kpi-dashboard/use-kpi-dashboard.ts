/** Which question does a board ask, and what came back? One call for all its numbers. */
import { writeWhere } from '../../shared/reports/where.ts';
import { useCreator } from '../components/creator.tsx';
import { useTicking } from '../components/use-ticking.ts';
import { type DictionaryKpi, type KpisAnswer, useDictionary, useKpis } from '../data/queries.ts';
import type { Days } from '../view/presets.ts';
import { todayIn, useView } from '../view/use-view.ts';
import { type ChosenGrain, comparisonOf, daysOfView, grainOfView, type View } from '../view/view.ts';

export interface Asked {
  view: View;
  days: Days;
  grain: ChosenGrain;
  hasHours: boolean;
  kpis: DictionaryKpi[];
  /** Which of them can be asked: all, or those that keep what the page is narrowed by. */
  askable: string[];
}

/** The view of the address, made concrete for some KPIs: days, grain, what the dictionary says of them. */
export function useAsked(names: readonly string[]): Asked {
  const { timeZone, calendar } = useCreator();
  const { view } = useView();
  const { data: dictionary } = useDictionary();
  const kpis = names.flatMap((name) => dictionary?.kpis.find((kpi) => kpi.name === name) ?? []);
  const { where } = view;
  // What is narrowed is kept by day.
  const hasHours = kpis.length > 0 && !where && kpis.every(({ grains }) => grains.includes('hour'));
  const askable = kpis.filter((kpi) => !where || kpi.dimensions.includes(where.dimension)).map(({ name }) => name);
  // A page that is left open notices that a new day has begun.
  useTicking(60_000);
  const days = daysOfView(view, todayIn(timeZone), calendar);
  return { view, days, grain: grainOfView(view, days, hasHours), hasHours, kpis, askable };
}

/** The parameters of GET …/kpis for what was asked. */
export function questionOf({ view, days, grain, askable }: Asked, names: readonly string[]) {
  return {
    names: names.filter((name) => askable.includes(name)).join(','),
    ...days,
    grain: grain as string,
    ...comparisonOf(view),
    where: view.where && writeWhere(view.where),
    refundsBy: view.refundsBy === 'order_date' ? view.refundsBy : undefined,
  };
}

/** The answer to a board's question, or why there is none yet. */
export interface KpiDashboardAnswer {
  data: KpisAnswer | undefined;
  error: Error | null;
  isPlaceholderData: boolean;
  retry: () => void;
}

/** All numbers of a board over the range. Asked as soon as the dictionary told what they are. */
export function useKpiDashboard(names: readonly string[]): { asked: Asked; answer: KpiDashboardAnswer } {
  const { creatorId } = useCreator();
  const dictionary = useDictionary();
  const asked = useAsked(names);
  const { data, error, isPlaceholderData, refetch } = useKpis(
    creatorId,
    asked.askable.length ? questionOf(asked, names) : undefined,
  );
  const retry = () => void (dictionary.error ? dictionary.refetch() : refetch());
  return { asked, answer: { data, error: error ?? dictionary.error, isPlaceholderData, retry } };
}

/** So many parts are listed, the most that can be asked for; the rest is one part more. */
const topOfSplit = 1000;

/** One number taken apart by a dimension, in total over the range; all its parts, whatever the page is narrowed to. */
export function useSplit(name: string, by: string) {
  const { creatorId } = useCreator();
  const asked = useAsked([name]);
  return useKpis(creatorId, { ...questionOf(asked, [name]), grain: 'total', by, top: topOfSplit, names: name, where: undefined });
}
