/** Is this a valid event? Checks envelope, type, subject, times and snapshot, and names what is wrong and where. */
import * as z from 'zod';
import { entities } from './entities.ts';
import type { Entity } from './entity.ts';
import { day, instant, minute } from './fields.ts';
import { faultOf } from './limits.ts';
import { planOf } from './plan.ts';
import { parseSubject, type Subject } from './subject.ts';
import { isWithdrawn } from './withdrawn.ts';

const aDay = 86_400_000;
// A sort key has at most 1024 bytes, and what stands in front of the subject needs some.
const subjectBytes = 900;

/** CloudEvents 1.0 with the extensions of this API; unknown fields are kept. */
export const envelope = z.looseObject({
  specversion: z.literal('1.0', { error: 'must be "1.0"' }),
  id: z.string().min(1).max(256),
  source: z.string().min(1).max(256),
  type: z.string().min(1).max(128),
  subject: z.string().min(1).max(700),
  time: instant(),
  creatorid: z.string().regex(/^[A-Za-z0-9._~-]{1,128}$/, 'must be 1 to 128 letters, digits or . _ ~ -'),
  entityversion: z.int({ error: 'must be an integer of milliseconds' }).min(1),
  trackingkey: z
    .string()
    .max(300)
    .optional()
    .describe('of a shipment: carrier and tracking number, `USPS/9400…`. Kept as a keyed hash alone, and no part of the event'),
  data: z.record(z.string(), z.unknown()),
});

export type CloudEvent = z.infer<typeof envelope>;
// biome-ignore format: one list
export type EventCode =
  | 'malformed' | 'unknown_type' | 'unknown_version' | 'bad_subject' | 'invalid' | 'unknown_currency' | 'unknown_zone'
  | 'future_time' | 'unknown_creator' | 'missing_rate' | 'currency_change' | 'too_large' | 'unavailable';

export interface Refusal {
  code: EventCode;
  message: string;
}
export type Parsed =
  | {
      ok: true;
      /** Without the tracking number: that is nobody's to read, and goes no further than to whom asks for it here. */
      event: CloudEvent;
      entity: Entity;
      subject: Subject;
      /** Of a shipment, where its source told the number. */
      trackingKey?: string | undefined;
    }
  | ({ ok: false } & Refusal);

const refuse = (code: EventCode, message: string): Parsed => ({ ok: false, code, message });

function explain(error: z.ZodError, prefix: string): Refusal {
  const named = error.issues.find((issue) => issue.code === 'custom' && issue.params?.code);
  const code = (named?.code === 'custom' ? named.params?.code : 'invalid') as EventCode;
  const issues = named ? [named] : error.issues.slice(0, 5);
  return {
    code,
    message: issues
      .map((issue) => `${[prefix, ...issue.path].filter((part) => part !== '').join('.')}: ${issue.message}`)
      .join('; '),
  };
}

function entityOfType(type: string): Entity | Refusal {
  const match = /^dev\.creatoranalytics\.([a-z-]+)\.updated\.v(\d+)$/.exec(type);
  const found = match && entities.get(String(match[1]));
  if (!found)
    return {
      code: 'unknown_type',
      message: `type: unknown event type ${type}; known are dev.creatoranalytics.{${[...entities.keys()].join('|')}}.updated.v1`,
    };
  if (match[2] !== '1')
    return { code: 'unknown_version', message: `type: unknown version v${match[2]} of ${found.name}; known is v1` };
  return found;
}

function futureField(entity: Entity, data: CloudEvent['data'], latest: number): string | undefined {
  return planOf(entity.schema).find(
    (field) => field.kind === 'happened' && typeof data[field.name] === 'string' && Date.parse(String(data[field.name])) > latest,
  )?.name;
}

/** A withdrawal says nothing else, so that all of them are one and the same content. */
function withdrawalFault({ name }: Entity, data: CloudEvent['data']): string | undefined {
  if (name === 'creator') return 'data.withdrawn: a creator’s profile cannot be withdrawn; send the one that holds';
  const more = Object.keys(data).filter((key) => key !== 'withdrawn');
  return more.length ? `data.${more[0]}: what is withdrawn says nothing else; send {"withdrawn": true} alone` : undefined;
}

/** Named parts of subjects that are times, each with one spelling only: two spellings would be two entities. */
const subjectTimes = { day: day(), minute: minute(), validFrom: day() };
/** Those of them that may be still to come. */
const aheadOfTime = ['validFrom'];

function readSubject(entity: Entity, text: string, latest: number): Subject | Refusal {
  const bytes = Buffer.byteLength(text);
  if (bytes > subjectBytes)
    return { code: 'bad_subject', message: `subject: has ${bytes} bytes, more than the ${subjectBytes} that fit into a key` };
  const subject = parseSubject(entity, text);
  if (!subject) return { code: 'bad_subject', message: `subject: ${text} is not of the form ${entity.subject}` };
  for (const [name, schema] of Object.entries(subjectTimes)) {
    const value = subject.ids[name];
    if (value === undefined) continue;
    const read = schema.safeParse(value);
    if (!read.success) return { code: 'bad_subject', message: `subject: ${value} ${read.error.issues[0]?.message}` };
    if (!aheadOfTime.includes(name) && Date.parse(value) > latest)
      return { code: 'future_time', message: `subject: ${value} is more than 24 hours ahead` };
  }
  return subject;
}

/** Checks one event; `now` in ms. A refusal has a stable code and a message with the path of what is wrong. */
export function parseEvent(raw: unknown, now: number): Parsed {
  const fault = faultOf(raw);
  if (fault) return refuse(fault.path[0] === 'data' ? 'invalid' : 'malformed', `${fault.path.join('.')}: ${fault.message}`);
  const outer = envelope.safeParse(raw);
  if (!outer.success) return { ok: false, ...explain(outer.error, ''), code: 'malformed' };
  const event = outer.data;
  const entity = entityOfType(event.type);
  if ('code' in entity) return refuse(entity.code, entity.message);
  const latest = now + aDay;
  const subject = readSubject(entity, event.subject, latest);
  if ('code' in subject) return refuse(subject.code, subject.message);
  if (entity.name === 'creator' && subject.ids.creatorId !== event.creatorid)
    return refuse('bad_subject', 'subject: a creator event names its own creatorid');
  const misfit = isWithdrawn(event.data) ? withdrawalFault(entity, event.data) : undefined;
  if (misfit) return refuse('invalid', misfit);
  const inner = isWithdrawn(event.data) ? { success: true as const } : entity.schema.safeParse(event.data);
  if (!inner.success) return { ok: false, ...explain(inner.error, 'data') };
  if (Date.parse(event.time) > latest) return refuse('future_time', `time: ${event.time} is more than 24 hours ahead`);
  if (event.entityversion > latest)
    return refuse('future_time', `entityversion: ${event.entityversion} is more than 24 hours ahead`);
  const ahead = futureField(entity, event.data, latest);
  if (ahead) return refuse('future_time', `data.${ahead}: ${event.data[ahead]} is more than 24 hours ahead`);
  if (event.trackingkey === undefined) return { ok: true, event, entity, subject };
  const { trackingkey, ...rest } = event;
  return { ok: true, event: rest, entity, subject, trackingKey: entity.name === 'shipment' ? trackingkey : undefined };
}
