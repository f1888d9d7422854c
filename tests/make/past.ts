/** What was known before an import, told from the stream: what the lake would say, without a lake. */
import { contentHash, withdrawnHash } from '../../shared/events/facts.ts';
import { isNewer } from '../../shared/events/record.ts';
import type { Before, Past } from '../../shared/lake/before.ts';
import type { MadeStream } from './servers.ts';

export const pastOn = (stream: MadeStream): Past => ({
  accepted: async () => '',
  has: async () => true,
  async newest(creatorId, entity, subjects, without) {
    const newest = new Map<string, { order: Parameters<typeof isNewer>[0]; before: Before }>();
    for (const { record } of await stream.records()) {
      const { event, stamp } = record;
      if (event.creatorid !== creatorId || event.type.split('.')[2] !== entity || !subjects.includes(event.subject)) continue;
      if (without.some((end) => event.source.endsWith(end))) continue;
      const hash = contentHash(event.data);
      const order = { version: event.entityversion, definitions: stamp.definitions, profile: stamp.profile, hash };
      const known = newest.get(event.subject);
      const before = { version: event.entityversion, hash, at: Date.parse(event.time), data: event.data };
      if (!known || isNewer(order, known.order)) newest.set(event.subject, { order, before });
    }
    const there = [...newest].filter(([, { order }]) => order.hash !== withdrawnHash);
    return new Map(there.map(([subject, { before }]) => [subject, before]));
  },
});
