/** Which events make a mixed day? The demo's first shop, creator event first. */
import { demoHistory } from '../../samples/demo/history.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';

/** The newest `count` events of the demo's first creator. */
export function demoEvents(count: number): CloudEvent[] {
  const [first] = demoHistory({ seed: 1, now: Date.now() });
  if (!first) throw new Error('the demo has no creator');
  return [first.creator, ...[...first.events].slice(1 - count)];
}
