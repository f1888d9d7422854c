/**
 * How do large files get into the embedded S3, and out of it? TRICKY: fauxqs takes bodies of eleven megabytes, S3 of five gigabytes, and holds in
 * memory whatever it takes or hands out: what is larger than `largeBytes` goes past it, between the connection and the disk.
 */
import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { join, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';

export const largeBytes = 8 * 2 ** 20;

/** What fauxqs keeps of an object whose bytes are on disk. */
interface KeptObject {
  contentLength: number;
  contentType: string;
  etag: string;
  lastModified: Date;
  metadata: { [name: string]: string };
  contentLanguage?: string;
  contentDisposition?: string;
  contentEncoding?: string;
  cacheControl?: string;
}

/** The part of fauxqs' store that is used here. */
interface Store {
  buckets: Map<string, Map<string, KeptObject>>;
}

/** The store of the server that is started next in this thread; it is there once a bucket is. */
export async function findStore(): Promise<() => Store | undefined> {
  const address = new URL('./s3/s3Store.js', import.meta.resolve('fauxqs'));
  const { S3Store } = (await import(address.href)) as { S3Store: { prototype: { createBucket(...of: unknown[]): unknown } } };
  const { createBucket } = S3Store.prototype;
  let found: Store | undefined;
  S3Store.prototype.createBucket = function (this: Store, ...of: unknown[]) {
    found = this;
    return createBucket.apply(this as never, of);
  };
  return () => found;
}

interface Place {
  bucket: string;
  key: string;
}

function placeOf(request: IncomingMessage): Place & { isPlain: boolean } {
  const { pathname, search } = new URL(request.url ?? '/', 'http://127.0.0.1');
  const [bucket = '', ...key] = pathname.slice(1).split('/').map(decodeURIComponent);
  return { bucket, key: key.join('/'), isPlain: !/[?&](uploads|uploadId|partNumber|versionId)\b/i.test(search) };
}

/** Where fauxqs looks for the bytes of an object; `.meta.json` beside it says what they are. */
function stemOf(folder: string, { bucket, key }: Place): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: as fauxqs writes names
  const name = key.replaceAll(/[<>:"|?*\\%\x00-\x1f]/g, (sign) => `%${sign.charCodeAt(0).toString(16).padStart(2, '0')}`);
  return join(folder, 'buckets', bucket, 'objects', name.split('/').join(sep));
}

/** Bytes of a request to a file; answers their number and ETag. */
async function laidDown(request: IncomingMessage, path: string): Promise<{ contentLength: number; etag: string }> {
  const hash = createHash('md5');
  let contentLength = 0;
  async function* counted(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    for await (const chunk of chunks) {
      hash.update(chunk);
      contentLength += chunk.length;
      yield chunk;
    }
  }
  await pipeline(request, counted, createWriteStream(path));
  return { contentLength, etag: `"${hash.digest('hex')}"` };
}

const incoming = (folder: string): string => join(folder, 'incoming');

/** Removes what was on its way when the server stopped. */
export const dropIncoming = (folder: string): void => rmSync(incoming(folder), { recursive: true, force: true });

/** What of a request's headers stays with the object. */
const putWith = ({ headers }: IncomingMessage): { [name: string]: string } =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, text]) =>
      typeof text === 'string' && /^(content-(type|language|disposition|encoding)|cache-control|x-amz-meta-.*)$/.test(name)
        ? [[name, text]]
        : [],
    ),
  );

/** Has fauxqs put an object without bytes, and lays the bytes in its place. Answers what it answered. */
async function put(folder: string, store: () => Store | undefined, request: IncomingMessage, place: Place): Promise<Response> {
  mkdirSync(incoming(folder), { recursive: true });
  const path = join(incoming(folder), randomUUID());
  try {
    const { contentLength, etag } = await laidDown(request, path);
    const { pathname } = new URL(request.url ?? '/', 'http://127.0.0.1');
    const headers = putWith(request);
    const answer = await fetch(`http://127.0.0.1:${request.socket.localPort}${pathname}`, { method: 'PUT', headers, body: '' });
    const object = store()?.buckets.get(place.bucket)?.get(place.key);
    if (!answer.ok || !object) return answer;
    const stem = stemOf(folder, place);
    const kept = JSON.parse(readFileSync(`${stem}.meta.json`, 'utf8')) as object;
    renameSync(path, `${stem}.data`);
    writeFileSync(`${stem}.meta.json`, JSON.stringify({ ...kept, contentLength, etag }));
    Object.assign(object, { contentLength, etag });
    return new Response('', { headers: { etag } });
  } finally {
    rmSync(path, { force: true });
  }
}

/** First and last byte that are asked for; undefined where it is all of them, or asked for in another way. */
function rangeOf(asked: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, from = '', to = ''] = /^bytes=(\d*)-(\d*)$/.exec(asked ?? '') ?? [];
  if (from === '') return to === '' ? undefined : { start: Math.max(0, size - Number(to)), end: size - 1 };
  return { start: Number(from), end: to === '' ? size - 1 : Math.min(Number(to), size - 1) };
}

/** What an object was put with, as headers. */
function headersOf({ etag, contentType, lastModified, metadata, ...put }: KeptObject): { [name: string]: string } {
  const told = {
    'content-language': put.contentLanguage,
    'content-disposition': put.contentDisposition,
    'content-encoding': put.contentEncoding,
    'cache-control': put.cacheControl,
    ...Object.fromEntries(Object.entries(metadata).map(([name, text]) => [`x-amz-meta-${name}`, text])),
  };
  const known = Object.entries(told).filter((header): header is [string, string] => header[1] !== undefined);
  return { etag, 'content-type': contentType, 'last-modified': lastModified.toUTCString(), ...Object.fromEntries(known) };
}

function get(path: string, object: KeptObject, request: IncomingMessage, response: ServerResponse): void {
  const { contentLength: size } = object;
  const range = rangeOf(request.headers.range, size);
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    ...headersOf(object),
    'content-length': end - start + 1,
    'accept-ranges': 'bytes',
    ...(range ? { 'content-range': `bytes ${start}-${end}/${size}` } : {}),
  });
  // Whoever asked may hang up in the middle.
  pipeline(createReadStream(path, { start, end }), response).catch(() => response.destroy());
}

/** Puts and gets what is large between connection and disk; everything else goes on as it is. */
export function withLargeObjects(folder: string, store: () => Store | undefined, serve: RequestListener): RequestListener {
  return (request, response) => {
    const { isPlain, ...place } = placeOf(request);
    const length = Number(request.headers['content-length'] ?? 0);
    if (request.method === 'PUT' && isPlain && length > largeBytes) {
      put(folder, store, request, place).then(
        async (answer) => {
          response.writeHead(answer.status, { etag: answer.headers.get('etag') ?? '' }).end(await answer.text());
        },
        (error: unknown) => response.writeHead(500).end(String(error)),
      );
      return;
    }
    const object = request.method === 'GET' && isPlain ? store()?.buckets.get(place.bucket)?.get(place.key) : undefined;
    const range = rangeOf(request.headers.range, object?.contentLength ?? 0);
    const isAsked = !range || range.start <= range.end;
    const isConditional = Object.keys(request.headers).some((name) => /^if-/.test(name));
    if (!object || object.contentLength <= largeBytes || !isAsked || isConditional) return serve(request, response);
    get(`${stemOf(folder, place)}.data`, object, request, response);
  };
}
