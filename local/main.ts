/** How does the whole service run on one machine, from the same template and the same bundles as in AWS? */
import { existsSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { buildWeb } from '../infra/build-web.ts';
import { reportCreators } from '../shared/reports/creators.ts';
import { openTable } from '../shared/store/table.ts';
import { upgradeTable } from '../shared/store/upgrade.ts';
import { type DataDir, openDataDir } from './data-dir.ts';
import { type Deployment, planDeployment } from './deployment.ts';
import { returnIdleMemory } from './idle-memory.ts';
import { type EventQueue, openEventQueue } from './invokers/event-queue.ts';
import { makeGateway } from './invokers/http.ts';
import { makeAuthorizer } from './invokers/jwt.ts';
import { type EventSource, startEventSource } from './invokers/kinesis.ts';
import { type LambdaFunction, makeFunction } from './invokers/lambda.ts';
import { startLambdaEndpoint } from './invokers/lambda-endpoint.ts';
import { makeQueueConsumer } from './invokers/queue-consumer.ts';
import { type QueueMessage, startQueueEndpoint } from './invokers/queue-endpoint.ts';
import { startSchedules } from './invokers/schedule.ts';
import { listenLocally, portOf } from './listen.ts';
import { servePages } from './pages.ts';
import { type Account, makeAccounts } from './servers/accounts.ts';
import { openIssuer, type TokenRequest } from './servers/issuer.ts';
import { type Servers, startServers } from './servers/main.ts';
import { openSecretsFile, startSecrets } from './servers/secrets.ts';
import { synthesize } from './synth.ts';
import { readStacks } from './template.ts';
import { untilHealthy } from './until-healthy.ts';
import { keepVendorKeys, type VendorKeyFlags } from './vendor-keys.ts';

export interface RuntimeOptions {
  /** 8787 unless told; 0 takes any free port. */
  port?: number;
  /** `.data` unless told. */
  dataDir?: string;
  /** What is being done, a line at a time, and what goes wrong later on. */
  log?: (line: string) => void;
  /** Called when an embedded server dies: the runtime is of no use any more. */
  onFailure?: (reason: Error) => void;
  /** Done on the stores before the API opens: what is loaded here has no other writer. */
  prepare?: (stores: Stores) => Promise<void>;
  /** Who can sign in with one click, before the analyst. */
  accounts?: Account[];
  /** Folder of a built dashboard; web/ is built where absent. */
  web?: string;
  /** Keys of apps at vendors; those of an earlier start where absent. */
  vendorKeys?: VendorKeyFlags;
  /** For tests that cannot wait for the template's batching window. */
  windowSeconds?: number;
}

/** The embedded stores, before anything is served from them. */
export type Stores = Pick<Runtime, 'servers' | 'deployment' | 'dataDir'>;

export interface Runtime {
  url: string;
  /** Issuer of the tokens, for OpenID discovery. */
  issuer: string;
  dataDir: string;
  deployment: Deployment;
  /** Endpoints, environment and clients of the embedded servers. */
  servers: Servers;
  /** A JWT that the API accepts. */
  token(request?: TokenRequest): Promise<string>;
  /** Invokes a function by its folder name. */
  invoke(name: string, event: unknown): Promise<unknown>;
  /** The creators that are there now, those who sold most first, at most so many. */
  creators(most: number): Promise<{ creatorId: string; name: string }[]>;
  /** Age in ms of the oldest record read from a stream and not yet applied, by one function or by all; 0 if there is none. */
  lag(functionName?: string): number;
  /** Resolves when every event accepted before the call is applied, by one function or by all. It waits for batching windows. */
  drained(functionName?: string): Promise<void>;
  stop(): Promise<void>;
}

const ISSUER_PATH = '/issuer';
/** Environments per function that answers requests; the stream's function gets one per consumer. */
const HTTP_CONCURRENCY = 3;
const STOP_TIMEOUT_MS = 10_000;

/** Starts everything and resolves when `GET /v1/health` answers 200. Throws, with all of it stopped again, when it cannot. */
export async function startRuntime(options: RuntimeOptions = {}): Promise<Runtime> {
  const { log = () => {}, onFailure = (reason) => log(`An embedded server died: ${reason.message}`) } = options;
  const undo: (() => unknown)[] = [];
  const stop = async (): Promise<void> => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const dataDir = openDataDir(options.dataDir ?? '.data');
    undo.push(dataDir.release);
    // The port is taken first: a mistake there should not cost a synth. It answers 503 until the API stands.
    const entrance = await listenLocally(options.port ?? 8787);
    undo.push(entrance.close);
    const url = `http://127.0.0.1:${portOf(entrance.server)}`;

    const web = (async () => options.web ?? buildWeb(() => log('Building the dashboard (only after a change) …')))();
    // It is waited for further down; until then its failure is no one's.
    web.catch(() => {});
    const { outDir } = await synthesize(() => log('Building the functions and the template (only after a change) …'));
    const names = join(outDir, 'bundle-names.json');
    const deployment = planDeployment(readStacks(outDir), existsSync(names) ? JSON.parse(readFileSync(names, 'utf8')) : {});
    const { api, functions: declared } = deployment;
    // The template's address of the API is one that only AWS answers at.
    for (const { environment } of declared) if (environment.API_URL) environment.API_URL = `${url}/`;
    if (!api) throw new Error('The template has no HTTP API.');

    log('Starting the embedded servers …');
    const servers = await startServers(dataDir, deployment, onFailure, log);
    undo.push(servers.stop);
    if (dataDir.isToUpgrade) {
      log('Upgrading the data folder (once): totals move into pages …');
      const { TABLE_NAME = '' } = functionEnvironment(deployment, 'aggregate');
      const count = await upgradeTable(openTable(TABLE_NAME, servers.clients.dynamodb));
      log(`${count} creators are upgraded.`);
    }
    dataDir.markComplete();
    await options.prepare?.({ servers, deployment, dataDir: dataDir.path });

    const functions: Functions = new Map();
    const consumers = new Map(
      deployment.queues.map((queue) => [queue.name, makeQueueConsumer(queue, (event) => invoke(queue.functionName, event))]),
    );
    const invoke = async (name: string, event: unknown): Promise<unknown> => {
      // What is kept for a queue goes to the function behind it.
      const consumer = consumers.get(name);
      if (consumer) return consumer(event as QueueMessage);
      const found = functions.get(name);
      if (!found) throw new Error(`There is no function ${name}.`);
      return found.invoke(event);
    };
    const later: { queue?: EventQueue } = {};
    const startLater = (name: string, event: unknown): void => later.queue?.add(name, event);
    const lambda = await startLambdaEndpoint({ has: (name) => functions.has(name), invoke, add: startLater });
    undo.push(lambda.close);
    const queues = await startQueueEndpoint({
      has: (name) => consumers.has(name),
      add: startLater,
    });
    undo.push(queues.close);
    // The client of SQS wants an address for a queue; the template's is one that only AWS answers at.
    for (const { environment } of declared)
      if (environment.WEBHOOK_QUEUE) environment.WEBHOOK_QUEUE = `http://127.0.0.1:${queues.port}/${environment.WEBHOOK_QUEUE}`;
    const secretsFile = openSecretsFile(join(dataDir.path, 'secrets.json'));
    keepVendorKeys(secretsFile, functionEnvironment(deployment, 'connect').VENDOR_KEYS ?? '', options.vendorKeys);
    const secrets = await startSecrets(secretsFile);
    undo.push(secrets.close);
    const variables = {
      ...servers.environment,
      AWS_ENDPOINT_URL_LAMBDA: `http://127.0.0.1:${lambda.port}`,
      AWS_ENDPOINT_URL_SQS: `http://127.0.0.1:${queues.port}`,
      AWS_ENDPOINT_URL_SECRETS_MANAGER: `http://127.0.0.1:${secrets.port}`,
    };
    for (const [name, each] of makeFunctions(deployment, variables, dataDir, log)) functions.set(name, each);
    undo.push(() => Promise.all([...functions.values()].map((each) => each.stop())));
    // Vendors wait three seconds for an answer, and a cold start may take as long: these are warm before anybody is told the address.
    const takesWebhooks = api.routes.filter(({ key }) => key.startsWith('POST /v1/webhooks/'));
    const warmed = Promise.all(takesWebhooks.map(({ functionArn }) => functions.get(functionArn)?.warm()));
    warmed.catch(() => {});
    const checkpointOf = (name: string): string => join(dataDir.store('checkpoints'), name);
    later.queue = openEventQueue({ invoke, file: checkpointOf('events.json'), log });
    undo.push(later.queue.stop);
    const { schedules } = deployment;
    undo.push(startSchedules({ schedules, start: startLater, file: checkpointOf('schedules.json') }).stop);
    const sources = startSources(deployment, servers, dataDir, functions, options, log);
    const sourcesOf = (name?: string): EventSource[] => {
      const found = sources.filter(({ functionName }) => !name || functionName === name);
      if (name && found.length === 0) throw new Error(`${name} reads no stream.`);
      return found.map(({ source }) => source);
    };
    undo.push(() =>
      Promise.race([Promise.all(sourcesOf().map((source) => source.stop())), wait(STOP_TIMEOUT_MS, undefined, { ref: false })]),
    );

    const creators = creatorsOf(deployment, servers);
    const accounts = makeAccounts({ fixed: options.accounts ?? [], findCreators: creators });
    const clientId = api.audience[0] ?? 'local';
    const issuer = await openIssuer({ dataDir: dataDir.path, url: url + ISSUER_PATH, audience: clientId, accounts });
    const authorize = makeAuthorizer({ issuer: issuer.url, audience: api.audience, keys: issuer.keys });
    const pagesConfig = {
      issuer: issuer.url,
      clientId,
      dataDir: shortPath(dataDir.path),
      scope: 'openid email',
      signOutUrl: `${issuer.url}/endsession?post_logout_redirect_uri=${encodeURIComponent(`${url}/`)}`,
    };
    const offered = async () => (await accounts()).map(({ id, name }) => ({ id, name }));
    const mounts = [
      { prefix: ISSUER_PATH, handle: issuer.handle },
      { prefix: '/', handle: servePages(await web, pagesConfig, offered, [servers.endpoints.s3]) },
    ];
    entrance.open(makeGateway({ api, account: deployment.account, authorize, invoke, mounts }));
    await untilHealthy(url);
    await warmed;
    returnIdleMemory();
    dataDir.announce({
      url,
      issuer: issuer.url,
      endpoints: servers.endpoints,
      inbox: servers.endpoints.ses,
      environment: {
        ...functionEnvironment(deployment, 'reconcile'),
        QUARANTINE_BUCKET: functionEnvironment(deployment, 'aggregate').QUARANTINE_BUCKET ?? '',
        ...servers.environment,
      },
      pid: process.pid,
      startedAt: new Date().toISOString(),
    });
    // What is in the data folder already is not made to wait for the first five minutes.
    startLater('compute-insight', {});
    return {
      url,
      issuer: issuer.url,
      dataDir: dataDir.path,
      deployment,
      servers,
      token: (request = {}) => issuer.token(request),
      invoke,
      creators,
      lag: (name) => Math.max(0, ...sourcesOf(name).map((source) => source.lag())),
      drained: async (name) => void (await Promise.all(sourcesOf(name).map((source) => source.drained()))),
      stop,
    };
  } catch (reason) {
    await stop();
    throw reason;
  }
}

