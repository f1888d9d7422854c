/** What does apply-webhook do? Reads from the vendor what notifications on the queue name; one that fails comes again alone. */
import type { SQSEvent } from 'aws-lambda';
import { applyWebhook } from '../../shared/connections/apply-webhook.ts';
import type { Waiting } from '../../shared/connections/receive-tiktok-shop.ts';
import { messageOf } from '../../shared/errors.ts';
import { openConnectors } from '../connectors.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (_, environment) => openConnectors(environment),
  async (connectors, { Records }: SQSEvent) => {
    const outcomes: Record<string, number> = {};
    const batchItemFailures: { itemIdentifier: string }[] = [];
    const count = (outcome: string) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    };
    for (const { messageId, body } of Records) {
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
