/** How are measurements taken over HTTP? An embedded runtime in a folder of its own, and requests that fail loudly. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { AthenaClient } from '@aws-sdk/client-athena';
import { type Runtime, startRuntime } from '../../local/main.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { type Athena, openAthena } from '../../shared/lake/athena.ts';
import { openTable, type Table } from '../../shared/store/table.ts';

export interface Service {
  runtime: Runtime;
  table: Table;
  athena: Athena;
  get(path: string): Promise<{ milliseconds: number; body: Record<string, unknown> }>;
  post(events: CloudEvent[]): Promise<void>;
  stop(): Promise<void>;
}

/** Starts the runtime with the template's own settings, on a free port; requests act as an analyst, events as a service. */
export async function startService(): Promise<Service> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-'));
  const runtime = await startRuntime({ port: 0, dataDir: folder });
  const [reader, writer] = await Promise.all([runtime.token({ roles: ['analyst'] }), runtime.token({ roles: ['service'] })]);
  const { environment = {} } = runtime.deployment.functions.find(({ name }) => name === 'reconcile') ?? {};
  const athena = new AthenaClient({
    region: runtime.deployment.region,
    endpoint: runtime.servers.endpoints.athena,
    credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
  });
  return {
    runtime,
    athena: openAthena(environment.ATHENA_DATABASE ?? '', environment.ATHENA_WORK_GROUP ?? '', athena),
    table: openTable(runtime.deployment.tables[0]?.name ?? '', runtime.servers.clients.dynamodb),
    async get(path) {
      const began = performance.now();
      const answer = await fetch(`${runtime.url}${path}`, { headers: { authorization: `Bearer ${reader}` } });
      const text = await answer.text();
      const milliseconds = performance.now() - began;
      if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${text.slice(0, 300)}`);
      return { milliseconds, body: JSON.parse(text) };
    },
    async post(events) {
      const answer = await fetch(`${runtime.url}/v1/events`, {
        method: 'POST',
        headers: { authorization: `Bearer ${writer}`, 'content-type': 'application/cloudevents-batch+json' },
        body: JSON.stringify(events),
      });
      const text = await answer.text();
      if (answer.status !== 202 || JSON.parse(text).rejected.length)
        throw new Error(`POST /v1/events: ${answer.status} ${text.slice(0, 300)}`);
    },
    async stop() {
      await runtime.stop();
      rmSync(folder, { recursive: true });
    },
  };
}
