/** How does a function start another one without waiting for it? Lambda keeps the event, and tries a failed run again twice. */
import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';

/** Hands an event over; resolves when Lambda has it. */
export type Start = (event: unknown) => Promise<void>;

/** Starts runs of this function (its name or ARN). */
export function openStart(functionName: string, client = new LambdaClient({})): Start {
  return async (event) => {
    const Payload = Buffer.from(JSON.stringify(event));
    await client.send(new InvokeCommand({ FunctionName: functionName, InvocationType: 'Event', Payload }));
  };
}
