/** What do webhooks of carrier services say of a parcel? Read after their signature was checked; undefined where they are of something else. */
import { tally } from '../files/import-report.ts';
import { type Notes, wordOf } from '../mapping-notes.ts';
import { listOf, objectOf, type Raw, requireText, textOf } from '../record.ts';
import type { Scan, Tracking } from './shipment.ts';
import {
  afterShipSubtags,
  afterShipTags,
  easyPostDetails,
  easyPostStatuses,
  shippoStatuses,
  shippoSubstatuses,
} from './statuses.ts';

/** An instant (ms) of an ISO time. One without an offset is a local time of an unknown place: read as UTC (inferred). */
function isoTime(value: unknown): number | undefined {
  const text = textOf(value);
  if (text === undefined) return undefined;
  const at = Date.parse(/(Z|[+-]\d\d:?\d\d)$/.test(text) ? text : `${text}Z`);
  return Number.isNaN(at) ? undefined : at;
}

function requireIsoTime(record: Raw, field: string): number {
  const at = isoTime(record[field]);
  if (at === undefined) throw new RangeError(`${field} is no time: ${String(record[field])}`);
  return at;
}

interface Words {
  status: ReadonlyMap<string, string>;
  /** Says more than the status where it is known. */
  detail: ReadonlyMap<string, string>;
  what: string;
}

/** The neutral status; a detail says more only of a parcel that is on its way or in trouble. */
function statusOf(
  status: unknown,
  detail: unknown,
  { status: words, detail: details, what }: Words,
  where: string,
  notes: Notes,
): string {
  const plain = wordOf(words, textOf(status) ?? 'unknown', `${what} status`, where, notes);
  const more = details.get(textOf(detail) ?? '');
  return more && (plain === 'in_transit' || plain === 'exception') ? more : plain;
}

const scansOf = (list: unknown, read: (entry: Raw) => { at: number | undefined; status: string }): Scan[] =>
  listOf(list).flatMap((entry) => {
    const { at, status } = read(entry);
    return at === undefined ? [] : [{ at, status }];
  });

const easyPost: Words = { status: easyPostStatuses, detail: easyPostDetails, what: 'EasyPost' };

/** A tracker of EasyPost. One of a return is another parcel than the shipment, and left out. Throws RangeError where it lacks code or times. */
export function easyPostTracking(tracker: Raw, notes: Notes): Tracking | undefined {
  const code = requireText(tracker, 'tracking_code');
  const where = `tracker ${code}`;
  if (tracker.is_return === true) {
    tally(notes.skipped, 'tracker of a return', where);
    return undefined;
  }
  return {
    service: 'easypost',
    carrier: requireText(tracker, 'carrier'),
    code,
    status: statusOf(tracker.status, tracker.status_detail, easyPost, where, notes),
    updatedAt: requireIsoTime(tracker, 'updated_at'),
    scans: scansOf(tracker.tracking_details, (each) => ({
      at: isoTime(each.datetime),
      status: statusOf(each.status, each.status_detail, easyPost, where, notes),
    })),
    level: textOf(objectOf(tracker.carrier_detail).service),
  };
}

/** An event of EasyPost: `tracker.created` and `tracker.updated` hold a tracker, others are left out. */
export function easyPostWebhook(event: Raw, notes: Notes): Tracking | undefined {
  const { result } = event;
  if (objectOf(result).object === 'Tracker') return easyPostTracking(objectOf(result), notes);
  tally(notes.skipped, 'EasyPost event without a tracker', textOf(event.description) ?? 'without a description');
  return undefined;
}

const afterShip: Words = { status: afterShipTags, detail: afterShipSubtags, what: 'AfterShip' };

/** A webhook of AfterShip: the tracking stands in `msg`. Throws RangeError where it lacks number, carrier or times. */
export function afterShipWebhook(body: Raw, notes: Notes): Tracking | undefined {
  const message = objectOf(body.msg);
  if (textOf(message.tracking_number) === undefined) {
    tally(notes.skipped, 'AfterShip event without a tracking', textOf(body.event) ?? 'without a name');
    return undefined;
  }
  const code = requireText(message, 'tracking_number');
  const where = `tracking ${code}`;
  return {
    service: 'aftership',
    carrier: requireText(message, 'slug'),
    code,
    status: statusOf(message.tag, message.subtag, afterShip, where, notes),
    updatedAt: requireIsoTime(message, 'updated_at'),
    scans: scansOf(message.checkpoints, (each) => ({
      at: isoTime(each.checkpoint_time),
      status: statusOf(each.tag, each.subtag, afterShip, where, notes),
    })),
  };
}

const shippo: Words = { status: shippoStatuses, detail: shippoSubstatuses, what: 'Shippo' };

/**
 * A webhook of Shippo (`track_updated`). It has no id and may come again with the same content: the time of its status is its version, so a
 * repetition is the same event. Throws RangeError where it lacks number, carrier or times.
 */
export function shippoWebhook(body: Raw, notes: Notes): Tracking | undefined {
  if (body.event !== 'track_updated') {
    tally(notes.skipped, 'Shippo event that is no update of a tracking', textOf(body.event) ?? 'without a name');
    return undefined;
  }
  const data = objectOf(body.data);
  const latest = objectOf(data.tracking_status);
  const code = requireText(data, 'tracking_number');
  const where = `tracking ${code}`;
  const read = (each: Raw) => ({
    at: isoTime(each.status_date),
    status: statusOf(each.status, objectOf(each.substatus).code, shippo, where, notes),
  });
  return {
    service: 'shippo',
    carrier: requireText(data, 'carrier'),
    code,
    status: read(latest).status,
    updatedAt: requireIsoTime(latest, 'status_date'),
    scans: scansOf(data.tracking_history, read),
    level: textOf(objectOf(data.servicelevel).name),
  };
}
