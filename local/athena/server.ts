/** How does an unchanged AWS SDK client talk to the embedded Athena? JSON 1.1 over HTTP, on this machine only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import type { AthenaCatalog } from './catalog.ts';
import { RequestError } from './errors.ts';
import { openExecutions } from './executions.ts';
import { errorTypeOf, makeOperations } from './operations.ts';

export interface AthenaServerOptions {
  catalog: AthenaCatalog;
  /** Folder of the embedded S3, and where it answers. */
  storageDir: string;
  s3: string;
  region: string;
  /** For views and tables that statements make. */
  stateDir: string;
}

/** Starts the server on any free port. */
export async function startAthena(options: AthenaServerOptions): Promise<{ port: number; close(): Promise<void> }> {
  const { catalog, storageDir, stateDir, s3: endpoint, region } = options;
  const put = async (bucket: string, key: string, body: Uint8Array): Promise<void> => {
    // Loaded by the first result: a start of the service waits for nothing that it does not need.
    const [{ S3Client }, { openLake }, { openUpload }] = await Promise.all([
      import('@aws-sdk/client-s3'),
      import('../../shared/lake/store.ts'),
      import('../../shared/lake/upload.ts'),
    ]);
    const s3 = new S3Client({ endpoint, region, credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
    // In parts: the embedded S3 takes eleven megabytes at once, and answers have no limit.
    const upload = await openUpload(openLake(bucket, s3), {
      key,
      type: 'application/octet-stream',
      fileName: key.split('/').at(-1) ?? key,
    });
    await upload.write(body);
    await upload.complete();
    s3.destroy();
  };
  const executions = openExecutions({ catalog, storageDir, stateDir, put });
  const operations = makeOperations(catalog, executions);
  const server = createServer((request, response) => void answer(request, response, operations));
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(0, '127.0.0.1', resolve));
  return { port: (server.address() as AddressInfo).port, close: () => close(server, executions.close) };
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  operations: ReturnType<typeof makeOperations>,
): Promise<void> {
  const send = (status: number, body: object): void => {
    response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' }).end(JSON.stringify(body));
  };
  try {
    const name = String(request.headers['x-amz-target'] ?? '').replace(/^AmazonAthena\./, '');
    const body = await text(request);
    const operation = Object.hasOwn(operations, name) ? operations[name] : undefined;
    if (!operation) throw new RequestError(`The embedded Athena does not know the operation ${name}.`);
    send(200, operation(JSON.parse(body || '{}') as { [key: string]: unknown }));
  } catch (reason) {
    const type = errorTypeOf(reason);
    send(type === 'InternalServerException' ? 500 : 400, {
      __type: type,
      message: reason instanceof Error ? reason.message : String(reason),
    });
  }
}

function close(server: Server, also: () => void): Promise<void> {
  also();
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
