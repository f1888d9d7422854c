/** Is every kind of event understood as its page says? */
import { describe, expect, it } from 'vitest';
import { exampleOf } from '../../commands/generate/event-page.ts';
import { entities } from '../../shared/events/entities.ts';
import { factsOf } from '../../shared/events/facts.ts';
import { type CloudEvent, parseEvent } from '../../shared/events/parse.ts';
import { parsePath } from '../../shared/kpis/path.ts';
import { anOrder } from '../make/snapshots.ts';
import { aStamp, inZone } from '../make/stream.ts';

const now = Date.parse('2026-06-01T00:00:00Z');
const all = [...entities.values()];

describe.each(all)('$name', (entity) => {
  const example = exampleOf(entity);

  it('accepts its own example', () => {
    expect(parseEvent(example, now)).toMatchObject({ ok: true, entity, event: example });
  });

  it('keeps fields that it does not know, in the snapshot and around it', () => {
    const raw = { ...example, traceparent: '00-1', data: { ...example.data, novelty: { deep: [1] } } };
    expect(parseEvent(raw, now)).toMatchObject({ ok: true, event: raw });
  });

  it('refuses a subject of another entity', () => {
    expect(parseEvent({ ...example, subject: 'order/o-1/nothing/n-1' }, now)).toMatchObject({ ok: false, code: 'bad_subject' });
  });

  it('refuses every field of another type, by its path', () => {
    for (const field of Object.keys(example.data)) {
      const wrong = typeof example.data[field] === 'object' ? 'text' : { not: 'this' };
      const parsed = parseEvent({ ...example, data: { ...example.data, [field]: wrong } }, now);
      expect(parsed, field).toMatchObject({ ok: false, message: expect.stringMatching(new RegExp(`^data\\.${field}`)) });
    }
  });

  it('has dimensions that its facts hold', () => {
    const facts = factsOf(entity, example, aStamp({ currency: 'USD' }));
    for (const path of Object.values(entity.dimensions)) {
      const { fact, list, isOfOrder } = parsePath(path);
      if (isOfOrder) continue;
      const value = list ? (facts[list] as { [name: string]: unknown }[])[0]?.[fact] : facts[fact];
      expect(value, path).toBeDefined();
    }
  });
});

describe('facts', () => {
  const factsOfOrder = (event: CloudEvent, stamp = aStamp()) => factsOf(entities.get('order')!, event, stamp);

  it('hold instants in the time of the creator, with their offset', () => {
    expect(factsOfOrder(anOrder(), aStamp({ zones: inZone('Asia/Kolkata') })).paidAt).toBe('2026-03-01T19:33:00+05:30');
  });

  it('hold amounts of every line in the currency of the shop', () => {
    const facts = factsOfOrder(anOrder({ currency: 'BRL', exchangeRate: '0.2' }));
    expect(facts).toMatchObject({
      shippingCharged: 60,
      lines: [{ unitPrice: 200, sellerDiscount: 20, tax: 16, quantity: 2, grossAmount: 400 }],
    });
  });

  it('leave counts alone where amounts are converted', () => {
    expect(factsOfOrder(anOrder({ currency: 'JPY', exchangeRate: '0.0065', packages: 3 })).packages).toBe(3);
  });
});
