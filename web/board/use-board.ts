/** Which question does a board ask, and what came back? One call for all its numbers. */
import { type DictionaryKpi, type KpisAnswer, useDictionary, useKpis } from '../data/queries.ts';
import { useCreator } from '../parts/creator.tsx';
import { useTicking } from '../parts/use-ticking.ts';
import type { Days } from '../view/presets.ts';
import { todayIn, useView } from '../view/use-view.ts';
import { type ChosenGrain, daysOfView, grainOfView, type View } from '../view/view.ts';

export interface Asked {
  view: View;
  days: Days;
  grain: ChosenGrain;
  hasHours: boolean;
  kpis: DictionaryKpi[];
}

/** The view of the address, made concrete for some KPIs: days, grain, what the dictionary says of them. */
export function useAsked(names: readonly string[]): Asked {
  const { timeZone } = useCreator();
  const { view } = useView();
  const { data: dictionary } = useDictionary();
  const kpis = names.flatMap((name) => dictionary?.kpis.find((kpi) => kpi.name === name) ?? []);
  const hasHours = kpis.length > 0 && kpis.every(({ grains }) => grains.includes('hour'));
  // A page that is left open notices that a new day has begun.
  useTicking(60_000);
  const days = daysOfView(view, todayIn(timeZone));
  return { view, days, grain: grainOfView(view, days, hasHours), hasHours, kpis };
}

/** The parameters of GET …/kpis for what was asked. */
export function questionOf({ view, days, grain }: Asked, names: readonly string[]) {
  return {
    names: names.join(','),
    ...days,
    grain: grain as string,
    compare: view.compare === 'none' ? undefined : view.compare,
    refundsBy: view.refundsBy === 'order_date' ? view.refundsBy : undefined,
  };
}

/** The answer to a board's question, or why there is none yet. */
export interface BoardAnswer {
  data: KpisAnswer | undefined;
  error: Error | null;
  isPlaceholderData: boolean;
  retry: () => void;
}

/** All numbers of a board over the range. Asked as soon as the dictionary told what they are. */
export function useBoard(names: readonly string[]): { asked: Asked; answer: BoardAnswer } {
  const { creatorId } = useCreator();
  const dictionary = useDictionary();
  const asked = useAsked(names);
  const { data, error, isPlaceholderData, refetch } = useKpis(
    creatorId,
    asked.kpis.length ? questionOf(asked, names) : undefined,
  );
  const retry = () => void (dictionary.error ? dictionary.refetch() : refetch());
  return { asked, answer: { data, error: error ?? dictionary.error, isPlaceholderData, retry } };
}

/** So many parts are shown; the rest is one part more. */
const topOfSplit = 10;

/** One number taken apart by a dimension, in total over the range. */
export function useSplit(name: string, by: string) {
  const { creatorId } = useCreator();
  const asked = useAsked([name]);
  return useKpis(creatorId, { ...questionOf(asked, [name]), grain: 'total', by, top: topOfSplit });
}
