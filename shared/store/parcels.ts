/** Where does a tracking number lead? An item a parcel, under a keyed hash of its number: the shipments in it as their shop told them last, and what a carrier told last. */
import { UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { isDataFault } from '../data-fault.ts';
import type { CloudEvent } from '../events/parse.ts';
import { type Item, isRefusal, numberOf, type Table, textOf } from './table.ts';

/** A shipment as its shop or file told it last. */
export interface Shipped {
  creatorId: string;
  subject: string;
  /** `entityversion` of that snapshot. */
  version: number;
  data: CloudEvent['data'];
}

export interface Parcel {
  shipments: Shipped[];
  /** What a carrier service told last, as JSON, and when it was changed there (ms). */
  told: { at: number; text: string } | undefined;
}

/** How long (ms) a number leads to a shipment, from the shipment's last change: carriers use numbers again after some months. */
export const leadsFor = 120 * 86_400_000;

/** Outside of creators: a carrier names none. */
const keyOf = (hash: string): Item => ({ pk: { S: `P#parcel#${hash}` }, sk: { S: 'S#parcel' } });
/** An attribute for each shipment: two orders may lie in one parcel. */
const nameOf = ({ creatorId, subject }: Shipped): string => `in ${creatorId} ${subject}`;

function unpack(item: Item, now: number): Parcel {
  const shipments = Object.entries(item).flatMap(([name, value]): Shipped[] => {
    if (!name.startsWith('in ') || !value.M) return [];
    const version = numberOf(value.M.version);
    if (version + leadsFor <= now) return [];
    return [{ ...JSON.parse(textOf(value.M.shipped)), version }];
  });
  const told = item.told?.M;
  return { shipments, told: told && { at: numberOf(told.at), text: textOf(told.text) } };
}

interface Change {
  /** The attribute that is set, and what it is put over: what is not newer than `by` in its `field`. */
  part: string;
  field: string;
  by: number;
  value: Item;
  /** What stands there beside it is counted, up to so many. */
  most?: number;
}

/** What stands there after the change; undefined where something newer does, or where the item takes no more. */
async function change(
  table: Table,
  hash: string,
  now: number,
  { part, field, by, value, most }: Change,
): Promise<Parcel | undefined> {
  const isFree = most === undefined ? '' : '(attribute_not_exists(held) OR contains(held, :name) OR size(held) < :most) AND ';
  const update = new UpdateItemCommand({
    TableName: table.name,
    Key: keyOf(hash),
    UpdateExpression: `SET #part = :part, expires = :expires${most === undefined ? '' : ' ADD held :names'}`,
    ConditionExpression: `${isFree}(attribute_not_exists(#part) OR #part.#field <= :by)`,
    ExpressionAttributeNames: { '#part': part, '#field': field },
    ExpressionAttributeValues: {
      ':part': { M: value },
      ':by': { N: String(by) },
      ':expires': { N: String(Math.ceil((now + leadsFor) / 1000)) },
      ...(most === undefined ? {} : { ':name': { S: part }, ':names': { SS: [part] }, ':most': { N: String(most) } }),
    },
    ReturnValues: 'ALL_NEW',
  });
  try {
    const { Attributes = {} } = await table.send(update);
    return unpack(Attributes, now);
  } catch (error) {
    if (isRefusal(error) || isDataFault(error)) return undefined;
    throw error;
  }
}

/** A number that more shipments have is none. */
const mostShipments = 50;

/** Keeps that a number leads to a shipment, over an older snapshot of it only. `now` in ms. Throws what the table throws. */
export const putShipped = (table: Table, hash: string, shipped: Shipped, now: number): Promise<Parcel | undefined> => {
  const { version, ...rest } = shipped;
  const value = { version: { N: String(version) }, shipped: { S: JSON.stringify(rest) } };
  return change(table, hash, now, { part: nameOf(shipped), field: 'version', by: version, value, most: mostShipments });
};

/** Keeps what a carrier told of a parcel, over what is older only. `at` and `now` in ms. Throws what the table throws. */
export const putTold = (
  table: Table,
  hash: string,
  { at, text }: NonNullable<Parcel['told']>,
  now: number,
): Promise<Parcel | undefined> =>
  change(table, hash, now, { part: 'told', field: 'at', by: at, value: { at: { N: String(at) }, text: { S: text } } });
