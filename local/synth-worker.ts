/** How is the app synthesized once, however many runtimes start at the same time? */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

const outDir = process.argv[2];
if (!outDir) throw new Error('usage: synth-worker.ts <folder>');
mkdirSync(dirname(outDir), { recursive: true });

// Bundles have one fixed folder, so two builds at once would tear each other's; the second waits here.
const lock = new DatabaseSync(join(dirname(outDir), 'lock'));
lock.exec('PRAGMA busy_timeout = 120000; BEGIN EXCLUSIVE');
if (!existsSync(outDir)) {
  const { BUNDLES, buildFunctions } = await import('../infra/build.ts');
  const { createApp } = await import('../infra/app.ts');
  const making = `${outDir}.making`;
  rmSync(making, { recursive: true, force: true });
  await buildFunctions();
  // Mail goes to the embedded inbox only; without a sender none would be asked for.
  createApp({ outdir: making, context: { mailFrom: 'exports@creator-analytics.example' } }).synth();
  writeFileSync(join(making, 'bundle-names.json'), JSON.stringify(nameBundles(BUNDLES, making)));
  renameSync(making, outDir);
}
lock.close();

/** CDK forgets which folder an asset came from: this tells which function each asset is, by its bytes. */
function nameBundles(bundles: string, assets: string): Record<string, string> {
  const codeOf = (folder: string): string => {
    const file = join(folder, 'index.mjs');
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  };
  const names = new Map(readdirSync(bundles).map((name) => [codeOf(join(bundles, name)), name]));
  names.delete('');
  const found = readdirSync(assets).map((asset) => [asset, names.get(codeOf(join(assets, asset)))] as const);
  return Object.fromEntries(found.filter((pair): pair is [string, string] => pair[1] !== undefined));
}
