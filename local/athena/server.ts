/** How does an unchanged AWS SDK client talk to the embedded Athena? JSON 1.1 over HTTP, on this machine only. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type EngineProcessOptions, openEngineProcess } from './engine-process.ts';
import { RequestError } from './errors.ts';
import { openExecutions } from './executions.ts';
import { errorTypeOf, makeOperations } from './operations.ts';

/** Starts the server on any free port. */
export async function startAthena(options: EngineProcessOptions): Promise<{ port: number; close(): Promise<void> }> {
  const { catalog } = options;
  const engine = openEngineProcess(options);
  const executions = openExecutions({ catalog, engine, put: engine.put });
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

async function close(server: Server, before: () => Promise<void>): Promise<void> {
  await before();
  await new Promise<void>((resolve) => {
    server.close(() => resolve());
    server.closeAllConnections();
  });
}
