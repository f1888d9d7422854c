/** Which topics, endpoints and routes are there? Read off the files that declare one, so that a new one is registered by its file alone. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const lineWidth = 130;

export interface DeclaringFile {
  file: string;
  /** What it declares: `export const sales = topic({`. */
  names: string[];
}

/** A module that imports what other files declare, and lists it. */
export interface Registry {
  /** First line of the file. */
  about: string;
  /** Folder of the files, as it stands in the imports. */
  from: string;
  /** A type that the list needs, and the file that has it. */
  type?: { name: string; file: string };
  /** The statement around the list. */
  opens: string;
  closes: string;
}

/** Files of a folder that declare something by a call of `by`, in order of their names. */
export function findDeclared(folder: string, by: string): DeclaringFile[] {
  const declared = new RegExp(`^export const (\\w+)(?:: \\w+)? = ${by}\\(`, 'gm');
  return readdirSync(folder)
    .filter((file) => file.endsWith('.ts'))
    .sort()
    .map((file) => ({
      file,
      names: [...readFileSync(join(folder, file), 'utf8').matchAll(declared)].map((match) => String(match[1])),
    }))
    .filter(({ names }) => names.length > 0);
}

const listed = (open: string, names: string[], close: string): string => {
  const line = `${open}${names.join(', ')}${close}`;
  return line.length <= lineWidth
    ? line
    : `${open.trimEnd()}\n${names.map((name) => `  ${name},\n`).join('')}${close.trimStart()}`;
};

/** The names that a registry lists now, in its order. */
const listedIn = (text: string, opens: string): string[] => {
  const at = text.indexOf(opens);
  const start = at + opens.length;
  return at < 0 ? [] : (text.slice(start, text.indexOf(']', start)).match(/\w+/g) ?? []);
};

/** The text of a registry, as the formatter would leave it. What `before` lists keeps its order there, and what is new comes last. */
export function writeRegistry({ about, from, type, opens, closes }: Registry, files: DeclaringFile[], before = ''): string {
  const imports = [
    ...(type ? [{ file: `${type.file}`, text: `import type { ${type.name} } from './${type.file}';` }] : []),
    ...files.map(({ file, names }) => ({
      file: `${from}${file}`,
      text: listed('import { ', [...names].sort(), ` } from './${from}${file}';`),
    })),
  ].sort((a, b) => (a.file < b.file ? -1 : 1));
  const order = listedIn(before, opens);
  const placeOf = (name: string): number => (order.includes(name) ? order.indexOf(name) : order.length);
  const names = files.flatMap((each) => each.names).sort((a, b) => placeOf(a) - placeOf(b));
  return [`/** ${about} */`, ...imports.map(({ text }) => text), '', listed(opens, names, closes), ''].join('\n');
}

const written = 'Written by `npm run generate` from the files';

/** The registry of a folder of KPI files. */
export const topicRegistry: Registry = {
  about: `Which topics are there? ${written} of this folder that declare one.`,
  from: '',
  type: { name: 'KpiTopic', file: 'language.ts' },
  opens: 'export const topics: KpiTopic[] = [',
  closes: '];',
};

const endpointRegistry: Registry = {
  about: `Which endpoints are there? ${written} of this folder that declare one; in the order of the description, new ones last.`,
  from: '',
  type: { name: 'Endpoint', file: 'endpoint.ts' },
  opens: 'export const endpoints: Endpoint[] = [',
  closes: '] as unknown as Endpoint[];',
};

const routeRegistry = (name: string): Registry => ({
  about: `What does ${name} answer? ${written} in routes/.`,
  from: 'routes/',
  opens: 'export const routes = [',
  closes: '];',
});

/** Every registry below a root: its path and its text. */
export function registries(root: string): [path: string, text: string][] {
  const textOf = (path: string): string => (existsSync(join(root, path)) ? readFileSync(join(root, path), 'utf8') : '');
  const routed = readdirSync(join(root, 'functions')).filter((name) => existsSync(join(root, 'functions', name, 'routes')));
  const endpoints = 'shared/api/endpoints.ts';
  return [
    ['shared/kpis/topics.ts', writeRegistry(topicRegistry, findDeclared(join(root, 'shared/kpis'), 'topic'))],
    [endpoints, writeRegistry(endpointRegistry, findDeclared(join(root, 'shared/api'), 'endpoint'), textOf(endpoints))],
    ...routed.map((name): [string, string] => {
      const path = `functions/${name}/routes.ts`;
      const files = findDeclared(join(root, 'functions', name, 'routes'), 'route');
      return [path, writeRegistry(routeRegistry(name), files, textOf(path))];
    }),
  ];
}
