/** What did each definitions version count? A fingerprint for each KPI, so that no version that is in use changes its meaning unseen. */
import { createHash } from 'node:crypto';
import { entities } from '../../shared/events/entities.ts';
import type { Dictionary } from '../../shared/kpis/dictionary.ts';
import type { Kpi } from '../../shared/kpis/language.ts';

/** By version, by KPI: fingerprint of the declaration in force. */
export interface Definitions {
  [version: string]: { [kpi: string]: string };
}

/** What a reader is told; it may be worded better at any time. The rest decides what is counted. */
const worded = new Set(['title', 'unit', 'better', 'formula', 'basis', 'source', 'since', 'before']);

const inOrder = (_: string, value: unknown): unknown =>
  value && typeof value === 'object' && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;

const hash = (value: unknown): string => createHash('sha256').update(JSON.stringify(value, inOrder)).digest('hex').slice(0, 12);

/** Fingerprint of what a declaration counts, independent of its words and of the order of its fields. */
export function fingerprint(kpi: Kpi): string {
  const structure = Object.fromEntries(Object.entries(kpi).filter(([name]) => !worded.has(name)));
  if (kpi.kind === 'measure') {
    const paths = entities.get(kpi.of)?.dimensions ?? {};
    structure.by = Object.fromEntries((kpi.by ?? []).map((dimension) => [dimension, paths[dimension]]));
  }
  return hash(structure);
}

export const fingerprintOfVersion = (kpis: Definitions[string]): string => hash(kpis);

export function definitionsOf(dictionary: Dictionary): Definitions {
  const versions = Array.from({ length: dictionary.latest }, (_, i) => i + 1);
  return Object.fromEntries(
    versions.map((version) => [
      String(version),
      Object.fromEntries(dictionary.at(version).map(({ name, kpi }) => [name, fingerprint(kpi)])),
    ]),
  );
}

function complaint(kpi: string, was: string | undefined, is: string | undefined, version: string, next: number): string {
  if (was === undefined)
    return `KPI ${kpi} is new, but counts from version ${version}, which is listed already: give it \`since: ${next}\`.`;
  if (is === undefined)
    return `KPI ${kpi} counts under version ${version} and is gone: keep its declaration, totals of that version still read it.`;
  return `KPI ${kpi} counts otherwise than version ${version} lists: keep the old declaration and give the new one \`since: ${next}\`, as revised(old, new).`;
}

/**
 * The definitions to list. Throws an Error that names each KPI by which a listed version would change its meaning; with
 * `isUnreleased` the newest listed version may change, the earlier ones may not.
 */
export function extendDefinitions(listed: Definitions, dictionary: Dictionary, isUnreleased: boolean): Definitions {
  const now = definitionsOf(dictionary);
  const newest = Math.max(0, ...Object.keys(listed).map(Number));
  const complaints: string[] = [];
  for (const [version, was] of Object.entries(listed)) {
    if (isUnreleased && Number(version) === newest) continue;
    const is = now[version];
    if (!is) complaints.push(`Version ${version} is listed, but no KPI has \`since: ${version}\` any more.`);
    else
      for (const kpi of new Set([...Object.keys(was), ...Object.keys(is)]))
        if (was[kpi] !== is[kpi]) complaints.push(complaint(kpi, was[kpi], is[kpi], version, newest + 1));
  }
  if (complaints.length)
    throw new Error([...complaints, `If version ${newest} was never deployed: npm run generate -- --unreleased`].join('\n'));
  return now;
}
