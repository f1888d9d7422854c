/** How do the handlers become the bundles that Lambda and the embedded runtime load? */
import { readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile } from 'esbuild';

const ROOT = join(import.meta.dirname, '..');

/** Where the bundles lie: one folder per function, `index.mjs` inside. */
export const BUNDLES = join(ROOT, '.build', 'functions');

/** The functions of the service, each a folder in functions/ with a handler.ts. */
export const FUNCTIONS = ['collect-events', 'aggregate', 'report', 'pre-token'] as const;
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
 * Bundles every functions/<name>/handler.ts into .build/functions/<name>/index.mjs, in one esbuild run.
 * The SDK goes in too: its version is then ours, and the same bytes run on a laptop and in Lambda.
 * The same sources give the same bytes, so that an unchanged function is not deployed again.
 */
export async function buildFunctions(): Promise<Bundle[]> {
  const names = readdirSync(join(ROOT, 'functions'), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  rmSync(BUNDLES, { recursive: true, force: true });
  const { metafile } = await build({
    absWorkingDir: ROOT,
    entryPoints: names.map((name) => ({ in: `functions/${name}/handler.ts`, out: `${name}/index` })),
    outdir: BUNDLES,
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
    logLevel: 'warning',
  });
  writeFileSync(join(BUNDLES, 'metafile.json'), JSON.stringify(metafile));
  return names.map((name) => measure(name, metafile));
}

function measure(name: string, metafile: Metafile): Bundle {
  const entry = Object.entries(metafile.outputs).find(([path]) => path.endsWith(`/${name}/index.mjs`));
  if (!entry) throw new Error(`functions/${name} has no bundle: does it have a handler.ts?`);
  const weights = new Map<string, number>();
  for (const [path, input] of Object.entries(entry[1].inputs)) {
    const origin = packageOf(path);
    weights.set(origin, (weights.get(origin) ?? 0) + input.bytesInOutput);
  }
  const heaviest = [...weights].map(([origin, bytes]) => ({ name: origin, bytes })).sort((a, b) => b.bytes - a.bytes);
  return { name, bytes: entry[1].bytes, heaviest: heaviest.slice(0, 5) };
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
