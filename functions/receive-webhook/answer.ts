/** What does a vendor hear? An empty 200 for all that it signed, an empty 401 for the rest; what is odd is logged without its content. */
import type { Received } from '../../shared/connections/waiting.ts';
import { metric } from '../metric.ts';

export function answerOf(vendor: string, received: Received): { empty: 200 | 401 } {
  if (received === 'refused') console.log(metric('RefusedWebhooks', 1));
  // Genuine and yet no webhook: sent again it would be no better, so it is answered as taken.
  if (received === 'unreadable' || received === 'unknown')
    console.log(JSON.stringify({ level: 'warn', webhook: vendor, outcome: received }));
  return { empty: received === 'refused' ? 401 : 200 };
}
