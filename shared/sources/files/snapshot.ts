/** How does a sample become an event? One envelope for importers and the demo; its id and version follow from the content, so a repeat is the same event. */
import { createHash } from 'node:crypto';
import { typeOf } from '../../events/entities.ts';
import type { CloudEvent } from '../../events/parse.ts';

type Data = CloudEvent['data'];

function isData(value: unknown): value is Data {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Without fields that are undefined: a snapshot must hash the same before and after it travelled as JSON. */
function withoutAbsent(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutAbsent);
  if (!isData(value)) return value;
  const kept: Data = {};
  for (const [name, each] of Object.entries(value)) if (each !== undefined) kept[name] = withoutAbsent(each);
  return kept;
}

const longestId = 256;

/** Ids longer than the envelope allows keep their beginning and end in a hash. */
function idOf(text: string): string {
  return text.length <= longestId
    ? text
    : `${text.slice(0, longestId - 23).toWellFormed()}~${createHash('sha256').update(text).digest('base64url').slice(0, 22)}`;
}

export interface SnapshotOf {
  source: string;
  /** Name of the entity: order, shipment, … */
  entity: string;
  creatorId: string;
  subject: string;
  /** Latest instant (ms) that the snapshot knows of: its version and its business time. */
  at: number;
  /** Version (ms) where it is not the business time. */
  version?: number;
  data: Data;
  /** Of a shipment: carrier and tracking number, `USPS/9400…`. */
  trackingKey?: string | undefined;
}

/** An event as `POST /v1/events` takes it. */
export function snapshot({ source, entity, creatorId, subject, at, version = at, data, trackingKey }: SnapshotOf): CloudEvent {
  return {
    specversion: '1.0',
    id: idOf(`${creatorId}/${subject}@${version}`),
    source,
    type: typeOf(entity),
    subject,
    time: instant(at),
    creatorid: creatorId,
    entityversion: version,
    data: withoutAbsent(data) as Data,
    ...(trackingKey === undefined ? {} : { trackingkey: trackingKey }),
  };
}

/** An instant (ms) as events write it: without milliseconds where there are none. */
export const instant = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
