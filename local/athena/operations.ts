/** How are Athena's requests answered? One function for each operation of its JSON protocol. */

import type { AthenaCatalog, NamedQuery } from './catalog.ts';
import { QueryError, RequestError } from './errors.ts';
import {
  type Execution,
  type Executions,
  groupOf,
  type PreparedStatement,
  preparedKey,
  type StartRequest,
} from './executions.ts';
import type { ResultColumn } from './values.ts';

type Body = { [key: string]: unknown };
type Operation = (body: Body) => object;

const mostRows = 1000;

/** The operations by their names in `X-Amz-Target`. */
export function makeOperations(catalog: AthenaCatalog, executions: Executions): { [name: string]: Operation } {
  const preparedAt = (body: Body): string =>
    preparedKey(groupOf(catalog, textOf(body.WorkGroup)).name, String(body.StatementName));
  const preparedOf = (body: Body): PreparedStatement => {
    const found = executions.prepared.get(preparedAt(body));
    if (!found)
      throw new RequestError(
        `PreparedStatement ${String(body.StatementName)} was not found in workGroup ${String(body.WorkGroup)}`,
        'ResourceNotFoundException',
      );
    return found;
  };
  const save = (body: Body): object => {
    const { StatementName, QueryStatement, WorkGroup, Description } = body as unknown as PreparedStatement & {
      WorkGroup: string;
    };
    if (!/^[A-Za-z_]\w*$/.test(StatementName ?? '')) throw new RequestError(`StatementName ${StatementName} is invalid`);
    executions.prepared.set(preparedAt(body), {
      StatementName,
      QueryStatement,
      WorkGroupName: WorkGroup,
      Description,
      LastModifiedTime: Date.now() / 1000,
    });
    return {};
  };
  return {
    StartQueryExecution: (body) => ({ QueryExecutionId: executions.start(body as unknown as StartRequest) }),
    GetQueryExecution: ({ QueryExecutionId }) => ({ QueryExecution: describeExecution(executions.get(QueryExecutionId)) }),
    BatchGetQueryExecution: ({ QueryExecutionIds }) => ({
      QueryExecutions: (QueryExecutionIds as string[]).map((id) => describeExecution(executions.get(id))),
      UnprocessedQueryExecutionIds: [],
    }),
    ListQueryExecutions: ({ WorkGroup }) => ({
      QueryExecutionIds: executions.list(groupOf(catalog, textOf(WorkGroup)).name).slice(0, 50),
    }),
    GetQueryResults: (body) => resultPage(executions.get(body.QueryExecutionId), body),
    StopQueryExecution: ({ QueryExecutionId }) => {
      executions.stop(QueryExecutionId);
      return {};
    },
    CreatePreparedStatement: (body) => {
      if (executions.prepared.has(preparedAt(body)))
        throw new RequestError(`PreparedStatement ${String(body.StatementName)} already exists`);
      return save(body);
    },
    UpdatePreparedStatement: (body) => {
      preparedOf(body);
      return save(body);
    },
    GetPreparedStatement: (body) => ({ PreparedStatement: preparedOf(body) }),
    DeletePreparedStatement: (body) => {
      preparedOf(body);
      executions.prepared.delete(preparedAt(body));
      return {};
    },
    ListPreparedStatements: ({ WorkGroup }) => ({
      PreparedStatements: [...executions.prepared.values()]
        .filter(({ WorkGroupName }) => WorkGroupName === WorkGroup)
        .map(({ StatementName, LastModifiedTime }) => ({ StatementName, LastModifiedTime })),
    }),
    ListNamedQueries: ({ WorkGroup }) => ({
      NamedQueryIds: catalog.namedQueries.filter(({ workGroup }) => workGroup === (WorkGroup ?? 'primary')).map(({ id }) => id),
    }),
    GetNamedQuery: ({ NamedQueryId }) => {
      const found = catalog.namedQueries.find(({ id }) => id === NamedQueryId);
      if (!found) throw new RequestError(`NamedQuery ${String(NamedQueryId)} was not found`);
      return { NamedQuery: describeNamed(found) };
    },
    BatchGetNamedQuery: ({ NamedQueryIds }) => {
      const ids = NamedQueryIds as string[];
      return {
        NamedQueries: catalog.namedQueries.filter(({ id }) => ids.includes(id)).map(describeNamed),
        UnprocessedNamedQueryIds: ids
          .filter((id) => !catalog.namedQueries.some((each) => each.id === id))
          .map((NamedQueryId) => ({ NamedQueryId })),
      };
    },
    GetWorkGroup: ({ WorkGroup }) => {
      const { name, cutoffBytes, isEnforced, outputLocation } = groupOf(catalog, textOf(WorkGroup));
      const Configuration = {
        EnforceWorkGroupConfiguration: isEnforced,
        BytesScannedCutoffPerQuery: cutoffBytes,
        ResultConfiguration: { OutputLocation: outputLocation },
      };
      return { WorkGroup: { Name: name, State: 'ENABLED', Configuration } };
    },
    ListWorkGroups: () => ({ WorkGroups: catalog.workGroups.map(({ name }) => ({ Name: name, State: 'ENABLED' })) }),
  };
}

