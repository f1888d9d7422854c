/** Do events get through in order, whatever the service does meanwhile? */
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { snapshot } from '../../shared/sources/files/snapshot.ts';
import { postEvents } from '../../shared/sources/post/post-events.ts';
import { accepts, standIn } from './stand-in-api.ts';

const eventOf = (creatorId: string, n: number, data: CloudEvent['data'] = {}): CloudEvent =>
  snapshot({
    source: '/test',
    entity: n === 0 ? 'creator' : 'order',
    creatorId,
    subject: n === 0 ? `creator/${creatorId}` : `order/o-${n}`,
    at: 1000 + n,
    data,
  });

function* eventsOf(creators: number, each: number): Generator<CloudEvent> {
  for (let creator = 0; creator < creators; creator++) yield eventOf(`c-${creator}`, 0);
  for (let creator = 0; creator < creators; creator++) for (let n = 1; n < each; n++) yield eventOf(`c-${creator}`, n);
}

const numbers = (batches: CloudEvent[][], creatorId: string): number[] =>
  batches
    .flat()
    .filter((event) => event.creatorid === creatorId)
    .map((event) => event.entityversion);

test('batches stay within 500 events and 1 MB, and a creator’s own event goes ahead of the others', async () => {
  const api = await standIn();
  const large = eventOf('c-0', 2000, { note: 'x'.repeat(300_000) });
  const result = await postEvents([...eventsOf(3, 700), large, { ...large }, { ...large }, { ...large }], { target: api.target });
  expect(result.accepted).toBe(3 * 700 + 4);
  for (const batch of api.batches) {
    expect(batch.length).toBeLessThanOrEqual(500);
    expect(Buffer.byteLength(JSON.stringify(batch))).toBeLessThanOrEqual(1_000_000);
    expect(new Set(batch.map((event) => event.type.includes('.creator.'))).size).toBe(1);
  }
});

test('the events of a creator arrive in order, several creators at once', async () => {
  const api = await standIn((batch, n) => (n % 3 === 1 ? { status: 503 } : accepts(batch)));
  const result = await postEvents(eventsOf(9, 400), { target: api.target });
  expect(result.accepted).toBe(3600);
  expect(result.retries).toBeGreaterThan(0);
  for (let creator = 0; creator < 9; creator++)
    expect(numbers(api.batches, `c-${creator}`)).toEqual(Array.from({ length: 400 }, (_, n) => 1000 + n));
});

test('a service that is stopped and started again only delays the rest', async () => {
  const api = await standIn();
  async function* slowly() {
    for (const event of eventsOf(1, 1600)) {
      if (event.entityversion === 1700) {
        await api.close();
        void pause(400).then(api.open);
      }
      yield event;
    }
  }
  const result = await postEvents(slowly(), { target: api.target });
  expect(result.accepted).toBe(1600);
  expect(result.retries).toBeGreaterThan(0);
  expect(numbers(api.batches, 'c-0')).toHaveLength(1600);
});

test('a service that stays away ends the import with its last word', async () => {
  const api = await standIn(() => ({ status: 503, body: { detail: 'The stream is being made.' } }), 300);
  await expect(postEvents(eventsOf(1, 3), { target: api.target })).rejects.toThrow(
    'did not take events for 0 s: 503 The stream is being made.',
  );
});

test('a token that ran out is asked for anew, a refused one ends the import', async () => {
  const api = await standIn((batch, n) => (n === 0 ? { status: 401 } : accepts(batch)));
  await postEvents([eventOf('c-0', 0)], { target: api.target });
  expect(api.tokens).toEqual(['Bearer first', 'Bearer fresh']);
  const closed = await standIn(() => ({ status: 403, body: { detail: 'Only services write events.' } }));
  await expect(postEvents([eventOf('c-0', 0)], { target: closed.target })).rejects.toThrow('403 Only services write events.');
});

test('events that the stream could not take are sent again, alone; refused ones are counted with an example', async () => {
  const api = await standIn((batch, n) =>
    n === 0
      ? {
          status: 202,
          body: {
            accepted: 2,
            rejected: [
              { index: 1, id: 'x', code: 'unavailable', message: 'later' },
              { index: 3, id: 'y', code: 'invalid', message: 'data.lines: too odd' },
            ],
          },
        }
      : accepts(batch),
  );
  const result = await postEvents(
    [1, 2, 3, 4].map((n) => eventOf('c-0', n)),
    { target: api.target },
  );
  expect(result.accepted).toBe(3);
  expect([...result.rejected]).toEqual([['invalid', { count: 1, examples: ['order/o-4: data.lines: too odd'] }]]);
  expect(api.batches[1]?.map((event) => event.subject)).toEqual(['order/o-2']);
});

test('a batch that is too large for the service is halved', async () => {
  const api = await standIn((batch) => (batch.length > 100 ? { status: 413 } : accepts(batch)));
  const result = await postEvents(eventsOf(1, 300), { target: api.target });
  expect(result.accepted).toBe(300);
  expect(numbers(api.batches, 'c-0')).toEqual(Array.from({ length: 300 }, (_, n) => 1000 + n));
});
