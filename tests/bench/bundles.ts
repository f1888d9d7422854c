/** How large is each function's bundle, how long does it take to load cold, and how much memory is then in use? */
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { BUNDLES, buildFunctions } from '../../infra/build.ts';
import { median, rounded } from './statistics.ts';

const probe = `const began = performance.now(); await import(process.argv[1]); console.log(performance.now() - began, process.memoryUsage().rss);`;
const environment = {
  ...process.env,
  TABLE_NAME: 'bench',
  STREAM_NAME: 'bench',
  STREAM_EPOCH: '1',
  VENDOR_KEYS: 'keys',
  QUARANTINE_BUCKET: 'bench',
  AWS_REGION: 'eu-west-1',
};

function load(file: string): { milliseconds: number; bytes: number } {
  const [milliseconds = '0', bytes = '0'] = execFileSync(process.execPath, ['--input-type=module', '-e', probe, file], {
    env: environment,
    encoding: 'utf8',
  })
    .trim()
    .split(' ');
  return { milliseconds: Number(milliseconds), bytes: Number(bytes) };
}

/** By function: size of the bundle and of its gzip in kB, cold import in ms (median of five processes) and memory after it in MB. */
export async function bundles(): Promise<Record<string, { kB: number; gzipKB: number; importMs: number; memoryMB: number }>> {
  const figures: Awaited<ReturnType<typeof bundles>> = {};
  for (const { name, bytes } of await buildFunctions()) {
    const file = join(BUNDLES, name, 'index.mjs');
    const loads = Array.from({ length: 5 }, () => load(file));
    figures[name] = {
      kB: rounded(bytes / 1000),
      gzipKB: rounded(gzipSync(readFileSync(file)).length / 1000),
      importMs: rounded(median(loads.map(({ milliseconds }) => milliseconds))),
      memoryMB: rounded(median(loads.map(({ bytes }) => bytes)) / 1e6),
    };
  }
  return figures;
}