const textOf = (value: unknown): string | undefined => (value === undefined || value === null ? undefined : String(value));

const describeNamed = ({ id, name, description, database, workGroup, sql }: NamedQuery): object => ({
  NamedQueryId: id,
  Name: name,
  Description: description,
  Database: database,
  WorkGroup: workGroup,
  QueryString: sql,
});

/** Times are in seconds on the wire, durations in milliseconds. */
function describeExecution({
  id,
  request,
  workGroup,
  outputLocation,
  state,
  reason,
  answer,
  submittedAt,
  startedAt,
  completedAt,
}: Execution): object {
  return {
    QueryExecutionId: id,
    Query: request.QueryString,
    StatementType: answer && !answer.isQuery ? 'DDL' : 'DML',
    QueryExecutionContext: request.QueryExecutionContext,
    ExecutionParameters: request.ExecutionParameters,
    ResultConfiguration: { OutputLocation: outputLocation },
    WorkGroup: workGroup,
    EngineVersion: { SelectedEngineVersion: 'AUTO', EffectiveEngineVersion: 'Athena engine version 3' },
    Status: {
      State: state,
      StateChangeReason: reason,
      SubmissionDateTime: submittedAt / 1000,
      CompletionDateTime: completedAt && completedAt / 1000,
      ...(state === 'FAILED' ? { AthenaError: { ErrorCategory: 2, ErrorMessage: reason, Retryable: false } } : {}),
    },
    Statistics: {
      DataScannedInBytes: answer?.scannedBytes ?? 0,
      EngineExecutionTimeInMillis: startedAt ? (completedAt ?? Date.now()) - startedAt : 0,
      QueryQueueTimeInMillis: (startedAt ?? completedAt ?? Date.now()) - submittedAt,
      TotalExecutionTimeInMillis: (completedAt ?? Date.now()) - submittedAt,
    },
  };
}

/** A page of rows. TRICKY: the first row of the first page is the header, and counts. */
function resultPage(execution: Execution, body: Body): object {
  const { state, reason, answer } = execution;
  if (state === 'FAILED' || state === 'CANCELLED')
    throw new RequestError(`Query did not finish successfully. Final query state: ${state}${reason ? ` (${reason})` : ''}`);
  if (state !== 'SUCCEEDED' || !answer) throw new RequestError(`Query has not yet finished. Current state: ${state}`);
  const size = Number(body.MaxResults ?? mostRows);
  if (!Number.isInteger(size) || size < 1 || size > mostRows)
    throw new RequestError(`MaxResults is more than maximum allowed length ${mostRows}.`);
  const from = body.NextToken === undefined || body.NextToken === null ? 0 : readToken(String(body.NextToken));
  const header = answer.isQuery ? [answer.columns.map(({ name }) => name)] : [];
  // Not all rows in one list with the header: a copy of a long answer for each of its pages is most of the work.
  const before = header.length;
  const page = [...header.slice(from, from + size), ...answer.rows.slice(Math.max(0, from - before), from + size - before)];
  const isMore = from + size < before + answer.rows.length;
  if (!isMore) {
    execution.isRead = true;
    answer.rows.pack();
  }
  const next = isMore ? Buffer.from(String(from + size)).toString('base64url') : undefined;
  return {
    ResultSet: {
      Rows: page.map((row) => ({ Data: row.map((value) => (value === null ? {} : { VarCharValue: value })) })),
      ResultSetMetadata: { ColumnInfo: answer.columns.map(describeColumn) },
    },
    UpdateCount: 0,
    NextToken: next,
  };
}

function readToken(token: string): number {
  const from = Number(Buffer.from(token, 'base64url').toString());
  if (!Number.isInteger(from) || from < 1) throw new RequestError('Invalid pagination token');
  return from;
}

const describeColumn = ({ name, type, precision, scale }: ResultColumn): object => ({
  CatalogName: 'hive',
  SchemaName: '',
  TableName: '',
  Name: name,
  Label: name,
  Type: type,
  Precision: precision,
  Scale: scale,
  Nullable: 'UNKNOWN',
  CaseSensitive: type === 'varchar',
});

/** The wire's name of what went wrong. */
export const errorTypeOf = (reason: unknown): string => {
  if (reason instanceof RequestError) return reason.type;
  return reason instanceof QueryError ? 'InvalidRequestException' : 'InternalServerException';
};
