/** Which kinds of field do events have? Each names its kind in the schema, so that facts, JSON Schema and lake columns follow from it. */
import * as z from 'zod';
import { isCurrency, successorsOf } from '../money.ts';
import { isZone } from '../time.ts';
import { nearestZones, zoneNames } from '../zone-names.ts';

/** What a field holds: `happened` and `due` are instants, `money` and `signedMoney` minor units. */
export type FieldKind = 'happened' | 'due' | 'money' | 'signedMoney';

const largest = Number.MAX_SAFE_INTEGER;
/** Largest amount in minor units: sums of hundreds of them are still exact integers in JavaScript. */
export const largestAmount = 10_000_000_000_000;
const mark = <S extends z.ZodType>(schema: S, kind: FieldKind): S => schema.meta({ 'x-kind': kind }) as S;

/**
 * The years that any time may lie in, a day's and a minute's in a subject too: four digits in every zone and whole minutes of offset.
 * A sentinel such as 0001-01-01 or 9999-12-31 is no time.
 */
export const isInYears = (text: string): boolean => text >= '1980' && text < '2200';
export const outsideYears = 'must lie between 1980 and 2199';

/** RFC 3339, between 1980 and 2199. */
export const instant = () =>
  z.iso
    .datetime({ offset: true, error: 'must be an RFC 3339 instant such as 2026-03-01T14:00:00Z', abort: true })
    .refine(isInYears, outsideYears);
/** An instant that has happened; refused when more than a day ahead. */
export const happened = () => mark(instant(), 'happened');
/** An instant that may lie ahead: a deadline, a promise. */
export const due = () => mark(instant(), 'due');
/** Minor units of the entity's currency, never negative, never a fraction. */
export const money = () =>
  mark(z.int({ error: 'must be an integer of minor units' }).min(0, 'must not be negative').max(largestAmount), 'money');
/** Minor units that may be negative: fees, adjustments. */
export const signedMoney = () =>
  mark(z.int({ error: 'must be an integer of minor units' }).min(-largestAmount).max(largestAmount), 'signedMoney');

export const text = (max = 200) => z.string().min(1).max(max);
export const id = () => z.string().min(1).max(200);
export const count = () => z.int().min(0).max(largest);
/** A local day, between 1980 and 2199. */
export const day = () => z.iso.date({ error: 'is not a day such as 2026-03-01', abort: true }).refine(isInYears, outsideYears);
/** A minute (UTC) in its one spelling, between 1980 and 2199. */
export const minute = () =>
  z.iso
    .datetime({ precision: -1, error: 'is not a minute such as 2026-03-01T14:03Z', abort: true })
    .refine(isInYears, outsideYears);
/** Units of the shop's currency for one unit of the amount's, on its business day, as a decimal string. */
export const exchangeRate = () =>
  z
    .string()
    .regex(/^(?=.*[1-9])\d{1,12}(\.\d{1,12})?$/, 'must be a decimal number above zero in a string, such as "5.4321"')
    .describe('units of the shop’s currency for one unit of this one, on the business day');

/** What to write instead, in words; nothing where nobody knows. */
const suggestion = (names: string[]): string => (names.length ? `; did you mean ${names.join(' or ')}?` : '');

export const currency = () =>
  z
    .string()
    .superRefine((code, context) => {
      if (!isCurrency(code))
        context.addIssue({
          code: 'custom',
          message: `unknown currency ${code}: use an ISO 4217 code${suggestion(successorsOf(code))}`,
          params: { code: 'unknown_currency' },
        });
    })
    .describe('ISO 4217 code');

/** `Etc/GMT-7` reads like the opposite of what it is. */
function signOf(names: string[]): string {
  const match = names.map((name) => /^Etc\/GMT([+-])(\d+)$/.exec(name)).find((each) => each !== null);
  return match
    ? ` (the sign of ${match[0]} is reversed: it is ${match[2]} h ${match[1] === '-' ? 'ahead of' : 'behind'} UTC)`
    : '';
}

export const timeZone = () =>
  z
    .string()
    .superRefine((name, context) => {
      if (zoneNames.has(name) && isZone(name)) return;
      const near = nearestZones(name);
      context.addIssue({
        code: 'custom',
        message: `unknown time zone ${name}: use an IANA name${suggestion(near)}${signOf(near)}`,
        params: { code: 'unknown_zone' },
      });
    })
    .describe('IANA name of a time zone');
