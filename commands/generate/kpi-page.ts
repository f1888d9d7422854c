/** What does the page of all KPIs say? Written from the declarations, so that it cannot say anything else. */
import type { Dictionary } from '../../shared/kpis/dictionary.ts';
import type { Kpi, KpiTopic } from '../../shared/kpis/language.ts';
import { type Definitions, fingerprintOfVersion } from './definitions.ts';
import { table } from './table.ts';

function kindOf(kpi: Kpi): string {
  if (kpi.kind === 'measure')
    return [
      'measure',
      kpi.restates ? 'restates closed days' : '',
      kpi.orderDated ? `on the order’s date: \`${kpi.orderDated}\`` : '',
    ]
      .filter(Boolean)
      .join('; ');
  if (kpi.kind === 'open') return `open, hours left: ${kpi.hours.join(', ')}`;
  if (kpi.kind === 'report') return `report \`${kpi.report}\``;
  return kpi.kind;
}

function rowsOf(name: string, kpi: Kpi, dimensions: string[], until?: number): string[][] {
  const since = `${kpi.since ?? 1}${until === undefined ? '' : ` to ${until - 1}`}`;
  const by = dimensions.join(', ');
  return [
    [`\`${name}\``, kpi.title, kpi.unit, kpi.better, kpi.formula, kpi.basis, by, kpi.source ?? '', since, kindOf(kpi)],
    ...(kpi.before ? rowsOf(name, kpi.before, kpi.before.kind === 'measure' ? (kpi.before.by ?? []) : [], kpi.since ?? 1) : []),
  ];
}

function versionRows(definitions: Definitions): string[][] {
  return Object.entries(definitions).map(([version, kpis]) => {
    const earlier = definitions[String(Number(version) - 1)];
    const changed = Object.keys(kpis).filter((name) => earlier && earlier[name] !== kpis[name]);
    const what = earlier ? changed.map((name) => `\`${name}\``).join(', ') : `all ${Object.keys(kpis).length}`;
    return [version, `\`${fingerprintOfVersion(kpis)}\``, what];
  });
}

const columns = ['KPI', 'Title', 'Unit', 'Better', 'Formula', 'Time basis', 'Dimensions', 'Source', 'Since', 'Kind'];

export function kpiPage(topics: KpiTopic[], dictionary: Dictionary, definitions: Definitions): string {
  const sections = topics.flatMap(({ title, kpis }) => [
    `## ${title}`,
    table(
      columns,
      Object.entries(kpis).flatMap(([name, kpi]) => rowsOf(name, kpi, dictionary.dimensionsOf(name))),
    ),
  ]);
  return `${[
    '# KPIs',
    'Written by `npm run generate` from `shared/kpis/`. Do not edit: change the declaration instead ([how to add one](../02-implementation/add-a-kpi.md)).',
    'Money is in minor units of the shop’s currency. Days, hours and months are local to the creator. A ratio over nothing is `null`. Orders marked sample, test, gift or replacement count nowhere. The time basis says on which day a number stands; `mixed` means that each part stands on its own.',
    ...sections,
    '## Definitions versions',
    'Every record is stamped with the newest version when it is accepted, and counts by it until it is replayed under a newer one. The fingerprint covers what is counted, not how it is worded.',
    table(['Version', 'Fingerprint', 'New or changed'], versionRows(definitions)),
  ].join('\n\n')}\n`;
}
