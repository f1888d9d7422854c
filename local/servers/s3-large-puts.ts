/** How does a large file get into the embedded S3? TRICKY: fauxqs takes bodies of eleven megabytes, S3 of five gigabytes: what is larger is put on in parts. */
import type { IncomingMessage, RequestListener } from 'node:http';

const partBytes = 8 * 2 ** 20;

async function asked(url: string, method: string, body?: Buffer | string): Promise<Response> {
  const answer = await fetch(url, { method, ...(body === undefined ? {} : { body: body as BodyInit }) });
  if (!answer.ok) throw new Error(`${method} ${new URL(url).pathname}: ${answer.status} ${await answer.text()}`);
  return answer;
}

/** Pieces of a body of the size of a part; the last may be smaller. */
async function* partsOf(body: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of body) {
    held.push(chunk);
    bytes += chunk.length;
    if (bytes < partBytes) continue;
    yield Buffer.concat(held);
    [held, bytes] = [[], 0];
  }
  if (bytes > 0) yield Buffer.concat(held);
}

/** Answers the object's ETag. Nothing is there before the last part is. */
async function putInParts(request: IncomingMessage, url: string): Promise<string> {
  const created = await (await asked(`${url}?uploads`, 'POST')).text();
  const id = encodeURIComponent(/<UploadId>([^<]+)</.exec(created)?.[1] ?? '');
  const tags: string[] = [];
  for await (const part of partsOf(request)) {
    const answer = await asked(`${url}?partNumber=${tags.length + 1}&uploadId=${id}`, 'PUT', part);
    tags.push(answer.headers.get('etag') ?? '');
  }
  const parts = tags.map((tag, i) => `<Part><PartNumber>${i + 1}</PartNumber><ETag>${tag}</ETag></Part>`).join('');
  const done = await asked(`${url}?uploadId=${id}`, 'POST', `<CompleteMultipartUpload>${parts}</CompleteMultipartUpload>`);
  return /<ETag>([^<]+)</.exec(await done.text())?.[1] ?? '';
}

/** Puts what is larger than a part in parts, at the same server; everything else goes on as it is. */
export function withLargePuts(serve: RequestListener): RequestListener {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const bytes = Number(request.headers['content-length'] ?? 0);
    if (request.method !== 'PUT' || bytes <= partBytes || searchParams.has('partNumber')) return serve(request, response);
    putInParts(request, `http://127.0.0.1:${request.socket.localPort}${pathname}`).then(
      (tag) => response.writeHead(200, { etag: tag }).end(),
      (error: unknown) => response.writeHead(500).end(String(error)),
    );
  };
}
