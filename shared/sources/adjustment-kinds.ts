/** What kind of thing is an adjustment of a TikTok Shop statement? Files name it in words, the API in capitals joined by underscores. */

const names: { readonly [kind: string]: readonly string[] } = {
  advertising: ['GMV Payment for TikTok Ads'],
  penalty: ['Violation fee (settlement fee)', 'Violation fee', 'Platform penalty', 'Penalty'],
  tax: ['Withholding tax'],
  shipping: ['Shipping fee adjustment', 'Shipping fee compensation'],
};

const fold = (name: string): string =>
  name
    .trim()
    .replaceAll(/[\s_]+/g, ' ')
    .toLowerCase();
const kinds = new Map(Object.entries(names).flatMap(([kind, list]) => list.map((name): [string, string] => [fold(name), kind])));

/** By its English name; `adjustment` where that is in no line. That the API's words are those of files is inferred. */
export const kindOfAdjustment = (name: string): string => kinds.get(fold(name)) ?? 'adjustment';
