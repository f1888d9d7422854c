/** What is a number made of? Its parts by a dimension, the largest first, each with its change. */

import { Card } from '../components/card.tsx';
import { Choice } from '../components/choice.tsx';
import { Loaded } from '../components/loaded.tsx';
import type { DictionaryKpi } from '../data/queries.ts';
import { say } from '../formatting/say.ts';
import { formatDimensionInside } from '../formatting/values.ts';
import { useView } from '../view/use-view.ts';
import { Parts, titleOfSplit } from './parts-table.tsx';
import { useSplit } from './use-kpi-dashboard.ts';

export interface SplitCardProps {
  kpi: DictionaryKpi;
  /** Of the KPI's own dimensions, those offered, the first unasked. */
  dimensions: readonly string[];
}

/** A part of its own for each number and dimension: what was there of another is never shown under this title. */
function Split({ kpi, by }: { kpi: DictionaryKpi; by: string }) {
  return (
    <Loaded query={useSplit(kpi.name, by)} shape="h-64">
      {({ series }) => <Parts kpi={kpi} by={by} parts={series.filter(({ dimension }) => dimension === by)} />}
    </Loaded>
  );
}

export function SplitCard({ kpi, dimensions }: SplitCardProps) {
  const { view, change } = useView();
  const offered = dimensions.filter((name) => kpi.dimensions.includes(name));
  const narrowed = view.where && offered.includes(view.where.dimension) ? view.where.dimension : undefined;
  const by = view.by && offered.includes(view.by) ? view.by : (narrowed ?? offered[0]);
  if (!by) return null;
  return (
    <Card
      title={titleOfSplit(kpi, by)}
      aside={
        offered.length > 1 && (
          <div className="print:hidden">
            <Choice
              label={say('split.choose')}
              value={by}
              options={offered.map((name) => [name, say('split.by', { dimension: formatDimensionInside(name) })])}
              onChange={(name) => change({ by: name })}
            />
          </div>
        )
      }
    >
      {narrowed && narrowed !== by && (
        <p className="mb-3 text-sm text-soft">{say('where.otherSplit', { dimension: formatDimensionInside(narrowed) })}</p>
      )}
      <Split key={`${kpi.name} ${by}`} kpi={kpi} by={by} />
    </Card>
  );
}
