/** How is a value of a dimension called? */

/** As the API names what has no value of a dimension. */
export const noValue = '(none)';

/** By its title where it has one (a product), else as it is; names of channels and the like without their underscores. */
export function tellValue(dimension: string, value: string, titles: ReadonlyMap<string, string>): string {
  if (value === noValue) return 'none given';
  return dimension === 'product' ? (titles.get(value) ?? value) : value.replaceAll('_', ' ');
}
