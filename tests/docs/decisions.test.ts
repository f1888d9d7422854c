/** Is every decision found by its index, under its own title? */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { pathOf } from '../../commands/generate/files.ts';

const folder = pathOf('docs/00-planning/decisions');
const read = (file: string): string => readFileSync(join(folder, file), 'utf8');
const pages = readdirSync(folder).filter((file) => /^\d+-/.test(file));

it('each page once, under its title', () => {
  const listed = read('README.md').match(/\[\d.*?\]\(.*?\)/g) ?? [];
  const expected = pages.map((file) => `[${/^# (.*)/.exec(read(file))?.[1]}](${file})`);
  expect(listed.sort()).toEqual(expected.sort());
});
