/** What do carrier services say of parcels? */
import { postAfterShipWebhook, postEasyPostWebhook, postShippoWebhook } from '../../../shared/api/webhooks.ts';
import { receiveCarrier } from '../../../shared/connections/receive-carrier.ts';
import { type Call, route } from '../../http.ts';
import { metric } from '../../metric.ts';
import { answerOf } from '../answer.ts';
import type { WebhookContext } from '../context.ts';

const take =
  (service: Parameters<typeof receiveCarrier>[0]) =>
  async ({ rawBody, headers, now }: Call, { send, keys }: WebhookContext) => {
    const { received, named } = await receiveCarrier(service, { send, keys: await keys() }, rawBody, headers, now);
    if (named) console.log(metric('UnclassifiedTracking', (100 * named.unclassified) / named.statuses, 'Percent'));
    return answerOf(service, received);
  };

export const easyPostWebhook = route(postEasyPostWebhook, take('easypost'));
export const afterShipWebhook = route(postAfterShipWebhook, take('aftership'));
export const shippoWebhook = route(postShippoWebhook, take('shippo'));
