/** What lies in quarantine, and how does it leave? Listed page by page; what was replayed is kept aside under another prefix, marked as such. */
import {
  type _Object,
  DeleteObjectCommand,
  GetObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  type S3Client,
} from '@aws-sdk/client-s3';
import { entities } from '../events/entities.ts';
import type { CloudEvent } from '../events/parse.ts';
import type { Quarantined } from './quarantine.ts';

interface Bucket {
  bucket: string;
  send: S3Client['send'];
}

export interface Held extends Quarantined {
  key: string;
  /** When it was accepted, or where its stamp says nothing when it was put there (ISO, UTC). */
  at: string;
  /** The event as far as it can be read; it may be anything. */
  event: Partial<CloudEvent> | undefined;
}

/** Which records are meant; everything where nothing is said. */
export interface Wanted {
  creator?: string | undefined;
  /** Part of the reason. */
  reason?: string | undefined;
  /** Instants or days (ISO, UTC), both included. */
  since?: string | undefined;
  until?: string | undefined;
  /** Sequence number. */
  id?: string | undefined;
}

const waitingPrefix = 'quarantine/';
const replayedPrefix = 'replayed/';

function readEvent(data: string): { event?: Partial<CloudEvent>; stamp?: { receivedAt?: unknown } } {
  try {
    const read: unknown = JSON.parse(Buffer.from(data, 'base64').toString());
    return typeof read === 'object' && read !== null ? read : {};
  } catch {
    return {};
  }
}

async function hold({ bucket, send }: Bucket, key: string, putAt: Date | undefined): Promise<Held> {
  const { Body } = await send(new GetObjectCommand({ Bucket: bucket, Key: key }));
  const stored = JSON.parse((await Body?.transformToString()) ?? '{}') as Quarantined;
  const { event, stamp } = readEvent(stored.data);
  const at = typeof stamp?.receivedAt === 'string' ? stamp.receivedAt : (putAt?.toISOString() ?? '');
  return { ...stored, key, at, event: typeof event === 'object' && event !== null ? event : undefined };
}

function isWanted({ event, reason, at, sequenceNumber }: Held, wanted: Wanted): boolean {
  return (
    (wanted.creator === undefined || event?.creatorid === wanted.creator) &&
    (wanted.reason === undefined || reason.includes(wanted.reason)) &&
    (wanted.since === undefined || at >= wanted.since) &&
    (wanted.until === undefined || at.slice(0, wanted.until.length) <= wanted.until) &&
    (wanted.id === undefined || sequenceNumber === wanted.id)
  );
}

/** What lies in quarantine, page by page. */
async function* keysOf({ bucket, send }: Bucket): AsyncGenerator<_Object> {
  let token: string | undefined;
  do {
    const page = await send(new ListObjectsV2Command({ Bucket: bucket, Prefix: waitingPrefix, ContinuationToken: token }));
    yield* page.Contents ?? [];
    token = page.NextContinuationToken;
  } while (token);
}

/** The records in quarantine that are wanted, shard by shard in the order of the stream. */
export async function* heldRecords(bucket: Bucket, wanted: Wanted = {}): AsyncGenerator<Held> {
  for await (const { Key, LastModified } of keysOf(bucket)) {
    const held = Key && (await hold(bucket, Key, LastModified));
    if (held && isWanted(held, wanted)) yield held;
  }
}

/** Keys end with the sequence number: what is not asked for is not fetched. */
export async function heldById(bucket: Bucket, ids: readonly string[]): Promise<Map<string, Held>> {
  const wanted = new Set(ids);
  const found = new Map<string, Held>();
  for await (const { Key, LastModified } of keysOf(bucket)) {
    const id = Key?.slice(Key.lastIndexOf('/') + 1, -'.json'.length) ?? '';
    if (Key && wanted.has(id)) found.set(id, await hold(bucket, Key, LastModified));
    if (found.size === wanted.size) break;
  }
  return found;
}

/** Marks a record as replayed: kept under `replayed/` with the time, then gone from quarantine. Cut off between, it is only replayed again. */
export async function keepAsReplayed(
  { bucket, send }: Bucket,
  { key, at: _, event: __, ...stored }: Held,
  now: number,
): Promise<void> {
  const Body = JSON.stringify({ ...stored, replayedAt: new Date(now).toISOString() });
  const Key = replayedPrefix + key.slice(waitingPrefix.length);
  await send(new PutObjectCommand({ Bucket: bucket, Key, Body, ContentType: 'application/json' }));
  await send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** Takes a record out of quarantine for good. */
export async function discard({ bucket, send }: Bucket, { key }: Held): Promise<void> {
  await send(new DeleteObjectCommand({ Bucket: bucket, Key: key }));
}

/** An event with its personal fields masked; of an entity that is not known, all of its data. */
export function masked(event: Partial<CloudEvent> | undefined): unknown {
  if (typeof event?.data !== 'object' || event.data === null) return event;
  const entity = entities.get(String(event.type ?? '').split('.')[2] ?? '');
  const hide = (name: string): boolean => !entity || (entity.personal?.includes(name) ?? false);
  return {
    ...event,
    data: Object.fromEntries(Object.entries(event.data).map(([name, value]) => [name, hide(name) ? '…' : value])),
  };
}
