/** How do events stand on the stream? As records with a stamp, one after the other. */
import { type CloudEvent, parseEvent } from '../../shared/events/parse.ts';
import type { Stamp } from '../../shared/events/record.ts';
import type { Incoming } from '../../shared/fold/fold.ts';
import { sequenceOf } from '../../shared/fold/sequence.ts';
import { dictionary } from '../../shared/kpis/dictionary.ts';
import { beginning, type ZoneSpan } from '../../shared/time.ts';

export const inZone = (zone: string): ZoneSpan[] => [{ from: beginning, zone }];

/** New York, dollars, the newest definitions, first of everything else. */
export const aStamp = (stamp: Partial<Stamp> = {}): Stamp => ({
  definitions: dictionary.latest,
  profile: 1,
  zones: inZone('America/New_York'),
  currency: 'USD',
  generation: 1,
  epoch: 1,
  receivedAt: '2026-06-01T00:00:00.000Z',
  ...stamp,
});

/** The n-th record of a stream. Throws on an event that would not be accepted. */
export function aRecord(event: CloudEvent, n: number, stamp: Partial<Stamp> = {}): Incoming {
  const whole = aStamp(stamp);
  const parsed = parseEvent(event, Date.parse(whole.receivedAt));
  if (!parsed.ok) throw new Error(`${event.subject}: ${parsed.message}`);
  return {
    seq: sequenceOf(whole.epoch, String(n).padStart(56, '0')),
    record: { event: parsed.event, stamp: whole },
    entity: parsed.entity,
    subject: parsed.subject,
  };
}

/** Events as records in the order given. */
export const aStream = (events: CloudEvent[], stamp: Partial<Stamp> = {}, from = 1): Incoming[] =>
  events.map((event, i) => aRecord(event, from + i, stamp));
