/** Is adding a report really three files at most, and the folder of its screen? Done as the page shows, on a copy, and asked. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { pathOf } from '../../commands/generate/files.ts';
import { makeOrder } from '../make/events.ts';
import { ask } from '../make/request.ts';
import { makeShop, type Shop } from '../make/shop.ts';

const page = readFileSync(pathOf('docs/02-implementation/add-a-report.md'), 'utf8');
/** The blocks of code of a language, in order. */
const blocks = (language: string): string[] =>
  [...page.matchAll(new RegExp(`\`\`\`${language}\\n([\\s\\S]*?)\`\`\``, 'g'))].map(([, text = '']) => text);
const [endpoint = '', answer = ''] = blocks('ts');
const [screen = ''] = blocks('tsx');
const line = /Its line is `(.+?)` with/.exec(page)?.[1] ?? '';

// Inside the tree, so that packages are found; the folder is ignored by git.
mkdirSync(pathOf('.build'), { recursive: true });
const copy = mkdtempSync(pathOf('.build/add-a-report-'));
const run = (...args: string[]) => spawnSync(process.execPath, args, { cwd: copy, encoding: 'utf8' });
const changedRoots = new Set<string>();
const write = (file: string, text: string) => {
  mkdirSync(dirname(join(copy, file)), { recursive: true });
  writeFileSync(join(copy, file), text);
  changedRoots.add(file);
};

let shop: Shop;
beforeAll(async () => {
  for (const part of [
    'shared',
    'functions',
    'commands',
    'infra',
    'web',
    'docs/01-specifications',
    'tsconfig.json',
    'package.json',
  ])
    cpSync(pathOf(part), join(copy, part), { recursive: true });
  write('shared/api/best-days.ts', endpoint);
  write('functions/report/routes/best-days.ts', answer);
  write('web/screens/best-days/screen.tsx', screen);
  const screens = readFileSync(join(copy, 'web/screens.ts'), 'utf8');
  write(
    'web/screens.ts',
    screens.replace("  screen('exports'", `  ${line}\n  screen('exports'`).replace('  Truck,\n', '  Truck,\n  Trophy,\n'),
  );
  shop = await makeShop();
});
afterAll(async () => {
  await shop.close();
  rmSync(copy, { recursive: true });
});

describe('a report added as the page shows', () => {
  it('touches three files at most, and the folder of its screen', () => {
    expect([...changedRoots].filter((file) => !file.startsWith('web/screens/')).length).toBeLessThanOrEqual(3);
  });

  it('is registered by one command, with its limits, and described', async () => {
    expect(run('commands/generate.ts', '--check')).toMatchObject({ status: 1 });
    const { status, stdout } = run('commands/generate.ts');
    expect({ status, written: stdout.match(/\S+\.(ts|md|json)/g) }).toEqual({
      status: 0,
      written: ['shared/api/endpoints.ts', 'functions/report/routes.ts'],
    });
    const script = `const { routes } = await import('./infra/routes.ts');
      const { openApiOf } = await import('./shared/api/openapi.ts');
      const path = '/v1/creators/{creatorId}/best-days';
      console.log(JSON.stringify([routes.find((one) => one.path === path), Object.keys(openApiOf('1').paths).at(-1)]));`;
    const { stdout: said } = run('--input-type=module', '-e', script);
    expect(JSON.parse(said)).toEqual([
      { method: 'GET', path: '/v1/creators/{creatorId}/best-days', to: 'report', rate: 50, burst: 100 },
      '/v1/creators/{creatorId}/best-days',
    ]);
  });

  it('answers', async () => {
    await shop.load('c-1', [makeOrder('o-1'), makeOrder('o-2'), makeOrder('o-3', { paidAt: '2026-03-02T10:00:00Z' })]);
    const { serve } = (await import(join(copy, 'functions/http.ts'))) as typeof import('../../functions/http.ts');
    const { routes } = (await import(
      join(copy, 'functions/report/routes.ts')
    )) as typeof import('../../functions/report/routes.ts');
    const handler = serve(
      routes,
      () => ({ table: shop.table, version: '1', cursorKey: 'a key' }),
      () => Date.parse('2026-03-20T16:30:00Z'),
    );
    const query = { name: 'orders', from: '2026-03-01', to: '2026-03-10', limit: '1' };
    const route = 'GET /v1/creators/{creatorId}/best-days';
    expect(await ask(handler, { route, creatorId: 'c-1', as: 'c-1', query })).toMatchObject({
      status: 200,
      json: { name: 'orders', days: [{ day: '2026-03-01', value: 2 }] },
    });
    expect(await ask(handler, { route, creatorId: 'c-1', as: 'c-2', query })).toMatchObject({ status: 404 });
  });

  it('passes the types, its screen too', () => {
    const types = (...args: string[]) => run(pathOf('node_modules/typescript/bin/tsc'), '--noEmit', ...args).stdout;
    expect(types('-p', 'web')).toBe('');
  }, 120_000);
});
