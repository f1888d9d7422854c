/** How is a message left for a function that works it off later? On a queue, which keeps it until it is done. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';

/** Leaves a message; resolves when the queue has it. */
export type Send = (message: unknown) => Promise<void>;

export function openQueue(queueUrl: string, client = new SQSClient({})): Send {
  return async (message) => {
    await client.send(new SendMessageCommand({ QueueUrl: queueUrl, MessageBody: JSON.stringify(message) }));
  };
}
