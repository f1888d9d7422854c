/** Are the dashboard's files served as CloudFront would: screens at every path, files by name, nothing without its headers? */

import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePages } from '../../local/pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'pages-'));
let server: Server;
let url = '';

beforeAll(async () => {
  mkdirSync(join(folder, 'assets'));
  writeFileSync(join(folder, 'index.html'), '<div id="root">');
  writeFileSync(join(folder, 'assets', 'index-abc.js'), 'export {}');
  writeFileSync(join(folder, '..', 'outside.txt'), 'secret');
  server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  server.on(
    'request',
    servePages(folder, { issuer: 'i', clientId: 'c', scope: 'openid', signOutUrl: `${url}/issuer/endsession` }),
  );
});
afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
  rmSync(join(folder, '..', 'outside.txt'));
});

describe('the pages', () => {
  it.each(['/', '/c/c-1/sales?range=last7', '/c/shop.with.dots/overview', '/c/%F0%9F%A7%B4'])(
    '%s is index.html',
    async (path) => {
      const response = await fetch(url + path);
      expect(await response.text()).toBe('<div id="root">');
      expect(response.headers.get('cache-control')).toBe('no-cache, stale-if-error=86400');
      expect(response.headers.get('content-security-policy')).toContain("script-src 'self'");
    },
  );

  it('assets never change, and what is missing is missing', async () => {
    expect((await fetch(`${url}/assets/index-abc.js`)).headers.get('cache-control')).toContain('immutable');
    expect((await fetch(`${url}/assets/index-old.js`)).status).toBe(404);
    expect((await fetch(`${url}/v1/no-such-thing`)).status).toBe(404);
    expect((await fetch(`${url}/%2e%2e/outside.txt`)).status).toBe(404);
    expect((await fetch(`${url}/..%2foutside.txt`)).status).toBe(404);
  });

  it('say who signs people in', async () =>
    expect(await (await fetch(`${url}/config.json`)).json()).toMatchObject({ issuer: 'i' }));
});
