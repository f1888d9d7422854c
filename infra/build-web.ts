/** How does the dashboard become the files that a browser loads? */
import { spawn } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, gzipSync } from 'node:zlib';
import { filesIn, fingerprintOf } from './fingerprint.ts';

const ROOT = join(import.meta.dirname, '..');
const BUILDS = join(ROOT, '.build', 'web');
const SOURCES = ['web', 'shared', 'package-lock.json'];
const KEPT = 3;

/** Beside each text file the same one compressed: the embedded runtime serves what CloudFront would make. */
function compress(folder: string): void {
  for (const file of filesIn(folder).filter((name) => /\.(html|js|css|svg|json)$/.test(name))) {
    const bytes = readFileSync(file);
    writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
    writeFileSync(`${file}.br`, brotliCompressSync(bytes));
  }
}

/** Builds web/ where its sources have changed and answers the folder: index.html, and assets/ with hashed names that never change. */
export async function buildWeb(onStart: () => void = () => {}): Promise<string> {
  const folder = join(BUILDS, fingerprintOf(ROOT, SOURCES));
  if (existsSync(folder)) return folder;
  onStart();
  const unfinished = `${folder}.${process.pid}`;
  await runVite(unfinished);
  compress(unfinished);
  if (existsSync(folder)) rmSync(unfinished, { recursive: true });
  else renameSync(unfinished, folder);
  forgetOld();
  return folder;
}

/** In a process of its own: whatever asks for a build (a test, too) gets the one of production. */
function runVite(outDir: string): Promise<void> {
  const args = ['build', '--config', join(ROOT, 'web', 'vite.config.ts'), '--outDir', outDir, '--logLevel', 'warn'];
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [join(ROOT, 'node_modules', 'vite', 'bin', 'vite.js'), ...args, join(ROOT, 'web')], {
      env: { ...process.env, NODE_ENV: 'production' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (said += text));
    child.on('error', reject);
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`The dashboard could not be built:\n${said.trim()}`))));
  });
}

/** Builds of yesterday's sources go; a runtime may still serve the last few. */
function forgetOld(): void {
  const names = readdirSync(BUILDS, { withFileTypes: true }).map(({ name }) => join(BUILDS, name));
  const ages = names.map((path) => ({ path, madeAt: statSync(path).mtimeMs }));
  for (const { path } of ages.sort((a, b) => b.madeAt - a.madeAt).slice(KEPT)) rmSync(path, { recursive: true, force: true });
}
