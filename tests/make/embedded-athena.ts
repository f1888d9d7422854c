/** How does a test ask an embedded lake as a job does? The commands of the client, answered by the engine at once, and puts to its files. */
import { writeFileSync } from 'node:fs';
import type { Answer } from '../../local/athena/engine.ts';
import type { Athena } from '../../shared/lake/athena.ts';
import type { Lake } from '../../shared/lake/store.ts';
import type { EmbeddedLake } from './embedded-lake.ts';

interface AnyCommand {
  constructor: { name: string };
  input: { QueryString?: string; ExecutionParameters?: string[]; QueryExecutionId?: string; Key?: string; Body?: Uint8Array };
}

type Outcome = { answer: Answer } | { reason: string };

/** Athena over an engine. A statement that was started ends, whatever becomes of who started it. */
export function athenaOf({ engine }: EmbeddedLake): Athena {
  const outcomes: Outcome[] = [];
  const send = async ({ constructor: { name }, input }: AnyCommand) => {
    if (name === 'StartQueryExecutionCommand') {
      const ended = engine.query(input.QueryString ?? '', input.ExecutionParameters ?? []);
      const place = outcomes.push(
        await ended.then(
          (answer) => ({ answer }),
          (reason: Error) => ({ reason: reason.message }),
        ),
      );
      return { QueryExecutionId: String(place - 1) };
    }
    const outcome = outcomes[Number(input.QueryExecutionId)];
    if (!outcome) throw new Error(`no query ${input.QueryExecutionId}`);
    if (name === 'GetQueryExecutionCommand') {
      const Status = 'reason' in outcome ? { State: 'FAILED', StateChangeReason: outcome.reason } : { State: 'SUCCEEDED' };
      return { QueryExecution: { Status } };
    }
    if ('reason' in outcome) throw new Error(outcome.reason);
    const { columns, rows } = outcome.answer;
    const header = columns.map((column) => column.name);
    const Rows = [header, ...rows].map((row) => ({ Data: row.map((cell) => (cell === null ? {} : { VarCharValue: cell })) }));
    return { ResultSet: { ResultSetMetadata: { ColumnInfo: header.map((Name) => ({ Name })) }, Rows } };
  };
  return { database: 'creator_analytics', workGroup: 'jobs', send: send as unknown as Athena['send'] };
}

/** The lake bucket, into which one can only put. */
export function lakeOf({ bucket, place }: EmbeddedLake): Lake {
  const send = async ({ input }: AnyCommand) => writeFileSync(place(input.Key ?? ''), input.Body ?? '');
  return { bucket, send: send as unknown as Lake['send'] };
}
