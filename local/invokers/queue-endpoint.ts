/** How is a message left on a queue and worked off, without SQS? SendMessage alone, spoken on a loopback port; the function behind it is queue-consumer.ts's to invoke. */
import { createHash, randomUUID } from 'node:crypto';
import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { type Http2Proxy, startHttp2Proxy } from '../servers/http2-proxy.ts';

export interface QueueEndpointOptions {
  has(queue: string): boolean;
  /** Keeps a message until its function has worked it off: it is on disk when this returns. */
  add(queue: string, message: QueueMessage): void;
}

/** A message as a function gets it. */
export interface QueueMessage {
  messageId: string;
  body: string;
}

const answer = (response: ServerResponse, status: number, body: unknown): void =>
  void response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));

async function jsonOf(request: IncomingMessage): Promise<Record<string, unknown>> {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text || '{}');
}

/** Starts the endpoint that `AWS_ENDPOINT_URL_SQS` names. */
export function startQueueEndpoint({ has, add }: QueueEndpointOptions): Promise<Http2Proxy> {
  const listener: RequestListener = async (request, response) => {
    const { QueueUrl, MessageBody } = await jsonOf(request);
    if (request.headers['x-amz-target'] !== 'AmazonSQS.SendMessage')
      return answer(response, 400, { __type: 'UnsupportedOperation', message: 'The embedded queue only takes messages.' });
    const queue = String(QueueUrl).split('/').at(-1) ?? '';
    if (!has(queue)) return answer(response, 400, { __type: 'QueueDoesNotExist', message: 'There is no such queue.' });
    const [messageId, body] = [randomUUID(), String(MessageBody)];
    add(queue, { messageId, body });
    return answer(response, 200, { MessageId: messageId, MD5OfMessageBody: createHash('md5').update(body).digest('hex') });
  };
  return startHttp2Proxy(listener);
}
