/** Is every command that a page names there, does it say what it takes, and do the files it names exist? */
import { spawnSync } from 'node:child_process';
import { existsSync, globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';

const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
const pages = [
  ...globSync(['*.md', 'docs/**/*.md', 'samples/**/*.md']),
  ...globSync(['web/**/*.{ts,tsx}', 'commands/*.{ts,cjs}', 'local/**/*.ts']),
];
/** Tools of others, which say for themselves what they take. */
const foreign = ['test', 'lint', 'format', 'types', 'check', 'web'];

/** Scripts that a text calls: `npm start`, `npm test`, `npm run x`, `npm run --silent x`. */
const scriptsIn = (text: string): string[] =>
  [...text.matchAll(/\bnpm (?:run (?:--silent )?([a-z][\w-]*)|(start|test)\b)/g)].map(([, ran, short]) => ran ?? short ?? '');

describe('a page', () => {
  it.each(pages)('%s calls only commands that there are', (page) => {
    expect(scriptsIn(readFileSync(page, 'utf8')).filter((name) => scripts[name] === undefined)).toEqual([]);
  });

  it.each(pages)('%s names only sample folders that come along', (page) => {
    const named = [...readFileSync(page, 'utf8').matchAll(/\bcsv (samples\/[\w/-]+)/g)].map(([, path]) => path ?? '');
    expect(named.filter((path) => !existsSync(path))).toEqual([]);
  });

  it('that calls a command there is not would be found', () =>
    expect(scriptsIn('npm run import and npm run imprt').filter((name) => scripts[name] === undefined)).toEqual(['imprt']));
});

describe('a command', () => {
  const own = Object.entries(scripts).filter(([name, script]) => script.startsWith('node ') && !name.startsWith('pre'));
  it.each(own.filter(([name]) => !foreign.includes(name) && name !== 'build'))('%s says what it takes', (_, script) => {
    const [, file = ''] = script.split(' ');
    const { status, stdout } = spawnSync(process.execPath, [file, '--help'], { encoding: 'utf8', timeout: 120_000 });
    expect(status).toBe(0);
    expect(stdout.length).toBeGreaterThan(40);
  });

  it.each(own)('%s is preceded by the question whether Node is new enough', (name) =>
    expect(scripts[`pre${name}`]).toBe('node commands/need-node.cjs'),
  );

  it('is in the README, each of them', () => {
    const named = scriptsIn(readFileSync('README.md', 'utf8'));
    expect(own.map(([name]) => name).filter((name) => name !== 'build' && !named.includes(name))).toEqual([]);
  });
});