/** A folder as a command in the checkout takes it: short where it lies in there. */
function shortPath(path: string): string {
  const short = relative(process.cwd(), path);
  return short === '' || short.startsWith('..') ? path : short;
}

/** The creators in the store, those who sold most first. */
function creatorsOf({ tables: [spec] }: Deployment, { clients }: Servers) {
  const table = openTable(spec?.name ?? '', clients.dynamodb);
  return async (most: number) => {
    const query = { search: '', limit: most, sort: 'most-orders' as const };
    return (await reportCreators(query, 'all', { table, now: Date.now(), key: 'no cursor is given out' })).creators;
  };
}

/** What a function of the template finds in its environment; nothing where there is no such function. */
const functionEnvironment = ({ functions }: Deployment, name: string): Record<string, string> =>
  functions.find((each) => each.name === name)?.environment ?? {};

/** Every function under its folder name, its physical name and its ARN: the template uses all three. */
function makeFunctions(
  deployment: Deployment,
  variables: Record<string, string>,
  dataDir: DataDir,
  log: (line: string) => void,
): Functions {
  const functions: Functions = new Map();
  for (const spec of deployment.functions) {
    const consumers = deployment.eventSources
      .filter(({ functionName }) => functionName === spec.arn || functionName === spec.physicalName)
      .map(({ parallelization }) => parallelization);
    const concurrency = Math.max(HTTP_CONCURRENCY, ...consumers);
    const answers = deployment.api?.routes.some(({ functionArn }) => functionArn === spec.arn);
    const staysWarm = answers === true || consumers.length > 0;
    const yields = deployment.queues.some(({ functionName }) => [spec.arn, spec.physicalName].includes(functionName));
    const made = makeFunction({ ...spec, yields }, { variables, logFolder: dataDir.store('logs'), concurrency, staysWarm, log });
    for (const name of [spec.name, spec.physicalName, spec.arn]) functions.set(name, made);
  }
  return functions;
}

type Functions = Map<string, LambdaFunction>;

function startSources(
  deployment: Deployment,
  servers: Servers,
  dataDir: DataDir,
  functions: Functions,
  { windowSeconds }: RuntimeOptions,
  log: (line: string) => void,
): { functionName: string; source: EventSource }[] {
  return deployment.eventSources.map((spec) => {
    const target = functions.get(spec.functionName);
    const stream = deployment.streams.find(({ arn }) => arn === spec.streamArn);
    if (!target || !stream)
      throw new Error(`Event source ${spec.id} names a stream or function that the template does not make.`);
    const source = startEventSource({
      kinesis: servers.clients.kinesis,
      streamName: stream.name,
      region: deployment.region,
      spec: { ...spec, windowSeconds: windowSeconds ?? spec.windowSeconds },
      invoke: (event) => target.invoke(event),
      // A file for each event source: readers of one stream go on independently of each other.
      file: join(dataDir.store('checkpoints'), `${spec.id}.json`),
      log,
    });
    return { functionName: target.name, source };
  });
}
