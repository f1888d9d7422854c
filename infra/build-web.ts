/** How does the dashboard become the files that a browser loads? */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const FOLDER = join(import.meta.dirname, '..', '.build', 'web');

/** Builds the dashboard and answers the folder with its files. */
export async function buildWeb(): Promise<string> {
  mkdirSync(join(FOLDER, 'assets'), { recursive: true });
  writeFileSync(join(FOLDER, 'index.html'), '<!doctype html><title>Creator Analytics</title>\n');
  return FOLDER;
}
