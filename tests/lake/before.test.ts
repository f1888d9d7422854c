/** Does the lake say what was known of entities before an import, of however many of them? */
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { openPast } from '../../shared/lake/before.ts';
import type { Table } from '../../shared/store/table.ts';
import { athenaOf } from '../make/embedded-athena.ts';
import { type EmbeddedLake, makeEmbeddedLake } from '../make/embedded-lake.ts';
import { makeEvent } from '../make/events.ts';
import { aStream, inZone } from '../make/stream.ts';

const many = 400;
const subjects = Array.from({ length: many }, (_, i) => `product/p-${i}`);
const version = Date.parse('2026-03-01T00:00:00Z');

const product = (subject: string, title: string, source: string, more: number): CloudEvent => ({
  ...makeEvent({
    entity: 'product',
    subject,
    creator: 'c-1',
    time: '2026-03-01T00:00:00Z',
    version: version + more,
    data: { title },
  }),
  source,
});

let lake: EmbeddedLake;
beforeAll(async () => {
  lake = await makeEmbeddedLake();
  const before = subjects.slice(0, many / 2).map((subject) => product(subject, 'before', '/elsewhere', 0));
  const imported = subjects.map((subject) => product(subject, 'imported', '/import/csv#j-1', 1));
  lake.put(aStream([...before, ...imported], { zones: inZone('UTC'), currency: 'USD' }), '2026-03-30');
});
afterAll(() => lake.close());

it.each([0, 1, 50, 51, many])(
  'of %i entities: the newest snapshot that the import did not bring, and none where there was none',
  async (count) => {
    const past = openPast({} as Table, athenaOf(lake));
    const asked = subjects.slice(many / 2 - Math.ceil(count / 2), many / 2 + Math.floor(count / 2));
    const found = await past.newest('c-1', 'product', asked, ['#j-1']);
    const known = asked.filter((subject) => subjects.indexOf(subject) < many / 2);
    expect([...found.keys()].sort()).toEqual([...known].sort());
    for (const before of found.values()) expect(before).toMatchObject({ version, data: { title: 'before' } });
    const after = await past.newest('c-1', 'product', asked, ['#j-2']);
    expect(after.size).toBe(asked.length);
    for (const each of after.values()) expect(each).toMatchObject({ version: version + 1, data: { title: 'imported' } });
  },
);
