/**
 * A service of any checkout whose functions' reads are counted: `node metered-service.ts <checkout> <data dir>`, with a channel to who
 * starts it. The calls of `report` pass a proxy that asks the embedded table for the capacity that each one consumed.
 */
import { request as ask, createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

/** What is said when the service stands. */
export interface Ready {
  url: string;
  /** May post events. */
  writer: string;
  /** May read the numbers of all creators. */
  reader: string;
}

/** Read units that `report` consumed since it was asked last. */
export interface Units {
  calls: number;
  units: number;
}

/** The parts of a checkout that both know. */
interface Runtime {
  url: string;
  token(request: { roles: string[]; expiresIn: number }): Promise<string>;
  stop(): Promise<void>;
}
interface Stores {
  servers: { endpoints: { dynamodb: string } };
  deployment: { functions: { name: string; environment: Record<string, string> }[] };
}

const [checkout = '', dataDir = ''] = process.argv.slice(2);
const counted: Units = { calls: 0, units: 0 };

const isRead = /\.(GetItem|BatchGetItem|Query)$/;

function count(body: Buffer): void {
  const { ConsumedCapacity = [] } = JSON.parse(body.toString()) as { ConsumedCapacity?: object };
  counted.calls += 1;
  for (const { CapacityUnits = 0 } of [ConsumedCapacity].flat() as { CapacityUnits?: number }[]) counted.units += CapacityUnits;
}

async function bytesOf(stream: AsyncIterable<Buffer>): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** Starts the proxy of a table's endpoint; answers its own. */
async function meter(endpoint: string): Promise<string> {
  const server = createServer(async (incoming, outgoing) => {
    const text = (await bytesOf(incoming)).toString();
    const body = JSON.stringify({ ...JSON.parse(text), ReturnConsumedCapacity: 'TOTAL' });
    const headers = { ...incoming.headers, 'content-length': String(Buffer.byteLength(body)) };
    const onward = ask(endpoint + incoming.url, { method: incoming.method ?? 'POST', headers }, async (answer) => {
      const bytes = await bytesOf(answer);
      if (answer.statusCode === 200 && isRead.test(String(incoming.headers['x-amz-target']))) count(bytes);
      outgoing.writeHead(answer.statusCode ?? 500, answer.headers).end(bytes);
    });
    onward.on('error', () => outgoing.destroy());
    onward.end(body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

process.env.TZ = 'UTC';
process.chdir(checkout);
const { startRuntime } = await import(join(checkout, 'local/main.ts'));
const { prepareDemo } = await import(join(checkout, 'samples/demo/run.ts'));
const { demoAccounts } = await import(join(checkout, 'samples/demo/shops.ts'));
const runtime: Runtime = await startRuntime({
  port: 0,
  dataDir,
  accounts: demoAccounts,
  prepare: async (stores: Stores) => {
    await prepareDemo(stores, () => {});
    const report = stores.deployment.functions.find(({ name }) => name === 'report');
    if (!report) throw new Error('There is no function report.');
    report.environment.AWS_ENDPOINT_URL_DYNAMODB = await meter(stores.servers.endpoints.dynamodb);
  },
});
const tokenOf = (role: string) => runtime.token({ roles: [role], expiresIn: 12 * 3600 });
process.on('message', async (message: 'units' | 'stop') => {
  if (message === 'units') process.send?.({ ...counted } satisfies Units);
  if (message === 'units') Object.assign(counted, { calls: 0, units: 0 });
  if (message === 'stop') await runtime.stop();
  if (message === 'stop') process.exit(0);
});
// Whoever started it is gone.
process.on('disconnect', () => process.exit(1));
process.send?.({ url: runtime.url, writer: await tokenOf('service'), reader: await tokenOf('analyst') } satisfies Ready);
