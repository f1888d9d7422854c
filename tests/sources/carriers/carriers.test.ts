/** Do webhooks of carrier services become shipments, in neutral words, and only those that the service signed? */
import { createHmac } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parseEvent } from '../../../shared/events/parse.ts';
import { type Place, trackingEvent, trackingKey } from '../../../shared/sources/carriers/shipment.ts';
import { isFromAfterShip, isFromEasyPost, isFromShippo } from '../../../shared/sources/carriers/signatures.ts';
import { afterShipWebhook, easyPostTracking, easyPostWebhook, shippoWebhook } from '../../../shared/sources/carriers/webhooks.ts';
import { newNotes } from '../../../shared/sources/mapping-notes.ts';
import { listOf, objectOf, type Raw } from '../../../shared/sources/record.ts';

const fixture = (name: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../fixtures/carriers/${name}`, import.meta.url), 'utf8'));
const tracker = (changed: Raw = {}): Raw => ({ ...objectOf(fixture('easypost-tracker.json')), ...changed });
const place: Place = { creatorId: 'c-1', subject: 'order/o-1/shipment/s-1' };
const now = Date.UTC(2026, 10, 30);

function shipmentOf(tracking: Parameters<typeof trackingEvent>[0] | undefined, at: Place = place) {
  if (!tracking) throw new Error('no tracking came of it');
  const event = trackingEvent(tracking, at);
  const parsed = parseEvent(event, now);
  expect(parsed.ok ? 'taken' : parsed.message).toBe('taken');
  return event;
}

describe('a tracker of EasyPost', () => {
  it('the example becomes a shipment', () => {
    const event = shipmentOf(easyPostTracking(tracker(), newNotes()));
    expect(event).toMatchObject({
      source: '/carriers/easypost',
      subject: 'order/o-1/shipment/s-1',
      entityversion: Date.parse('2024-07-30T16:06:32Z'),
      data: { status: 'label_created', carrier: 'USPS', service: 'First-Class Package Service', labelAt: '2024-06-30T16:06:32Z' },
    });
    expect(JSON.stringify(event)).not.toMatch(/HOUSTON|CHARLESTON|77063/);
  });
  it('the example events without a tracker are left out and counted', () => {
    const notes = newNotes();
    expect(listOf(fixture('easypost-events.json')).map((event) => easyPostWebhook(event, notes))).toEqual([undefined, undefined]);
    expect(notes.skipped.get('EasyPost event without a tracker')?.count).toBe(2);
  });
  it('in an event is the same as alone', () => {
    const event = { object: 'Event', description: 'tracker.updated', result: tracker() };
    expect(easyPostWebhook(event, newNotes())).toEqual(easyPostTracking(tracker(), newNotes()));
  });
  it.each([
    ['unknown', 'unknown'],
    ['pre_transit', 'label_created'],
    ['in_transit', 'in_transit'],
    ['out_for_delivery', 'out_for_delivery'],
    ['available_for_pickup', 'available_for_pickup'],
    ['delivered', 'delivered'],
    ['return_to_sender', 'returned'],
    ['failure', 'exception'],
    ['error', 'exception'],
    ['cancelled', 'cancelled'],
  ])('in %s is %s', (status, neutral) => {
    expect(shipmentOf(easyPostTracking(tracker({ status }), newNotes())).data.status).toBe(neutral);
  });
  it('tells when it was handed over and delivered by its scans, in whatever order they stand', () => {
    const scan = (status: string, datetime: string) => ({ status, datetime });
    const tracking_details = [
      scan('delivered', '2026-03-04T18:20:00Z'),
      scan('in_transit', '2026-03-03T08:00:00Z'),
      scan('in_transit', '2026-03-02T16:30:00Z'),
      scan('pre_transit', '2026-03-01T18:00:00Z'),
    ];
    expect(shipmentOf(easyPostTracking(tracker({ status: 'delivered', tracking_details }), newNotes())).data).toMatchObject({
      labelAt: '2026-03-01T18:00:00Z',
      handedOverAt: '2026-03-02T16:30:00Z',
      deliveredAt: '2026-03-04T18:20:00Z',
    });
  });
  it('keeps what only the shop knows', () => {
    const known = { labelCost: 412, fulfilledBy: 'seller', labelAt: '2024-06-01T00:00:00Z' };
    expect(shipmentOf(easyPostTracking(tracker(), newNotes()), { ...place, known }).data).toMatchObject(known);
  });
  it('of a return is left out', () => {
    const notes = newNotes();
    expect(easyPostTracking(tracker({ is_return: true }), notes)).toBeUndefined();
    expect(notes.skipped.size).toBe(1);
  });
  it('in a status that nobody knows keeps the word, and it is counted', () => {
    const notes = newNotes();
    expect(easyPostTracking(tracker({ status: 'teleported' }), notes)?.status).toBe('teleported');
    expect(notes.unknown.has('EasyPost status teleported')).toBe(true);
  });
  it('without a time of change is refused', () => {
    expect(() => easyPostTracking(tracker({ updated_at: null }), newNotes())).toThrow('updated_at is no time');
  });
});

describe('a tracking of AfterShip', () => {
  const body = (changed: Raw = {}): Raw => ({
    event: 'tracking_update',
    msg: {
      tracking_number: '1Z999',
      slug: 'ups',
      tag: 'Delivered',
      updated_at: '2026-03-04T18:25:00+00:00',
      checkpoints: [
        { checkpoint_time: '2026-03-02T16:30:00', tag: 'InTransit' },
        { checkpoint_time: '2026-03-04T18:20:00', tag: 'Delivered' },
      ],
      ...changed,
    },
  });
  it.each([
    ['Pending', 'unknown'],
    ['InfoReceived', 'label_created'],
    ['InTransit', 'in_transit'],
    ['OutForDelivery', 'out_for_delivery'],
    ['AttemptFail', 'delivery_attempt_failed'],
    ['Delivered', 'delivered'],
    ['AvailableForPickup', 'available_for_pickup'],
    ['Exception', 'exception'],
    ['Expired', 'unknown'],
  ])('with the tag %s is %s', (tag, status) => {
    expect(shipmentOf(afterShipWebhook(body({ tag }), newNotes())).data.status).toBe(status);
  });
  it('of a parcel that goes back is returned', () => {
    expect(afterShipWebhook(body({ tag: 'Exception', subtag: 'Exception_011' }), newNotes())?.status).toBe('returned');
  });
  it('has its times', () => {
    expect(shipmentOf(afterShipWebhook(body(), newNotes())).data).toMatchObject({
      handedOverAt: '2026-03-02T16:30:00Z',
      deliveredAt: '2026-03-04T18:20:00Z',
    });
  });
  it('that is none is left out', () => expect(afterShipWebhook({ event: 'ping' }, newNotes())).toBeUndefined());
});

describe('a tracking of Shippo', () => {
  const body = (latest: Raw = {}): Raw => ({
    event: 'track_updated',
    data: {
      carrier: 'usps',
      tracking_number: '9205',
      servicelevel: { name: 'Ground Advantage' },
      tracking_status: { status: 'TRANSIT', status_date: '2026-03-03T08:00:00Z', ...latest },
      tracking_history: [
        { status: 'PRE_TRANSIT', status_date: '2026-03-01T18:00:00Z' },
        { status: 'TRANSIT', status_date: '2026-03-02T16:30:00Z' },
      ],
    },
  });
  it.each([
    ['UNKNOWN', 'unknown'],
    ['PRE_TRANSIT', 'label_created'],
    ['TRANSIT', 'in_transit'],
    ['DELIVERED', 'delivered'],
    ['RETURNED', 'returned'],
    ['FAILURE', 'exception'],
  ])('in %s is %s', (status, neutral) => {
    expect(shipmentOf(shippoWebhook(body({ status }), newNotes())).data.status).toBe(neutral);
  });
  it('out for delivery says so in its substatus', () => {
    expect(shippoWebhook(body({ substatus: { code: 'out_for_delivery' } }), newNotes())?.status).toBe('out_for_delivery');
  });
  it('that comes again is the same event', () => {
    const event = () => shipmentOf(shippoWebhook(body(), newNotes()));
    expect(event()).toEqual(event());
    expect(event().data).toMatchObject({ labelAt: '2026-03-01T18:00:00Z', handedOverAt: '2026-03-02T16:30:00Z' });
  });
  it('that is none is left out', () => expect(shippoWebhook({ event: 'transaction_created' }, newNotes())).toBeUndefined());
});

it('the same parcel has one key however carrier and code are spelt, and another carrier another', () => {
  expect(trackingKey('Royal Mail', 'ab 123')).toBe(trackingKey('royal_mail', 'AB123'));
  expect(trackingKey('usps', 'AB123')).not.toBe(trackingKey('ups', 'AB123'));
});

describe('a signature', () => {
  const body = Buffer.from('{"weight": 614.0, "name":"é"}');
  // One that normalising changes: a letter with its accent, and a ligature.
  const secret = 'sécreﬁt';
  const hex = (key: string, ...parts: (string | Buffer)[]) =>
    createHmac('sha256', key)
      .update(Buffer.concat(parts.map((part) => Buffer.from(part))))
      .digest('hex');
  const seconds = Math.floor(now / 1000);
  const signers: [string, string, (raw: Uint8Array, header: string | undefined, key: string) => boolean][] = [
    ['EasyPost', `hmac-sha256-hex=${hex('se\u0301crefit', body)}`, isFromEasyPost],
    ['AfterShip', createHmac('sha256', secret).update(body).digest('base64'), isFromAfterShip],
    ['Shippo', `t=${seconds},v1=${hex(secret, `${seconds}.`, body)}`, (raw, header, key) => isFromShippo(raw, header, key, now)],
  ];
  it.each(signers)('of %s is taken', (_, header, isFrom) => expect(isFrom(body, header, secret)).toBe(true));
  it.each(signers)('of %s is refused where it is missing, wrong, or of another secret', (_, header, isFrom) => {
    expect(isFrom(body, undefined, secret)).toBe(false);
    expect(isFrom(body, '', secret)).toBe(false);
    expect(isFrom(body, header.slice(0, -2), secret)).toBe(false);
    expect(isFrom(body, header.replace(/.{6}$/, 'AAAAAA'), secret)).toBe(false);
    expect(isFrom(body, header, 'another')).toBe(false);
  });
  it.each(signers)('of %s is refused once any one byte of the body was changed', (_, header, isFrom) => {
    for (let i = 0; i < body.length; i++) {
      const changed = Buffer.from(body);
      changed[i] = (body[i] ?? 0) ^ 1;
      expect(isFrom(changed, header, secret), `byte ${i}`).toBe(false);
    }
  });
  it('of EasyPost needs its prefix, and holds for the bytes as they came, not as they would be written again', () => {
    expect(isFromEasyPost(body, hex('se\u0301crefit', body), secret)).toBe(false);
    expect(
      isFromEasyPost(
        Buffer.from(JSON.stringify(JSON.parse(body.toString()))),
        `hmac-sha256-hex=${hex('se\u0301crefit', body)}`,
        secret,
      ),
    ).toBe(false);
  });
  it.each([
    [-299, true],
    [-301, false],
    [299, true],
    [301, false],
  ])('of Shippo made %i seconds from now is taken: %s', (off, isTaken) => {
    const at = seconds + off;
    expect(isFromShippo(body, `t=${at},v1=${hex(secret, `${at}.`, body)}`, secret, now)).toBe(isTaken);
  });
});
