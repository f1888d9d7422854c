/** What does a Lambda execution environment do with one invocation after another? */

import { constants, setPriority } from 'node:os';
import { pathToFileURL } from 'node:url';
import { parentPort, workerData } from 'node:worker_threads';
import { returnIdleMemory } from '../idle-memory.ts';

export interface Invocation {
  id: string;
  event: string;
  deadline: number;
}

/** JSON both ways, as in Lambda: what JSON does not carry does not arrive. */
export type Outcome = { id: string; result: string } | { id: string; error: { type: string; message: string; trace: string } };

const { code, exported, name, arn, yields } = workerData as {
  code: string;
  exported: string;
  name: string;
  arn: string;
  yields: boolean;
};
// Only there this is of the thread alone.
if (yields && process.platform === 'linux') setPriority(constants.priority.PRIORITY_LOW);
const module = (await import(pathToFileURL(code).href)) as Record<string, unknown>;
const handler = module[exported];
if (typeof handler !== 'function') throw new Error(`${code} exports no function ${exported}.`);

parentPort?.on('message', async ({ id, event, deadline }: Invocation) => {
  parentPort?.postMessage(await run(id, event, deadline));
});
returnIdleMemory();
parentPort?.postMessage('ready');

async function run(id: string, event: string, deadline: number): Promise<Outcome> {
  try {
    const result: unknown = await (handler as (event: unknown, context: object) => unknown)(
      JSON.parse(event),
      contextOf(id, deadline),
    );
    return { id, result: JSON.stringify(result ?? null) };
  } catch (reason) {
    const error = reason instanceof Error ? reason : new Error(String(reason));
    return { id, error: { type: error.name, message: error.message, trace: error.stack ?? '' } };
  }
}

function contextOf(id: string, deadline: number): object {
  return {
    awsRequestId: id,
    functionName: name,
    functionVersion: '$LATEST',
    invokedFunctionArn: arn,
    memoryLimitInMB: process.env.AWS_LAMBDA_FUNCTION_MEMORY_SIZE,
    logGroupName: `/aws/lambda/${name}`,
    logStreamName: 'local',
    callbackWaitsForEmptyEventLoop: true,
    getRemainingTimeInMillis: () => Math.max(0, deadline - Date.now()),
  };
}
