/** Which files are generated, and what belongs in each? */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { KpiTopic } from '../../shared/kpis/language.ts';
import { type Definitions, extendDefinitions } from './definitions.ts';
import { registries } from './registries.ts';

const root = join(import.meta.dirname, '..', '..');
const specifications = 'docs/01-specifications';

export const pathOf = (file: string): string => join(root, file);
export const readFile = (file: string): string | undefined =>
  existsSync(pathOf(file)) ? readFileSync(pathOf(file), 'utf8') : undefined;

/** The registries: the first files to write, since all the others are computed through them. */
export const registryFiles = (): [path: string, text: string][] => registries(root);

/**
 * The other files: pages, schemas and the list of definitions. Needs the registry in place. Throws an Error that names the KPI and
 * the remedy where declarations contradict each other or a listed version would change its meaning.
 */
export async function otherFiles(isUnreleased: boolean): Promise<Map<string, string>> {
  // Imported now, not above: the registry may just have been written.
  const { makeDictionary } = await import('../../shared/kpis/dictionary.ts');
  const { topics } = (await import('../../shared/kpis/topics.ts')) as { topics: KpiTopic[] };
  const { kpiPage } = await import('./kpi-page.ts');
  const { eventPage } = await import('./event-page.ts');
  const { lakePage } = await import('./lake-page.ts');
  const { writeSchemas } = await import('./schemas.ts');
  const dictionary = makeDictionary(topics);
  const listed = JSON.parse(readFile(`${specifications}/definitions.json`) ?? '{}') as Definitions;
  const definitions = extendDefinitions(listed, dictionary, isUnreleased);
  return new Map([
    [`${specifications}/definitions.json`, `${JSON.stringify(definitions, null, 2)}\n`],
    [`${specifications}/kpis.md`, kpiPage(topics, dictionary, definitions)],
    [`${specifications}/events.md`, eventPage()],
    [`${specifications}/lake.md`, lakePage(dictionary)],
    ...[...writeSchemas()].map(([name, text]): [string, string] => [`${specifications}/schemas/${name}`, text]),
  ]);
}
