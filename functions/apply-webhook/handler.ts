/** What does apply-webhook do? Reads from the vendor what notifications on the queue name; one that fails comes again alone. */
import type { SQSEvent } from 'aws-lambda';
import { applyWebhook } from '../../shared/connections/apply-webhook.ts';
import type { Waiting } from '../../shared/connections/waiting.ts';
import { messageOf } from '../../shared/errors.ts';
import { openConnectors } from '../connectors.ts';
import { serveJob } from '../job.ts';

/** With less time left (ms) than a call may take, what is not done goes back to the queue. */
const leastLeft = 40_000;

export const handler = serveJob(
  // What fails here comes again from the queue, so that a call is not tried as often as by the poller.
  (_, environment) => ({ ...openConnectors(environment), client: { attempts: 3 } }),
  async (connectors, { Records }: SQSEvent, millisecondsLeft) => {
    const outcomes: Record<string, number> = {};
    const batchItemFailures: { itemIdentifier: string }[] = [];
    const count = (outcome: string) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    for (const { messageId, body } of Records) {
      if (millisecondsLeft() < leastLeft) {
        count('no time');
        batchItemFailures.push({ itemIdentifier: messageId });
        continue;
      }
      try {
        count(await applyWebhook(connectors, JSON.parse(body) as Waiting));
      } catch (error) {
        count('failed');
        console.error(JSON.stringify({ level: 'error', message: messageOf(error) }));
        batchItemFailures.push({ itemIdentifier: messageId });
      }
    }
    return { outcomes, batchItemFailures };
  },
);
