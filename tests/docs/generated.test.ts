/** Does everything generated say what the declarations say? */
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { otherFiles, pathOf, readFile, registryFiles } from '../../commands/generate/files.ts';
import { topicRegistry, writeRegistry } from '../../commands/generate/registries.ts';

describe('generated files', () => {
  it('are up to date (else run: npm run generate)', async () => {
    const stale = [...registryFiles(), ...(await otherFiles(false))].filter(([file, text]) => readFile(file) !== text);
    expect(
      stale.map(([file]) => file),
      'Run: npm run generate',
    ).toEqual([]);
  });

  it('describe every entity in a schema of its own', async () => {
    const { entities } = await import('../../shared/events/entities.ts');
    for (const name of [...entities.keys(), 'event'])
      expect(existsSync(pathOf(`docs/01-specifications/schemas/${name}.json`)), name).toBe(true);
  });
});

describe('the registry', () => {
  it('is written as the formatter leaves it, however many topics there are', () => {
    const names = Array.from({ length: 20 }, (_, i) => `topic${i + 10}`);
    const files = names.map((name, i) => ({ file: `${i < 5 ? 'a' : 'z'}-${name}.ts`, names: [name] }));
    const text = writeRegistry(topicRegistry, files);
    const biome = pathOf('node_modules/@biomejs/biome/bin/biome');
    const formatted = execFileSync(
      process.execPath,
      [biome, 'check', '--write', `--stdin-file-path=${pathOf('shared/kpis/topics.ts')}`],
      { input: text, encoding: 'utf8', cwd: pathOf('.') },
    );
    expect(formatted).toBe(text);
  });
});
