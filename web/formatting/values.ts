/** How are a dimension and its values called? */
import { say, sayIfKnown } from './say.ts';

/** As the API names what has no value of a dimension. */
export const noValue = '(none)';

/** "Product"; the API's own name of a dimension that has no title. */
export const formatDimension = (dimension: string): string => sayIfKnown(`dimension.${dimension}`) ?? dimension;

/** The same in the middle of a sentence. */
export const formatDimensionInside = (dimension: string): string => formatDimension(dimension).toLocaleLowerCase();

/** By its title where it has one (a product), else as it is; names of channels and the like without their underscores. */
export function formatValue(dimension: string, value: string, titles: ReadonlyMap<string, string>): string {
  if (value === noValue) return say('value.none');
  if (dimension === 'product') return titles.get(value) ?? value;
  return sayIfKnown(`value.${dimension}.${value}`) ?? value.replaceAll('_', ' ');
}
