/** Which snapshot of each entity counts in the end? The newest that can be counted, by version, then stamp, then content. */
import { contentHash } from '../../shared/events/facts.ts';
import type { StreamRecord } from '../../shared/events/record.ts';

/** A record as it was put on the stream, with its place there: shard and sequence number. */
export interface LakeRecord extends StreamRecord {
  place: string;
}

/** Is it in euros without a rate? */
export const isRateless = ({ data }: StreamRecord['event']): boolean =>
  data.currency === 'EUR' && data.exchangeRate === undefined;

/** Can it be counted under its stamp? Euros need a rate; the first definitions cannot count an order of a campaign. */
export function canCount({ event, stamp }: StreamRecord): boolean {
  if (event.type.includes('creator.updated')) return true;
  if (isRateless(event)) return false;
  return !(event.type.includes('order.updated') && stamp.definitions < 2 && event.data.campaign !== undefined);
}

const orderOf = ({ event, stamp }: StreamRecord): (number | string)[] => [
  event.entityversion,
  stamp.definitions,
  stamp.profile,
  contentHash(event.data),
];

function isAfter(a: StreamRecord, b: StreamRecord): boolean {
  const [left, right] = [orderOf(a), orderOf(b)];
  for (const [i, value] of left.entries()) if (value !== right[i]) return value > right[i]!;
  return false;
}

/** The newest record of each entity, by creator and subject. */
export function newestOf(records: Iterable<LakeRecord>): Map<string, LakeRecord> {
  const newest = new Map<string, LakeRecord>();
  for (const record of records) {
    const key = `${record.event.creatorid} ${record.event.subject}`;
    const known = newest.get(key);
    if (!known || isAfter(record, known)) newest.set(key, record);
  }
  return newest;
}
