/** What is an entity? A name, the pattern of its subject, the schema of its snapshot, and what follows from the snapshot. */
import type * as z from 'zod';

export type Scalar = string | number | boolean;
/** What measures read of a snapshot: scalars, and lists of scalars by name. Instants are local times, money is in the shop's currency. */
export interface Facts {
  [name: string]: Scalar | undefined | { [name: string]: Scalar | undefined }[];
}

/** What a derived fact holds: local times for `happened`, minor units of the shop's currency for `money`. */
export type DerivedKind = 'text' | 'count' | 'money' | 'flag' | 'happened';

/** Amounts to the shop's currency; they sum to `whole`, or else to what their own sum comes to. */
export type ConvertParts = (amounts: number[], whole?: number) => number[];

/** Parts of an order whose amounts are rounded as one, so that the sum of several is rounded once. */
export interface RoundedTogether {
  /** The fact without which a part does not count yet. */
  once: string;
  /** Each amount, and what it comes to before it is rounded (`unrounded`), a derived fact. */
  amounts: { [amount: string]: string };
  /** The list that an amount is the sum of: what the amount is moved by goes to the element that is marked so. */
  elements: { list: string; of: string; mark: string };
}

export interface Entity {
  name: string;
  /** One line for the generated page and the API description. */
  about: string;
  /** Subject with named parts: order/{id}/shipment/{shipmentId}. */
  subject: string;
  schema: z.ZodObject;
  /** The named part of the subject that is an instant, kept among the facts as local time. */
  subjectInstant?: string;
  /** Name of a dimension to where its value stands, e.g. product: 'lines.productId', channel: 'order.channel'. */
  dimensions: { [dimension: string]: string };
  /** What derive adds: fact to its kind; of a list, the facts of each element. The lake's columns follow from it. */
  derived?: { [fact: string]: DerivedKind | { [inner: string]: DerivedKind } };
  /** Fields that stay out of the lake: personal data. */
  personal?: string[];
  /**
   * Amounts that sum to a whole, in a record of another currency: puts them into the facts, converted by `inShopCurrency` (minor units of the
   * record's currency in, of the shop's out; what comes out sums to the whole). What it leaves is converted one by one.
   * `unrounded` is absent under the definitions that round each record by itself.
   */
  convert?: (
    facts: Facts,
    data: { [name: string]: unknown },
    inShopCurrency: ConvertParts,
    unrounded?: (amount: number) => number,
  ) => void;
  /** Amounts that are rounded as one with those of the order's other parts of this kind. */
  roundedTogether?: RoundedTogether;
  /** Adds what follows from the facts (an amount from price and quantity); `ids` are the named parts of the subject. */
  derive?: (facts: Facts, ids: { [name: string]: string }) => void;
  /** A whole snapshot, shown in the API description and held valid by a test. */
  example: { subject: string; time: string; data: { [name: string]: unknown } };
}

/** Declares an entity; exists so that every entity file reads the same and is checked. */
export const entity = (declared: Entity): Entity => declared;

export const list = (value: Facts[string]): { [name: string]: Scalar | undefined }[] => (Array.isArray(value) ? value : []);
export const number = (value: Scalar | undefined | unknown): number => (typeof value === 'number' ? value : 0);
