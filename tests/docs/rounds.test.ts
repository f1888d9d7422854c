/** Are both numbers of rounds said in the docs, and does CI run the full ones? */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type LawName, laws, spread } from '../rounds.ts';

const root = join(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(join(root, file), 'utf8');
const count = (n: number | 'all'): string => n.toLocaleString('en');
const names = Object.keys(laws) as LawName[];

/** The rows of the table in docs/03-reports/weight-and-waiting.md. */
const rows = names.map((name) => {
  const { says, file, usual, full, step } = laws[name];
  return `| ${says} | \`tests/${file}\` | ${count(usual)} | ${count(full)}${step ? ` by \`${step}\`` : ''} |`;
});

describe('the rounds of laws', () => {
  it('are those of the table in docs/03-reports/weight-and-waiting.md', () => {
    const table = read('docs/03-reports/weight-and-waiting.md').split('\n');
    const from = table.findIndex((line) => line.startsWith('| law'));
    const written = table.slice(from + 2, from + 2 + rows.length + 1).filter((line) => line.startsWith('|'));
    expect(written.map((line) => line.replace(/ +\|/g, ' |'))).toEqual(rows);
  });

  it('are all run in CI', () => {
    const ci = read('.ci/run');
    expect(ci).toContain('env TEST_ROUNDS=full npm test');
    for (const { step } of Object.values(laws)) if (step) expect(ci).toContain(`${step}\n`);
  });

  it.each(names)('%s: are never fewer in CI, never none, and asked for by its test', (name) => {
    const { file, usual, full } = laws[name];
    expect(usual).toBeGreaterThan(0);
    if (full !== 'all') expect(full).toBeGreaterThan(usual);
    expect(existsSync(join(root, `tests/${file}.test.ts`))).toBe(true);
    expect(read(`tests/${file}.test.ts`)).toMatch(new RegExp(`roundsOf\\('${name}'\\)|someOf\\(.+, '${name}'\\)`));
  });

  it('are spread over all that they are chosen from', () => {
    expect(spread([1, 2, 3, 4, 5, 6], 2)).toEqual([1, 4]);
    expect(spread([1, 2, 3], 1, 5)).toEqual([3]);
    expect(spread([1, 2, 3], 20)).toEqual([1, 2, 3]);
  });
});
