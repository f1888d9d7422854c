/** What became of each query? Athena's API as functions: started, asked after, read page by page, stopped. */
import { randomUUID } from 'node:crypto';
import type { AthenaCatalog, WorkGroup } from './catalog.ts';
import { csvOf } from './csv.ts';
import type { Answer, Engine, Put } from './engine.ts';
import { QueryError, RequestError } from './errors.ts';
import { parseLocation } from './files.ts';
import { type KeptRows, keepRows } from './kept-rows.ts';
import { splitLiterals } from './literals.ts';

export interface ExecutionsOptions {
  catalog: AthenaCatalog;
  engine: Engine;
  put: Put;
}

export interface StartRequest {
  QueryString: string;
  ClientRequestToken?: string;
  QueryExecutionContext?: { Database?: string; Catalog?: string };
  ResultConfiguration?: { OutputLocation?: string };
  WorkGroup?: string;
  ExecutionParameters?: string[];
}

type State = 'QUEUED' | 'RUNNING' | 'SUCCEEDED' | 'FAILED' | 'CANCELLED';

export interface Execution {
  id: string;
  request: StartRequest;
  workGroup: string;
  outputLocation: string;
  state: State;
  reason?: string;
  answer?: Omit<Answer, 'rows'> & { rows: KeptRows };
  /** Its last page was handed out. */
  isRead?: boolean;
  submittedAt: number;
  startedAt?: number;
  completedAt?: number;
  stop: AbortController;
}

export interface PreparedStatement {
  StatementName: string;
  QueryStatement: string;
  WorkGroupName: string;
  Description?: string;
  LastModifiedTime: number;
}

export interface Executions {
  start(request: StartRequest): string;
  get(id: unknown): Execution;
  stop(id: unknown): void;
  list(workGroup: string): string[];
  /** By workgroup and name, in lower case. */
  prepared: Map<string, PreparedStatement>;
  /** Stops what runs, and resolves when nothing does. */
  close(): Promise<void>;
}

const atOnce = 4;
/** Answers stay in memory; older ones are in S3 all the same. */
const remembered = 100;
/** Of answers that were read to their end; those that someone still reads stay. */
const rowsRemembered = 100_000;

export const preparedKey = (workGroup: string, name: string): string => `${workGroup}/${name.toLowerCase()}`;

/** Opens the queries of one catalog. */
export function openExecutions({ catalog, engine, put }: ExecutionsOptions): Executions {
  const executions = new Map<string, Execution>();
  const byToken = new Map<string, string>();
  const prepared = new Map<string, PreparedStatement>();
  const waiting: (() => void)[] = [];
  const runs = new Set<Promise<void>>();
  let running = 0;

  async function run(execution: Execution, group: WorkGroup): Promise<void> {
    if (running >= atOnce) await new Promise<void>((resolve) => waiting.push(resolve));
    running += 1;
    try {
      if (execution.stop.signal.aborted) throw new QueryError('USER_CANCELED', 'Query was canceled');
      execution.state = 'RUNNING';
      execution.startedAt = Date.now();
      const answer = await askEngine(engine, execution, group, prepared);
      execution.answer = { ...answer, rows: keepRows(answer.rows) };
      const { bucket, prefix } = parseLocation(execution.outputLocation);
      if (answer.isQuery) await put(bucket, prefix, Buffer.from(csvOf(answer)));
      execution.state = 'SUCCEEDED';
    } catch (reason) {
      execution.state = execution.stop.signal.aborted ? 'CANCELLED' : 'FAILED';
      execution.reason = reason instanceof Error ? reason.message : String(reason);
    } finally {
      execution.completedAt = Date.now();
      running -= 1;
      waiting.shift()?.();
    }
  }

  const get = (id: unknown): Execution => {
    const found = executions.get(String(id));
    if (!found) throw new RequestError(`QueryExecution ${String(id)} was not found`);
    return found;
  };

  return {
    start: (request) => {
      const token = request.ClientRequestToken;
      const before = token ? byToken.get(token) : undefined;
      if (before) {
        if (get(before).request.QueryString !== request.QueryString)
          throw new RequestError('Idempotent parameters do not match for ClientRequestToken');
        return before;
      }
      const group = groupOf(catalog, request.WorkGroup);
      if (!request.QueryString?.trim()) throw new RequestError('QueryString must not be empty');
      const id = randomUUID();
      const execution: Execution = {
        id,
        request,
        workGroup: group.name,
        outputLocation: `${placeOf(group, request)}${id}.csv`,
        state: 'QUEUED',
        submittedAt: Date.now(),
        stop: new AbortController(),
      };
      executions.set(id, execution);
      if (token) byToken.set(token, id);
      forgetOldest(executions, byToken);
      const running = run(execution, group).finally(() => runs.delete(running));
      runs.add(running);
      return id;
    },
    get,
    stop: (id) => {
      const execution = get(id);
      if (execution.state === 'QUEUED' || execution.state === 'RUNNING') execution.stop.abort();
    },
    list: (workGroup) =>
      [...executions.values()]
        .filter((each) => each.workGroup === workGroup)
        .map(({ id }) => id)
        .reverse(),
    prepared,
    close: async () => {
      for (const { stop } of executions.values()) stop.abort();
      // TRICKY: DuckDB takes the whole process down when it is closed under a query that has not ended.
      await Promise.allSettled(runs);
      engine.close();
    },
  };
}

