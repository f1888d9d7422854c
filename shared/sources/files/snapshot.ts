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
  for (const name of Object.keys(value)) {
    const each = value[name];
    if (each !== undefined) kept[name] = typeof each === 'object' ? withoutAbsent(each) : each;
  }
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

const aDay = 86_400_000;
const days = new Map<number, string>();

/** `2026-11-20T` of a day since 1970, remembered: the times of a file lie on few days. */
function dayText(day: number): string {
  const known = days.get(day);
  if (known !== undefined) return known;
  if (days.size > 20_000) days.clear();
  const text = new Date(day * aDay).toISOString().slice(0, 11);
  days.set(day, text);
  return text;
}

const two = Array.from({ length: 60 }, (_, value) => String(value).padStart(2, '0'));

/** An instant (ms) as events write it: without milliseconds where there are none. */
export function instant(at: number): string {
  if (at % 1000 !== 0) return new Date(at).toISOString();
  const day = Math.floor(at / aDay);
  const second = (at - day * aDay) / 1000;
  return `${dayText(day)}${two[Math.floor(second / 3600)]}:${two[Math.floor(second / 60) % 60]}:${two[second % 60]}Z`;
}
