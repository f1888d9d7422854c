/** What is stored of samples? A document for each local month in which any were sent: their cost and what they brought, by affiliate and content. */
import type { AthenaRow } from '../../lake/athena.ts';
import { monthOf } from '../../time.ts';
import { largestOf } from '../largest.ts';
import { addSamples, broughtBy, noSamples, type Samples, type Sent, sampleFigures } from './brought.ts';

export const samplesReport = 'samples';

type Packed = number[];
const pack = (samples: Samples): Packed => sampleFigures.map((name) => samples[name]);
const unpack = (packed: Packed): Samples =>
  Object.fromEntries(sampleFigures.map((name, i) => [name, packed[i] ?? 0])) as unknown as Samples;

export const sampleDimensions = ['affiliate', 'content'] as const;
export type SampleDimension = (typeof sampleDimensions)[number];

export interface SamplesMonth {
  month: string;
  total: Packed;
  by: { [dimension in SampleDimension]: { [value: string]: Packed } };
  /** Who made the content that is told apart. */
  affiliateOf: { [content: string]: string };
}

/** A whole number from 0 on in equal whole parts, the odd units to the first. */
const parted = (whole: number, parts: number): number[] =>
  Array.from({ length: parts }, (_, i) => Math.floor(whole / parts) + (i < whole % parts ? 1 : 0));

/**
 * What was sent, its cost shared in whole minor units among the content that brought something, all of it under '' where nothing did: rows
 * of either dimension add up to the same amounts. Units cannot be shared so: those without a cost stand in each row.
 */
function* byContent({ samples, brought }: Sent): Generator<[content: string, samples: Samples]> {
  const all = brought.size ? [...brought].sort(([a], [b]) => (a < b ? -1 : 1)) : [['', noSamples()] as const];
  const { sent, uncosted, sold } = samples;
  const costs = parted(samples.cost, all.length);
  for (const [i, [content, sum]] of all.entries()) yield [content, { ...sum, sent, uncosted, sold, cost: costs[i] ?? 0 }];
}

function add(sums: Map<string, Samples>, value: string, more: Samples): void {
  const sum = sums.get(value) ?? noSamples();
  addSamples(sum, more);
  sums.set(value, sum);
}

const size = ({ netSales, cost, sent }: Samples): number => Math.abs(netSales) + cost + sent;
const packed = (values: Map<string, Samples>): { [value: string]: Packed } =>
  Object.fromEntries(largestOf(values, size, noSamples, addSamples).map(([value, samples]) => [value, pack(samples)]));

/** Documents of one creator, by month: lines of samples that were sent, and sales of affiliates. */
export function samplesMonths(sentRows: AthenaRow[], sales: AthenaRow[]): Map<string, SamplesMonth> {
  const all = broughtBy(sentRows, sales);
  const months = [...Map.groupBy(all, ({ day }) => monthOf(day))].sort(([a], [b]) => (a < b ? -1 : 1));
  return new Map(months.map(([month, some]) => [month, monthDocument(month, some)]));
}

function monthDocument(month: string, all: Sent[]): SamplesMonth {
  const [affiliates, contents, total] = [new Map<string, Samples>(), new Map<string, Samples>(), noSamples()];
  const affiliateOf = new Map<string, string>();
  for (const each of all) {
    for (const some of [each.samples, ...each.brought.values()]) {
      addSamples(total, some);
      add(affiliates, each.affiliate, some);
    }
    for (const [content, samples] of byContent(each)) {
      add(contents, content, samples);
      if (content !== '') affiliateOf.set(content, each.affiliate);
    }
  }
  const by = { affiliate: packed(affiliates), content: packed(contents) };
  return {
    month,
    total: pack(total),
    by,
    affiliateOf: Object.fromEntries([...affiliateOf].filter(([content]) => Object.hasOwn(by.content, content))),
  };
}

/** Sums of months, and of each value of a dimension. */
export function samplesIn(months: SamplesMonth[], dimension: SampleDimension) {
  const [total, rows] = [noSamples(), new Map<string, Samples>()];
  for (const month of months) {
    addSamples(total, unpack(month.total));
    for (const [value, packed] of Object.entries(month.by[dimension])) add(rows, value, unpack(packed));
  }
  return {
    total,
    rows,
    affiliateOf: new Map(months.flatMap((month) => Object.entries(month.affiliateOf))),
  };
}
