/** What does a browser see at the runtime's own address? */
import type { RequestListener } from 'node:http';

/** Serves the start page; whatever else is asked for is not there. */
export function servePages(url: string): RequestListener {
  return (request, response) => {
    const isStart = request.url === '/' && (request.method === 'GET' || request.method === 'HEAD');
    response.setHeader('content-type', isStart ? 'text/html; charset=utf-8' : 'application/json');
    response.statusCode = isStart ? 200 : 404;
    response.end(isStart ? startPage(url) : '{"message":"Not Found"}');
  };
}

function startPage(url: string): string {
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Creator Analytics</title>
<h1>Creator Analytics</h1>
<p>The service runs here. Its API is described at <a href="${url}/v1/docs">${url}/v1/docs</a>.</p>
<p>A token for it: <code>npm run token -- --creator c-1 --role creator</code></p>
</html>
`;
}
