/** What may a page of this machine do at the embedded S3? Put a file to an address below uploads/, as the bucket's CORS says in AWS; nothing more. */
import type { RequestListener } from 'node:http';

const ownPage = /^http:\/\/(127\.0\.0\.1|localhost)(:\d+)?$/;
const uploads = /^\/[^/]+\/uploads\//;

/** Answers a browser's questions before a PUT, and lets it hear the answer; everything else goes on as it is. */
export function withUploads(serve: RequestListener): RequestListener {
  return (request, response) => {
    const { origin = '' } = request.headers;
    const asked = request.method === 'OPTIONS' ? request.headers['access-control-request-method'] : request.method;
    if (asked !== 'PUT' || !ownPage.test(origin) || !uploads.test(request.url ?? '')) return serve(request, response);
    response.setHeader('access-control-allow-origin', origin);
    response.setHeader('vary', 'origin');
    if (request.method === 'PUT') return serve(request, response);
    const allowed = { 'access-control-allow-methods': 'PUT', 'access-control-allow-headers': 'content-type' };
    response.writeHead(204, allowed).end();
  };
}
