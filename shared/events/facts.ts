/** What do measures read of an event? Instants in the creator's local time, money in the shop's currency, and what follows. */
import { hash } from 'node:crypto';
import { convert, convertParts, unrounded } from '../money.ts';
import { toLocal } from '../time.ts';
import { requireCountable } from './countable.ts';
import type { Entity, Facts, Scalar } from './entity.ts';
import type { CloudEvent } from './parse.ts';
import { type Field, planOf } from './plan.ts';
import type { Stamp } from './record.ts';
import { parseSubject } from './subject.ts';
import { isWithdrawn, withdrawn } from './withdrawn.ts';

interface Scope {
  stamp: Pick<Stamp, 'zones' | 'currency'>;
  currency: string;
  rate: string | undefined;
}

function factOf(field: Field, value: unknown, scope: Scope): Scalar | undefined {
  if (field.kind === 'happened' || field.kind === 'due') return toLocal(Date.parse(String(value)), scope.stamp.zones);
  if ((field.kind === 'money' || field.kind === 'signedMoney') && scope.rate)
    return convert(Number(value), scope.currency, scope.stamp.currency, scope.rate);
  return typeof value === 'object' ? undefined : (value as Scalar);
}

function record(fields: Field[], data: { [name: string]: unknown }, scope: Scope): Facts {
  const facts: Facts = {};
  for (const field of fields) {
    const value = data[field.name];
    if (value === undefined || value === null) continue;
    if (field.kind === 'list')
      facts[field.name] = (value as []).map((each) => record(field.fields, each, scope) as { [name: string]: Scalar });
    else if (field.kind !== 'object') facts[field.name] = factOf(field, value, scope);
  }
  return facts;
}

/** Does this event need a rate that it does not carry? Amounts in another currency are converted at the rate of their day, or refused. */
export function isRateMissing(event: CloudEvent, shopCurrency: string): boolean {
  const { currency, exchangeRate } = event.data;
  return typeof currency === 'string' && currency !== shopCurrency && typeof exchangeRate !== 'string';
}

/** Before this definitions version each amount was converted by itself, a unit price before it was multiplied. */
const partsSumSince = 2;
/** Before this one each refund of an order was rounded by itself. */
export const roundedTogetherSince = 3;

/**
 * The facts of a valid event under its stamp. Depends on the event and the stamp alone, so a retry computes the same.
 * Throws RangeError where money cannot be converted or a number not be counted exactly.
 */
export function factsOf(entity: Entity, event: CloudEvent, stamp: Pick<Stamp, 'zones' | 'currency' | 'definitions'>): Facts {
  if (isWithdrawn(event.data)) return {};
  if (entity.name !== 'creator' && isRateMissing(event, stamp.currency))
    throw new RangeError(`missing_rate: amounts in ${event.data.currency} need an exchangeRate to ${stamp.currency}`);
  const own = typeof event.data.currency === 'string' ? event.data.currency : stamp.currency;
  const rate = own === stamp.currency ? undefined : String(event.data.exchangeRate);
  const facts = record(planOf(entity.schema), event.data, { stamp, currency: own, rate });
  if (rate !== undefined && stamp.definitions >= partsSumSince)
    entity.convert?.(
      facts,
      event.data,
      (amounts, whole) => convertParts(amounts, own, stamp.currency, rate, whole),
      stamp.definitions >= roundedTogetherSince ? (amount) => unrounded(amount, own, stamp.currency, rate) : undefined,
    );
  const ids = parseSubject(entity, event.subject)?.ids ?? {};
  if (entity.subjectInstant) facts[entity.subjectInstant] = toLocal(Date.parse(String(ids[entity.subjectInstant])), stamp.zones);
  entity.derive?.(facts, ids);
  requireCountable(facts);
  return facts;
}

function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).join()}]`;
  if (value && typeof value === 'object')
    return `{${Object.keys(value)
      .sort()
      .map((key) => `${JSON.stringify(key)}:${canonical((value as { [name: string]: unknown })[key])}`)
      .join()}}`;
  return JSON.stringify(value) ?? 'null';
}

/** Hash of a snapshot's content, independent of the order of its fields: the last word in the order of snapshots. */
export function contentHash(data: CloudEvent['data']): string {
  const known = hashes.get(data);
  if (known !== undefined) return known;
  const made = hash('sha256', canonical(data), 'base64url').slice(0, 12);
  hashes.set(data, made);
  return made;
}

/** Of data that is still held: one snapshot is asked for its hash by fold, lake and directory. Nobody changes the data of an event. */
const hashes = new WeakMap<CloudEvent['data'], string>();

/** Hash of every snapshot whose entity is withdrawn. */
export const withdrawnHash = contentHash(withdrawn);
