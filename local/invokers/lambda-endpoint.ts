/** How does a function invoke another one? Through the Lambda API's Invoke, spoken on a loopback port. */
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Http2Proxy, startHttp2Proxy } from '../servers/http2-proxy.ts';
import type { InvocationError } from './environment.ts';

export interface LambdaEndpointOptions {
  /** Does a function of this name or ARN exist? */
  has(functionName: string): boolean;
  invoke(functionName: string, event: unknown): Promise<unknown>;
  /** Takes an event over for an asynchronous invocation. */
  add(functionName: string, event: unknown): void;
}

/** Starts the endpoint that `AWS_ENDPOINT_URL_LAMBDA` names: Event answers 202 at once, RequestResponse waits for the answer. */
export const startLambdaEndpoint = (options: LambdaEndpointOptions): Promise<Http2Proxy> =>
  startHttp2Proxy(makeListener(options));

const answer = (response: ServerResponse, status: number, body: unknown, headers: Record<string, string> = {}): void =>
  void response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));

function makeListener({ has, invoke, add }: LambdaEndpointOptions): RequestListener {
  return async (request, response) => {
    const name = /^\/2015-03-31\/functions\/([^/?]+)\/invocations/.exec(request.url ?? '')?.[1];
    const functionName = decodeURIComponent(name ?? '');
    const refuse = (status: number, type: string, Message: string) =>
      answer(response, status, { Message }, { 'x-amzn-errortype': type });
    if (request.method !== 'POST' || !name || !has(functionName))
      return refuse(404, 'ResourceNotFoundException', `Function not found: ${functionName}`);
    const text = await textOf(request);
    let event: unknown;
    try {
      event = text ? JSON.parse(text) : {};
    } catch {
      return refuse(400, 'InvalidRequestContentException', 'Could not parse request body into json.');
    }
    if (request.headers['x-amz-invocation-type'] === 'Event') {
      add(functionName, event);
      return void response.writeHead(202).end();
    }
    await invoke(functionName, event).then(
      (result) => answer(response, 200, result),
      ({ type, message }: InvocationError) =>
        answer(response, 200, { errorType: type, errorMessage: message }, { 'x-amz-function-error': 'Unhandled' }),
    );
  };
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return text;
}
