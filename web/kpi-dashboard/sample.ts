/** Of how many is a rate, and are they enough to say something? A jump from 3 to 4 of 5 is no news. */
import { useDictionary } from '../data/queries.ts';
import { say } from '../formatting/say.ts';

/** Of fewer than these a rate says little. */
const few = 30;

/** Is a rate of too few to be good or bad news? */
export const isFew = (count: number): boolean => count > 0 && count < few;

/** How the sample of a KPI is told, and that of before where it is known; undefined of what is no share of things that are counted. */
export function useSample(name: string): (count: number | undefined, before?: number | undefined) => string | undefined {
  const kpis = useDictionary().data?.kpis ?? [];
  const kpi = kpis.find((each) => each.name === name);
  const counted = kpis.find((each) => each.name === kpi?.denominator);
  return (count, before) => {
    if (kpi?.unit !== 'ratio' || counted?.unit !== 'count' || count === undefined) return undefined;
    const sample = say(before === undefined ? 'card.sample' : 'card.sampleBefore', { of: counted.title, count, before });
    return isFew(count) ? say('card.few', { sample }) : sample;
  };
}
