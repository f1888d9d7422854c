/** How do the handlers become the bundles that Lambda and the embedded runtime load? */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build, type Metafile } from 'esbuild';
import { answering } from '../shared/api/endpoint.ts';

const ROOT = join(import.meta.dirname, '..');
const SOURCES = join(ROOT, 'functions');

/** Where the bundles lie: one folder per function, `index.mjs` inside. */
export const BUNDLES = join(ROOT, '.build', 'functions');

/** The functions of the service, each a folder in functions/ with a handler.ts that exports `handler`. */
export const FUNCTIONS = [
  ...answering,
  'aggregate',
  'apply-webhook',
  'archive',
  'compact',
  'compute-insight',
  'export',
  'export-schedules',
  'import',
  'merge',
  'poll-shops',
  'pre-token',
  'reconcile',
  'store-nightly',
] as const;
export type FunctionName = (typeof FUNCTIONS)[number];

export interface Bundle {
  name: string;
  /** Bytes of index.mjs, without its source map (which is not deployed). */
  bytes: number;
  /** The packages that weigh most in it, heaviest first. */
  heaviest: { name: string; bytes: number }[];
}

// Some packages inside the bundles still say require(): ESM has none unless it is made.
const BANNER = `import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);`;

/**
 * Bundles every functions/<name>/handler.ts into <folder>/<name>/index.mjs, in one esbuild run.
 * The SDK goes in too: its version is then ours, and the same bytes run on a laptop and in Lambda.
 * The same sources give the same bytes, so that an unchanged function is not deployed again.
 */
export async function buildFunctions(folder = BUNDLES): Promise<Bundle[]> {
  const names = readdirSync(SOURCES).filter((name) => existsSync(join(SOURCES, name, 'handler.ts')));
  const { metafile, outputFiles } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/index` })),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // The ES module of a package, where it has one: it can be shaken to what is used.
    mainFields: ['module', 'main'],
    minify: true,
    keepNames: true,
    sourcemap: 'linked',
    sourcesContent: false,
    legalComments: 'none',
    banner: { js: BANNER },
    metafile: true,
    write: false,
    logLevel: 'warning',
  });
  for (const { path, contents } of outputFiles) put(path, contents);
  for (const name of readdirSync(folder)) if (!names.includes(name)) rmSync(join(folder, name), { recursive: true });
  return names.map((name) => measure(name, metafile));
}

/** Writes a file in one step, and only when it changes: a second build may run while a function is loaded from the first. */
function put(path: string, contents: Uint8Array): void {
  if (existsSync(path) && readFileSync(path).equals(contents)) return;
  mkdirSync(dirname(path), { recursive: true });
  // Named like a source map, which no asset contains.
  const unfinished = `${path}.${process.pid}.map`;
  writeFileSync(unfinished, contents);
  renameSync(unfinished, path);
}

function measure(name: string, metafile: Metafile): Bundle {
  const output = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`))?.[1];
  if (!output?.exports.includes('handler')) throw new Error(`functions/${name}/handler.ts exports no function named handler.`);
  const weights = new Map<string, number>();
  for (const [path, input] of Object.entries(output.inputs)) {
    const origin = packageOf(path);
    weights.set(origin, (weights.get(origin) ?? 0) + input.bytesInOutput);
  }
  const heaviest = [...weights].map(([origin, bytes]) => ({ name: origin, bytes })).sort((a, b) => b.bytes - a.bytes);
  return { name, bytes: output.bytes, heaviest: heaviest.slice(0, 5) };
}

function packageOf(path: string): string {
  const inside = path.split('node_modules/').at(-1)!;
  if (inside === path) return 'own code';
  const [first = '', second = ''] = inside.split('/');
  return first.startsWith('@') ? `${first}/${second}` : first;
}

if (import.meta.main) {
  for (const { name, bytes, heaviest } of await buildFunctions()) {
    const parts = heaviest.map((part) => `${part.name} ${kilobytes(part.bytes)}`).join(', ');
    console.log(`${name.padEnd(16)} ${kilobytes(bytes).padStart(9)}  ${parts}`);
  }
}

function kilobytes(bytes: number): string {
  return `${(bytes / 1000).toFixed(1)} kB`;
}
