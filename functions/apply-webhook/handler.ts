/** What does apply-webhook do? Reads from the vendor what notifications on the queue name; one that fails comes again alone. */
import type { SQSEvent } from 'aws-lambda';
import { applyWebhooks } from '../../shared/connections/apply-webhooks.ts';
import type { Waiting } from '../../shared/connections/waiting.ts';
import { messageOf } from '../../shared/errors.ts';
import { openConnectors } from '../connectors.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  // What fails here comes again from the queue, so that a call is not tried as often as by the poller.
  (_, environment) => ({ ...openConnectors(environment), client: { attempts: 3 } }),
  async (connectors, { Records }: SQSEvent, millisecondsLeft) => {
    const messages = Records.map(({ body }) => JSON.parse(body) as Waiting);
    const failed = (error: unknown) => console.error(JSON.stringify({ level: 'error', message: messageOf(error) }));
    const outcomes = await applyWebhooks(connectors, messages, { millisecondsLeft, failed });
    const counts: Record<string, number> = {};
    for (const outcome of outcomes) counts[outcome] = (counts[outcome] ?? 0) + 1;
    const comesAgain = Records.filter((_, i) => outcomes[i] === 'failed' || outcomes[i] === 'no time');
    return { outcomes: counts, batchItemFailures: comesAgain.map(({ messageId }) => ({ itemIdentifier: messageId })) };
  },
);
