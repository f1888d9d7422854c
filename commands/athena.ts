/** How is the lake asked from a terminal? SQL goes through Athena's API of the running embedded runtime. */

import { setTimeout as pause } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetWorkGroupCommand,
  ListWorkGroupsCommand,
  paginateGetQueryResults,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';
import { readRuntimeAddress } from '../local/data-dir.ts';

const USAGE = `npm run athena -- "select …" [value …] [flags]
  value              takes the place of a question mark; an SQL literal: "'c-1'" or 12
  --database NAME    where tables are looked for; without it, the one of the lake
  --workgroup NAME   whose rules hold; without it, the first one that has a place for results
  --data-dir .data   data folder of the running service
  --help             this text`;

try {
  await main();
} catch (reason) {
  console.error(reason instanceof Error ? reason.message : String(reason));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  const { values: flags, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      database: { type: 'string' },
      workgroup: { type: 'string' },
      'data-dir': { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
  });
  const [sql, ...values] = positionals;
  if (flags.help || !sql) return console.log(USAGE);
  const athena = clientOf(flags['data-dir']);
  try {
    const { QueryExecutionId: id } = await athena.send(
      new StartQueryExecutionCommand({
        QueryString: sql,
        WorkGroup: flags.workgroup ?? (await workGroupWithResults(athena)),
        ...(flags.database ? { QueryExecutionContext: { Database: flags.database } } : {}),
        ...(values.length ? { ExecutionParameters: values } : {}),
      }),
    );
    const { bytes, millis } = await untilDone(athena, id);
    const rows: (string | undefined)[][] = [];
    for await (const { ResultSet } of paginateGetQueryResults({ client: athena }, { QueryExecutionId: id }))
      rows.push(...(ResultSet?.Rows ?? []).map(({ Data = [] }) => Data.map(({ VarCharValue }) => VarCharValue)));
    for (const line of tableOf(rows)) console.log(line);
    console.error(`${Math.max(0, rows.length - 1)} rows, ${bytes} bytes scanned, ${millis} ms`);
  } finally {
    athena.destroy();
  }
}

function clientOf(dataDir: string): AthenaClient {
  const endpoint = readRuntimeAddress(dataDir)?.endpoints.athena;
  if (!endpoint)
    throw new Error(`No embedded runtime runs on ${dataDir}. Start one with npm start, or name its folder with --data-dir.`);
  return new AthenaClient({ endpoint, region: 'us-east-1', credentials: { accessKeyId: 'local', secretAccessKey: 'local' } });
}

/** The runtime's only lake is the default; people's limits do not bind those who own the machine. */
async function workGroupWithResults(athena: AthenaClient): Promise<string> {
  const { WorkGroups = [] } = await athena.send(new ListWorkGroupsCommand({}));
  for (const { Name } of WorkGroups) {
    const { WorkGroup } = await athena.send(new GetWorkGroupCommand({ WorkGroup: Name }));
    if (Name && WorkGroup?.Configuration?.ResultConfiguration?.OutputLocation) return Name;
  }
  throw new Error('No workgroup of the template has a place for results: name one with --workgroup.');
}

async function untilDone(athena: AthenaClient, id: string | undefined): Promise<{ bytes: number; millis: number }> {
  for (let wait = 10; ; wait = Math.min(500, wait * 1.5)) {
    const { QueryExecution: execution } = await athena.send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const { State: state, StateChangeReason: reason } = execution?.Status ?? {};
    if (state === 'FAILED' || state === 'CANCELLED') throw new Error(`${state}: ${reason ?? 'no reason given'}`);
    const { DataScannedInBytes: bytes = 0, EngineExecutionTimeInMillis: millis = 0 } = execution?.Statistics ?? {};
    if (state === 'SUCCEEDED') return { bytes, millis };
    await pause(wait);
  }
}

/** Rows under one another, each column as wide as its widest value; NULL is left empty. */
function tableOf(rows: (string | undefined)[][]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)));
  const lines = rows.map((row) =>
    widths
      .map((width, i) => (row[i] ?? '').padEnd(width))
      .join('  ')
      .trimEnd(),
  );
  const [header, ...rest] = lines;
  return header === undefined ? [] : [header, widths.map((width) => '-'.repeat(width)).join('  '), ...rest];
}
