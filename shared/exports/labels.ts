/** How are the rows of a report's file called in words? As the pages call them, so that a file reads like what was looked at. */
import { noValue } from '../fold/parts.ts';
import type { Grain } from '../kpis/grains.ts';
import type { State } from '../reports/series.ts';

export const dimensionTitles: { readonly [dimension: string]: string } = {
  product: 'Product',
  channel: 'Channel',
  category: 'Category',
  carrier: 'Carrier',
  region: 'Region',
  source: 'Source',
  failure: 'Error',
  campaign: 'Campaign',
  content: 'Content',
  contentKind: 'Video or LIVE',
  affiliate: 'Affiliate',
  feeKind: 'Kind of fee',
  adjustmentKind: 'Kind of adjustment',
  costKind: 'Kind of cost',
};

const valueTitles: { readonly [value: string]: string } = {
  'channel.affiliate': 'Affiliate',
  'channel.live': 'LIVE',
  'channel.product_card': 'Product card',
  'channel.shop': 'Shop tab',
  'channel.video': 'Video',
};

/** A value of a dimension: a product by its title where it has one. */
export function labelOf(dimension: string, value: string, isOther: boolean, titles: ReadonlyMap<string, string>): string {
  if (isOther) return 'all others';
  if (value === noValue) return 'not given';
  if (dimension === 'product') return titles.get(value) ?? value;
  return valueTitles[`${dimension}.${value}`] ?? value.replaceAll('_', ' ');
}

export const stateTitles: { readonly [state: string]: string } & { readonly [state in State]: string } = {
  partial: 'so far',
  restated: 'updated later',
  complete: 'final',
};

/** How far a number is settled; of a part of its hour, day, week or month also that. */
export function stateInWords({
  state,
  isCut,
  noData,
}: {
  state: State;
  isCut?: true | undefined;
  noData?: true | undefined;
}): string {
  if (noData) return 'no data';
  return isCut ? `${stateTitles[state]}, only part of it` : stateTitles[state];
}

/** What a row of points is of. */
export const grainTitles: { readonly [grain in Grain]: string } = {
  hour: 'Hour',
  day: 'Day',
  week: 'Week',
  month: 'Month',
  total: 'Whole range',
};
