/** Are bundles complete, and the same whenever the sources are? */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { buildFunctions, FUNCTIONS } from '../../infra/build.ts';

const folder = mkdtempSync(join(tmpdir(), 'build-'));
const code = (from: string, name: string) => readFileSync(join(from, name, 'index.mjs'), 'utf8');

describe('the build', () => {
  beforeAll(() => buildFunctions(folder));

  it('bundles every function that the stacks know, and no other', () =>
    expect(readdirSync(folder).sort()).toEqual([...FUNCTIONS].sort()));

  it.each(FUNCTIONS)('leaves nothing of %s to be installed', (name) => {
    const imported = [...code(folder, name).matchAll(/^import[^;'"]*['"]([^'"]+)['"]/gm)].map((found) => found[1]!);
    expect(imported.filter((specifier) => !isBuiltin(specifier))).toEqual([]);
  });

  it('gives the same bytes again', async () => {
    const other = mkdtempSync(join(tmpdir(), 'build-again-'));
    await buildFunctions(other);
    for (const name of FUNCTIONS) expect(code(other, name)).toBe(code(folder, name));
  });

  it('takes away the bundle of a function that is gone', async () => {
    mkdirSync(join(folder, 'gone'));
    await buildFunctions(folder);
    expect(readdirSync(folder)).not.toContain('gone');
  });
});