export function groupOf(catalog: AthenaCatalog, name = 'primary'): WorkGroup {
  const group = catalog.workGroups.find((each) => each.name === name);
  if (!group) throw new RequestError(`WorkGroup ${name} is not found.`);
  return group;
}

/** Where results go: the workgroup's place if it insists on it, else the request's, else the workgroup's. */
function placeOf(group: WorkGroup, { ResultConfiguration }: StartRequest): string {
  const asked = ResultConfiguration?.OutputLocation;
  const place = group.isEnforced && group.outputLocation ? group.outputLocation : (asked ?? group.outputLocation);
  if (!place?.startsWith('s3://'))
    throw new RequestError(
      'No output location provided. An output location is required either through the Workgroup result configuration setting or as an API input.',
    );
  return place.replace(/\/?$/, '/');
}

function forgetOldest(executions: Map<string, Execution>, byToken: Map<string, string>): void {
  let rows = 0;
  for (const { answer, isRead } of executions.values()) if (isRead) rows += answer?.rows.length ?? 0;
  for (const [id, { state, request, answer, isRead }] of executions) {
    if (executions.size <= remembered && rows <= rowsRemembered) return;
    if (state === 'QUEUED' || state === 'RUNNING') continue;
    if (executions.size <= remembered && !(isRead && answer?.rows.length)) continue;
    executions.delete(id);
    if (isRead) rows -= answer?.rows.length ?? 0;
    if (request.ClientRequestToken) byToken.delete(request.ClientRequestToken);
  }
}

const execute = /^\s*EXECUTE\s+"?([A-Za-z_]\w*)"?(?:\s+USING\s+([\s\S]+?))?\s*;?\s*$/i;

/** Runs the statement, or the prepared one that it names. */
async function askEngine(
  engine: Engine,
  { request, outputLocation, stop }: Execution,
  group: WorkGroup,
  prepared: Map<string, PreparedStatement>,
): Promise<Answer> {
  const { QueryString: sql, ExecutionParameters: values = [], QueryExecutionContext: context } = request;
  if (context?.Catalog && context.Catalog.toLowerCase() !== 'awsdatacatalog')
    throw new QueryError('CATALOG_NOT_FOUND', `Catalog '${context.Catalog}' does not exist`);
  const [, name, using] = sql.match(execute) ?? [];
  const found = name === undefined ? undefined : prepared.get(preparedKey(group.name, name));
  if (name !== undefined && !found)
    throw new QueryError('NOT_FOUND', `PreparedStatement ${name} was not found in workGroup ${group.name}`);
  if (/\bexternal_location\b/i.test(sql) && /^\s*create\s+table\b/i.test(sql) && group.isEnforced && group.outputLocation)
    throw new QueryError(
      'INVALID_TABLE_PROPERTY',
      "The Create Table As Select query failed because it was submitted with an 'external_location' property to an Athena Workgroup that enforces a centralized output location for all queries.",
    );
  return engine.query(found?.QueryStatement ?? sql, using ? splitLiterals(using) : values, {
    ...(context?.Database ? { database: context.Database } : {}),
    ...(group.cutoffBytes === undefined ? {} : { cutoffBytes: group.cutoffBytes }),
    tableLocation: outputLocation.replace(/([^/]+)\.csv$/, 'tables/$1/'),
    signal: stop.signal,
  });
}
