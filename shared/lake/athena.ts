/** How is the lake asked? SQL through Athena, values bound, rows as they come, page by page. */

import { setTimeout as pause } from 'node:timers/promises';
import {
  AthenaClient,
  GetQueryExecutionCommand,
  GetQueryResultsCommand,
  type GetQueryResultsCommandOutput,
  StartQueryExecutionCommand,
} from '@aws-sdk/client-athena';

export interface Athena {
  database: string;
  workGroup: string;
  send: AthenaClient['send'];
}

/** A row by column name; every value is text, NULL is null. */
export type AthenaRow = { [column: string]: string | null };

/** What a question cost and where its answer lies. */
export interface Asked {
  id: string;
  scannedBytes: number;
  milliseconds: number;
}

/** The columns of an answer, and its rows as they come, page by page. */
export interface Answer extends Asked {
  columns: string[];
  rows: AsyncGenerator<AthenaRow>;
}

const rowsAPage = 1000;
const shortest = 25;
const longest = 1000;

/** Athena of a database and a workgroup; region, endpoint and credentials come from the environment. */
export function openAthena(database: string, workGroup: string, client = new AthenaClient({})): Athena {
  return {
    database,
    workGroup,
    send: ((command: Parameters<AthenaClient['send']>[0]) => client.send(command)) as AthenaClient['send'],
  };
}

/** A value as a literal of an execution parameter: text in quotes, its own quotes doubled. */
export const literal = (value: string | number): string =>
  typeof value === 'number' ? String(value) : `'${value.replaceAll("'", "''")}'`;

/** Runs a statement to its end. Throws an Error with Athena's words where it fails. */
export async function ask({ database, workGroup, send }: Athena, sql: string, values: (string | number)[] = []): Promise<Asked> {
  const { QueryExecutionId: id } = await send(
    new StartQueryExecutionCommand({
      QueryString: sql,
      WorkGroup: workGroup,
      QueryExecutionContext: { Database: database },
      ...(values.length ? { ExecutionParameters: values.map(literal) } : {}),
    }),
  );
  for (let wait = shortest; ; wait = Math.min(longest, wait * 1.5)) {
    const { QueryExecution: execution } = await send(new GetQueryExecutionCommand({ QueryExecutionId: id }));
    const { State: state, StateChangeReason: reason } = execution?.Status ?? {};
    const { DataScannedInBytes: scannedBytes = 0, EngineExecutionTimeInMillis: milliseconds = 0 } = execution?.Statistics ?? {};
    if (state === 'SUCCEEDED') return { id: id ?? '', scannedBytes, milliseconds };
    if (state === 'FAILED' || state === 'CANCELLED') throw new Error(`Athena: ${reason ?? state}`);
    await pause(wait);
  }
}

/** Asks a question and begins to read its answer. Throws as `ask` does. */
export async function answerTo(athena: Athena, sql: string, values: (string | number)[] = []): Promise<Answer> {
  const asked = await ask(athena, sql, values);
  const pageAt = (NextToken?: string): Promise<GetQueryResultsCommandOutput> =>
    athena.send(new GetQueryResultsCommand({ QueryExecutionId: asked.id, NextToken, MaxResults: rowsAPage }));
  const first = await pageAt();
  const columns = first.ResultSet?.ResultSetMetadata?.ColumnInfo?.map(({ Name }) => Name ?? '') ?? [];
  async function* rows(): AsyncGenerator<AthenaRow> {
    for (let page = first; ; page = await pageAt(page.NextToken)) {
      // The first row of a question's first page repeats the names of the columns.
      for (const { Data = [] } of (page.ResultSet?.Rows ?? []).slice(page === first ? 1 : 0))
        yield Object.fromEntries(columns.map((name, i) => [name, Data[i]?.VarCharValue ?? null]));
      if (!page.NextToken) return;
    }
  }
  return { ...asked, columns, rows: rows() };
}

/** The rows of a question alone. Throws as `ask` does. */
export async function* rowsFor(athena: Athena, sql: string, values: (string | number)[] = []): AsyncGenerator<AthenaRow> {
  yield* (await answerTo(athena, sql, values)).rows;
}
