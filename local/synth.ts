/** Is there a synthesized app for the sources as they are now, and if not, who makes it? */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fingerprintOf } from '../infra/fingerprint.ts';

const ROOT = join(import.meta.dirname, '..');
/** Beside the bundles, not in the data folder: deleting the data must not cost the next start a synth. */
export const APPS = join(ROOT, '.build', 'apps');
const SOURCES = ['infra', 'functions', 'shared', 'package.json', 'package-lock.json', 'cdk.json', 'local/synth-worker.ts'];
const KEPT = 4;

/** The folder with the templates and bundles for the present sources; `isFresh` tells whether they had to be made. */
export async function synthesize(onStart: () => void = () => {}): Promise<{ outDir: string; isFresh: boolean }> {
  const outDir = join(APPS, fingerprintOf(ROOT, SOURCES));
  const isFresh = !existsSync(outDir);
  if (isFresh) {
    onStart();
    await runChild(outDir);
  }
  utimesSync(outDir, new Date(), new Date());
  forgetOld();
  return { outDir, isFresh };
}

/** CDK and esbuild take 200 MB and two seconds of a core: in a process of its own, gone afterwards. */
function runChild(outDir: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(import.meta.dirname, 'synth-worker.ts'), outDir], {
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    child.stdout.on('data', (text) => (said += text));
    child.stderr.on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The app could not be synthesized:\n${said.trim()}`))));
  });
}

function forgetOld(): void {
  const ages = readdirSync(APPS, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => ({ path: join(APPS, entry.name), usedAt: statSync(join(APPS, entry.name)).mtimeMs }))
    .sort((a, b) => b.usedAt - a.usedAt);
  // A runtime that still runs may load a bundle late: what was used within a day stays.
  const old = ages.slice(KEPT).filter(({ usedAt }) => usedAt < Date.now() - 86_400_000);
  for (const { path } of old) rmSync(path, { recursive: true, force: true });
}
