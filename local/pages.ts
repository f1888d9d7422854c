/** What does a browser see at the runtime's own address? The built dashboard, as CloudFront would serve it. */
import type { RequestListener } from 'node:http';
import sirv from 'sirv';
import { endsLikeFile } from '../infra/parts/page-paths.ts';
import { securityHeaders } from '../infra/web-headers.ts';
import type { Config } from '../web/data/config.ts';

/**
 * Serves a built dashboard: hashed assets for good, everything else asked for anew, and index.html for every path of a screen. Whom it
 * signs in with one click is asked with each `config.json`: creators come while it runs. `connect` names origins that its scripts may call.
 */
export function servePages(
  folder: string,
  config: Config,
  accounts?: () => Promise<Config['accounts']>,
  connect: readonly string[] = [],
): RequestListener {
  const headers = securityHeaders({ connect });
  const files = sirv(folder, {
    gzip: true,
    brotli: true,
    etag: true,
    setHeaders: (response, path) => {
      const lasts = path.startsWith('/assets/');
      response.setHeader('cache-control', lasts ? 'public, max-age=31536000, immutable' : 'no-cache, stale-if-error=86400');
    },
  });
  const origin = new URL(config.signOutUrl).origin;
  return (request, response) => {
    for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
    // The issuer knows one address of this page: another name of the same machine could not sign in.
    if (request.headers.host && request.headers.host !== new URL(origin).host) {
      response.writeHead(302, { location: origin + (request.url ?? '/') }).end();
      return;
    }
    const [path = '/'] = (request.url ?? '/').split('?');
    const missing = () => {
      response.writeHead(404, { 'content-type': 'application/json' }).end('{"message":"Not Found"}');
    };
    if (path === '/config.json') {
      const answer = (now: Config): void => {
        response.writeHead(200, { 'content-type': 'application/json', 'cache-control': 'no-cache' }).end(JSON.stringify(now));
      };
      void (accounts?.() ?? Promise.resolve(config.accounts)).then(
        (found) => answer({ ...config, ...(found ? { accounts: found } : {}) }),
        () => answer(config),
      );
      return;
    }
    // What the API does not know is no screen.
    if (path.startsWith('/v1/')) return missing();
    if (!endsLikeFile.test(path)) request.url = '/index.html';
    files(request, response, missing);
  };
}
