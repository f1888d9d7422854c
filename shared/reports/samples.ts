/** What did samples cost, and what did they bring? Read from the documents that the job keeps. */
import type { SamplesAnswer, SamplesQuery } from '../api/samples.ts';
import { addSamples, noSamples, type Samples } from '../insight/free-samples/brought.ts';
import { type SamplesMonth, samplesIn, samplesReport } from '../insight/free-samples/document.ts';
import { others } from '../insight/largest.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { lastDayOfMonth, monthOf } from '../time.ts';
import { computedBy, shareOf } from './computed.ts';
import { freshnessOf, type Scope } from './scope.ts';

type Row = SamplesAnswer['rows'][number];

function figuresOf({ sent, uncosted, cost, orders, netSales, contribution, costedSales, namedSales }: Samples) {
  const isUncosted = (sent > 0 && uncosted === sent) || (namedSales !== 0 && costedSales === 0);
  const result = isUncosted ? null : contribution - cost;
  return {
    cost,
    isAtLeast: uncosted > 0,
    orders,
    netSales,
    contribution,
    isAtMost: costedSales !== namedSales,
    result,
    isResultAtMost: uncosted > 0 || costedSales !== namedSales,
    returnOnSamples: result === null ? null : shareOf(result, cost),
  };
}

function reasonsOf({ sent, uncosted }: Samples, rows: Map<string, Samples>, isComputed: boolean): SamplesAnswer['reasons'] {
  if (!isComputed) return ['not_computed'];
  if (sent === 0) return ['no_samples'];
  const reasons: SamplesAnswer['reasons'] = [];
  if (uncosted === sent) reasons.push('no_costs');
  else if (uncosted > 0) reasons.push('some_costs_missing');
  if ([...rows.keys()].every((value) => value === '')) reasons.push('no_affiliates');
  return reasons;
}

/** Answers GET …/samples. */
export async function reportSamples({ from, to, by, top }: SamplesQuery, scope: Scope): Promise<SamplesAnswer> {
  const { table, partition } = scope;
  const [head, months] = await Promise.all([
    readHead(table, partition, samplesReport),
    readDocuments<SamplesMonth>(table, partition, samplesReport, monthOf(from), monthOf(to)),
  ]);
  const { total, rows, affiliateOf } = samplesIn(months, by);
  const isByContent = by === 'content';
  const rowOf = (value: string, samples: Samples): Row => ({
    value,
    affiliate: (isByContent ? affiliateOf.get(value) : undefined) ?? null,
    sent: isByContent ? null : samples.sent,
    sold: isByContent ? null : samples.sold,
    ...figuresOf(samples),
  });
  const size = ({ netSales, cost }: Samples): number => Math.abs(netSales) + cost;
  const sorted = [...rows].filter(([value]) => value !== others).sort(([a, x], [b, y]) => size(y) - size(x) || (a < b ? -1 : 1));
  const beyond = [...sorted.slice(top).map(([, samples]) => samples), ...(rows.has(others) ? [rows.get(others) as Samples] : [])];
  const rest = noSamples();
  for (const samples of beyond) addSamples(rest, samples);
  return {
    ...freshnessOf(scope),
    from: `${monthOf(from)}-01`,
    to: lastDayOfMonth(monthOf(to)),
    ...computedBy(head),
    method: 'sales of the product by the same affiliate within 60 days of the sample',
    sent: total.sent,
    sold: total.sold,
    ...figuresOf(total),
    by,
    rows: [
      ...sorted.slice(0, top).map(([value, samples]) => rowOf(value, samples)),
      ...(beyond.length ? [{ ...rowOf('', rest), isOther: true as const }] : []),
    ],
    reasons: reasonsOf(total, samplesIn(months, 'affiliate').rows, head !== undefined),
  };
}
