/** How far do orders come, which sources fail, and how new are they? Steps from the documents of the job, errors from totals. */

import { kpisQuery } from '../api/kpis.ts';
import type { OperationsAnswer, OperationsQuery } from '../api/operations.ts';
import { describeSources } from '../connections/describe-sources.ts';
import { type FulfilmentMonth, fulfilmentReport, type StepCount, stepsIn } from '../insight/fulfilment/document.ts';
import { hoursAt } from '../insight/fulfilment/durations.ts';
import { fulfilmentSteps } from '../insight/fulfilment/sql.ts';
import { sourceHealth } from '../kpis/kpi-dashboards.ts';
import { readDocuments, readHead } from '../store/report-documents.ts';
import { monthOf } from '../time.ts';
import { computedBy, shareOf } from './computed.ts';
import { reportKpis } from './kpis.ts';
import { freshnessOf, type Scope } from './scope.ts';

const mostValues = 100;
/** States of a source that nobody uses. */
const unused: ReadonlySet<string> = new Set(['not_connected', 'not_set_up', 'unused']);

/** Totals of a KPI over a range by the values of a dimension. */
async function totalsBy(name: string, by: string, { from, to }: OperationsQuery, scope: Scope): Promise<Map<string, number>> {
  const query = kpisQuery.parse({ names: [name], from, to, by, grain: 'total', top: mostValues });
  const { series } = await reportKpis(query, scope);
  return new Map(series.map(({ value = '', total }) => [value, total ?? 0]));
}

async function errorsOf(query: OperationsQuery, scope: Scope) {
  const [requests, failures, kinds] = await Promise.all([
    totalsBy(sourceHealth.requests, 'source', query, scope),
    totalsBy(sourceHealth.failures, 'source', query, scope),
    totalsBy(sourceHealth.failures, 'failure', query, scope),
  ]);
  const sum = (all: Map<string, number>): number => [...all.values()].reduce((total, n) => total + n, 0);
  const all = { requests: sum(requests), failures: sum(failures) };
  return {
    ...all,
    errorRate: shareOf(all.failures, all.requests),
    errors: [...new Set([...requests.keys(), ...failures.keys()])].map((source) => {
      const [asked, failed] = [requests.get(source) ?? 0, failures.get(source) ?? 0];
      return { source, requests: asked, failures: failed, errorRate: shareOf(failed, asked) };
    }),
    kinds: [...kinds].map(([kind, failed]) => ({ kind, failures: failed, ofRequests: shareOf(failed, all.requests) })),
  };
}

async function sourcesOf({ table, profile, now }: Scope): Promise<OperationsAnswer['sources']> {
  // What could be connected is of no matter here: only what is in use is told of.
  const all = await describeSources(table, profile.creatorId, { now, hasApp: false, services: [] });
  return all
    .filter(({ state }) => !unused.has(state))
    .map(({ name, shop, state, newestDatum, lastSuccess, lagSeconds }) => ({
      name,
      shop,
      state,
      newestDatum,
      lastSuccess,
      lagSeconds,
    }));
}

const describeSteps = (counts: StepCount[]): OperationsAnswer['steps'] =>
  counts.map(({ orders, lasted }, i) => ({
    step: fulfilmentSteps[i] ?? 'paid',
    orders,
    share: shareOf(orders, counts[0]?.orders ?? 0),
    medianHours: hoursAt(lasted, 0.5),
    p90Hours: hoursAt(lasted, 0.9),
    n: [...lasted.values()].reduce((sum, n) => sum + n, 0),
  }));

/** Answers GET …/operations. */
export async function reportOperations(query: OperationsQuery, scope: Scope): Promise<OperationsAnswer> {
  const { table, partition } = scope;
  const { from, to } = query;
  const [head, months, errors, sources] = await Promise.all([
    readHead(table, partition, fulfilmentReport),
    readDocuments<FulfilmentMonth>(table, partition, fulfilmentReport, monthOf(from), monthOf(to)),
    errorsOf(query, scope),
    sourcesOf(scope),
  ]);
  const steps = describeSteps(stepsIn(months, from, to));
  const ordersOf = (wanted: (typeof fulfilmentSteps)[number]): number => steps.find(({ step }) => step === wanted)?.orders ?? 0;
  const reasons: OperationsAnswer['reasons'] = [];
  if (!head) reasons.push('not_computed');
  else if (ordersOf('paid') === 0) reasons.push('no_orders');
  else {
    if (ordersOf('labelled') === 0) reasons.push('no_parcels');
    if (ordersOf('settled') === 0) reasons.push('no_statements');
  }
  if (errors.requests === 0) reasons.push('no_requests');
  if (sources.length === 0) reasons.push('no_sources');
  return {
    ...freshnessOf(scope),
    from,
    to,
    ...computedBy(head),
    method: 'orders by the day on which they were paid',
    steps,
    ...errors,
    sources,
    reasons,
  };
}
