/** How does the dictionary read to a client? One entry a KPI, as it counts now. */
import type * as z from 'zod';
import type { dictionaryAnswer } from '../api/kpis.ts';
import { grainsOf } from '../kpis/cut.ts';
import { dictionary } from '../kpis/dictionary.ts';
import { resolve } from './formula.ts';

/** Answers GET /v1/kpis. */
export function describeKpis(): z.infer<typeof dictionaryAnswer> {
  const kpis = [...dictionary.entries.values()].map(({ name, topic, kpi }) => ({
    name,
    topic,
    subject: topic,
    title: kpi.title,
    unit: kpi.unit,
    better: kpi.better,
    formula: kpi.formula,
    timeBasis: kpi.basis,
    definedBy: kpi.source ?? null,
    dimensions: dictionary.dimensionsOf(name),
    kind: kpi.kind,
    ...(kpi.kind === 'ratio' ? { numerator: kpi.numerator, denominator: kpi.denominator } : {}),
    grains: grainsOf(name),
    isAdditive: kpi.kind === 'measure' || kpi.kind === 'sum',
    restates: resolve(name).restates,
    version: String(kpi.since ?? 1),
  }));
  return { definitionVersion: String(dictionary.latest), kpis };
}
