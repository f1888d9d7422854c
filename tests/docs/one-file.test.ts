/** Is adding a KPI, or a whole topic, really a change to one file? Tried on a copy of the tree. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { pathOf } from '../../commands/generate/files.ts';

let copy = '';
const generate = (...flags: string[]) =>
  spawnSync(process.execPath, ['commands/generate.ts', ...flags], { cwd: copy, encoding: 'utf8' });
/** What the copy's own API says. */
const describedIn = (file: string, expression: string) => {
  const script = `const { ${expression.split('(')[0]} } = await import('${file}'); console.log(JSON.stringify(${expression}))`;
  return spawnSync(process.execPath, ['--input-type=module', '-e', script], { cwd: copy, encoding: 'utf8' }).stdout;
};
const read = (file: string) => readFileSync(join(copy, file), 'utf8');

// Inside the tree, so that packages are found; the folder is ignored by git.
beforeEach(() => {
  mkdirSync(pathOf('.build'), { recursive: true });
  copy = mkdtempSync(pathOf('.build/one-file-'));
  for (const folder of ['shared', 'functions', 'commands', 'docs/01-specifications'])
    cpSync(pathOf(folder), join(copy, folder), { recursive: true });
});
afterEach(() => rmSync(copy, { recursive: true }));

/** The definitions version after the newest one that is listed. */
const next =
  Math.max(...Object.keys(JSON.parse(readFileSync(pathOf('docs/01-specifications/definitions.json'), 'utf8'))).map(Number)) + 1;

/** The diff that the page shows, from the next definitions version on. */
const shown = (/```diff\n([\s\S]*?)```/.exec(readFileSync(pathOf('docs/02-implementation/add-a-kpi.md'), 'utf8'))?.[1] ?? '')
  .replace(/since: \d+/, `since: ${next}`)
  .split('\n');
const added = shown.filter((line) => line.startsWith('+    ')).map((line) => `${line.slice(1)}\n`);

/** Makes the change that the page shows, with these lines added. */
function changeSales(lines: string): void {
  const file = join(copy, 'shared/kpis/sales.ts');
  const [oldImport = '', newImport = ''] = ['-import', '+import'].map((start) =>
    shown.find((line) => line.startsWith(start))?.slice(1),
  );
  const before = readFileSync(file, 'utf8');
  expect(before).toContain(oldImport);
  writeFileSync(file, before.replace(oldImport, newImport).replace('    units: measure({', `${lines}    units: measure({`));
}

describe('a KPI added to a topic as the page shows', () => {
  it('stands in the API, the OpenAPI document, the page and the list of definitions after one change and one command', () => {
    changeSales(added.join(''));
    expect(generate()).toMatchObject({ status: 0, stdout: expect.not.stringContaining('topics.ts') });
    expect(read('docs/01-specifications/kpis.md').replaceAll(/ +/g, ' ')).toContain(
      `| \`largeOrders\` | Large orders | count | up | paid orders of 100.00 or more | paid | channel | Creator Analytics | ${next} | measure |`,
    );
    expect(Object.keys(JSON.parse(read('docs/01-specifications/definitions.json'))[next])).toContain('largeOrders');
    expect(generate('--check')).toMatchObject({ status: 0 });
    expect(describedIn('./shared/api/openapi.ts', "openApiOf('1').components.schemas.KpiName")).toContain('"largeOrders"');
    expect(describedIn('./shared/reports/dictionary.ts', 'describeKpis()')).toContain('"title":"Large orders"');
  });

  it('is refused without its version, with the remedy', () => {
    changeSales(added.join('').replace(`, since: ${next}`, ''));
    expect(generate()).toMatchObject({
      status: 1,
      stderr: expect.stringContaining(
        `KPI largeOrders is new, but counts from version 1, which is listed already: give it \`since: ${next}\`.`,
      ),
    });
  });
});

describe('a topic', () => {
  it('is one file: the registry takes it up', () => {
    const text = `/** What is in stock? */
import { measure, topic } from './language.ts';

export const inventory = topic({
  name: 'inventory',
  title: 'Inventory',
  kpis: {
    stockOutDays: measure({
      of: 'stock-day', at: 'day', add: 'isOut', by: ['product'], since: ${next},
      title: 'Stock-out days', unit: 'count', better: 'down', basis: 'snapshot', formula: 'days that closed with nothing on hand',
    }),
  },
});
`;
    writeFileSync(join(copy, 'shared/kpis/inventory.ts'), text);
    expect(generate('--check')).toMatchObject({
      status: 1,
      stdout: expect.stringContaining('stale  shared/kpis/topics.ts'),
      stderr: expect.stringContaining('npm run generate'),
    });
    expect(generate()).toMatchObject({ status: 0 });
    expect(read('shared/kpis/topics.ts')).toContain("import { inventory } from './inventory.ts';");
    expect(read('docs/01-specifications/kpis.md')).toContain('## Inventory');
  });
});
