/** Is adding a screen really one folder and one line? Done as the page shows, on a copy, and opened. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { afterAll, expect, it } from 'vitest';
import { pathOf } from '../../commands/generate/files.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';

const page = readFileSync(pathOf('docs/02-implementation/add-a-screen.md'), 'utf8');
const file = /Its folder holds one file, `(.+?)`/.exec(page)?.[1] ?? '';
const source = /```tsx\n([\s\S]*?)```/.exec(page)?.[1] ?? '';
const line = /```diff\n\+(.*)\n```/.exec(page)?.[1] ?? '';
const icon = /import of `lucide-react` above it \(`(.+?)`\)/.exec(page)?.[1] ?? '';

// Inside the tree, so that packages are found; the folder is ignored by git.
mkdirSync(pathOf('.build'), { recursive: true });
const copy = mkdtempSync(pathOf('.build/add-a-screen-'));
afterAll(() => rmSync(copy, { recursive: true }));

const run = (script: string, ...args: string[]) =>
  spawnSync(process.execPath, [pathOf(`node_modules/${script}`), ...args], {
    cwd: copy,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });

const types: Record<string, string> = {
  '.js': 'text/javascript',
  '.css': 'text/css',
  '.html': 'text/html',
  '.woff2': 'font/woff2',
};

describeDashboard('a screen added as the page shows', ({ url, visit }) => {
  it('is in the menu, has its numbers, and passes the types', async () => {
    for (const folder of ['web', 'shared', 'tsconfig.json', 'package.json'])
      cpSync(pathOf(folder), join(copy, folder), { recursive: true });
    mkdirSync(join(copy, file, '..'), { recursive: true });
    writeFileSync(join(copy, file), source);
    const screens = join(copy, 'web/screens.ts');
    const before = readFileSync(screens, 'utf8');
    const after = before
      .replace("  screen('exports'", `${line}\n  screen('exports'`)
      .replace('  Truck,\n', `  Truck,\n  ${icon},\n`);
    expect(after.split('\n').length - before.split('\n').length).toBe(2);
    writeFileSync(screens, after);

    expect(run('typescript/bin/tsc', '--noEmit', '-p', 'web').stdout).toBe('');
    expect(
      run('vite/bin/vite.js', 'build', '--config', 'web/vite.config.ts', '--outDir', join(copy, 'built'), 'web'),
    ).toMatchObject({ status: 0 });

    const { page: opened, context, complaints } = await visit(/Rosa/);
    // What a redirect of the issuer leads to is not intercepted: the changed pages come after the sign-in.
    await opened.route(`${url}/**`, async (route) => {
      const { pathname } = new URL(route.request().url());
      if (/^\/(v1|issuer|config\.json)/.test(pathname)) return route.continue();
      const name = extname(pathname) ? pathname : '/index.html';
      await route.fulfill({ path: join(copy, 'built', name), contentType: types[extname(name)] ?? 'image/svg+xml' });
    });
    await opened.goto(`${url}/c/c-1/overview`);
    await opened.getByRole('link', { name: 'Refunds' }).click();
    await opened.getByRole('heading', { name: 'Refunds', level: 1 }).waitFor();
    await settled(opened);
    expect(await opened.locator('[data-kpi]').count()).toBeGreaterThan(3);
    expect(complaints).toEqual([]);
    await context.close();
  });
});
