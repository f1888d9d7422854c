/** What do tests of importers need? Small files written for one test, and all that an importer makes of them. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';
import { type CloudEvent, parseEvent } from '../../shared/events/parse.ts';

/** A folder with these files, gone when the test has ended. A name with .gz is gzipped. */
export function folderOf(files: { [name: string]: string }): string {
  const folder = mkdtempSync(join(tmpdir(), 'samples-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  for (const [name, text] of Object.entries(files))
    writeFileSync(join(folder, name), name.endsWith('.gz') ? gzipSync(text) : text);
  return folder;
}

export async function all(events: AsyncIterable<CloudEvent>): Promise<CloudEvent[]> {
  const list: CloudEvent[] = [];
  for await (const event of events) list.push(event);
  return list;
}

/** The one event with this subject (of this creator). */
export function found(events: CloudEvent[], subject: string, creatorId?: string): CloudEvent {
  const hits = events.filter((event) => event.subject === subject && (creatorId === undefined || event.creatorid === creatorId));
  if (hits.length !== 1)
    throw new Error(`${hits.length} events of ${subject}; there are ${events.map((event) => event.subject).join(', ')}`);
  return hits[0] as CloudEvent;
}

export const entityName = (event: CloudEvent): string => event.type.split('.')[2] ?? '';

/** What the API would say of the events that it would refuse. */
export const refusals = (events: Iterable<CloudEvent>, now: number): string[] =>
  [...events].flatMap((event) => {
    const parsed = parseEvent(event, now);
    return parsed.ok ? [] : [`${event.subject}: ${parsed.message}`];
  });

export function countByEntity(events: Iterable<CloudEvent>): { [entity: string]: number } {
  const counts: { [entity: string]: number } = {};
  for (const event of events) counts[entityName(event)] = (counts[entityName(event)] ?? 0) + 1;
  return counts;
}
