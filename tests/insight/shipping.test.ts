/** Is what parcels cost, who keeps the promise, and what another carrier would have saved what a hand made of it, to the minor unit? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getShipping, type ShippingAnswer, shippingAnswer } from '../../shared/api/shipping.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { otherRegions, parcelsIn, shippingMonths } from '../../shared/insight/shipping/document.ts';
import { shippingJob } from '../../shared/insight/shipping/job.ts';
import { reportShipping } from '../../shared/reports/shipping.ts';
import { type ComputedShops, computeShops } from '../make/insight.ts';
import { anOrder, aShipment } from '../make/snapshots.ts';

const now = Date.parse('2026-11-30T12:00:00Z');
const at = (day: string): string => `${day}T15:00:00Z`;

interface Some {
  carrier?: string;
  region?: string;
  cost?: number;
  /** Delivered in time, then too late. */
  onTime?: number;
  late?: number;
}
let made = 0;
/** One parcel of an order that is promised for 10 October. */
function parcel(data: object, order: object = {}): CloudEvent[] {
  const id = `o-${++made}`;
  return [
    anOrder({ placedAt: at('2026-10-01'), paidAt: at('2026-10-01'), deliverBy: at('2026-10-10'), ...order }, { order: id }),
    aShipment({ status: 'delivered', labelAt: at('2026-10-02'), deliveredAt: at('2026-10-09'), ...data }, { order: id }),
  ];
}
const some = ({ carrier, region, cost, onTime = 0, late = 0 }: Some): CloudEvent[] =>
  Array.from({ length: onTime + late }, (_, i) =>
    // By the end of the day is in time: 10 October, 23:00 in New York.
    parcel({ carrier, region, labelCost: cost, deliveredAt: i < onTime ? '2026-10-11T03:00:00Z' : at('2026-10-11') }),
  ).flat();

const parcels: CloudEvent[] = [
  // California: USPS keeps 11 of 12 promises; DHL is cheaper and does not.
  ...some({ carrier: 'USPS', region: 'US-CA', cost: 500, onTime: 10, late: 1 }),
  ...some({ carrier: 'USPS', region: 'US-CA', cost: 507, onTime: 1 }),
  ...some({ carrier: 'UPS', region: 'US-CA', cost: 700, onTime: 20 }),
  ...some({ carrier: 'DHL', region: 'US-CA', cost: 300, onTime: 10, late: 5 }),
  ...some({ carrier: 'UPS', region: 'US-NY', cost: 600, onTime: 9 }),
  ...some({ carrier: 'DHL', region: 'US-TX', cost: 400, onTime: 10, late: 2 }),
  ...some({ carrier: 'UPS', region: 'US-WA', onTime: 11 }),
  ...some({ carrier: 'USPS', cost: 450, onTime: 12 }),
  // Late since 11 October; not due before December; neither delivered.
  ...parcel({ carrier: 'UPS', region: 'US-NV', labelCost: 100, deliveredAt: undefined, status: 'in_transit' }),
  ...parcel(
    { carrier: 'UPS', region: 'US-NV', labelCost: 101, deliveredAt: undefined, status: 'in_transit' },
    { deliverBy: at('2026-12-05') },
  ),
  // No promise: a sample, a cancelled order. No parcel of the seller's: the platform's own, a label made again.
  ...parcel({ carrier: 'FedEx', region: 'US-OR', labelCost: 10 }, { sample: true }),
  ...parcel({ carrier: 'FedEx', region: 'US-OR', labelCost: 20 }, { status: 'cancelled', cancelledAt: at('2026-10-02') }),
  ...parcel({ carrier: 'FedEx', region: 'US-OR', labelCost: 9000, fulfilledBy: 'platform' }),
  ...parcel({ carrier: 'FedEx', region: 'US-OR', labelCost: 9000, status: 'cancelled' }),
  // Another month.
  ...parcel({ carrier: 'UPS', region: 'US-CA', labelCost: 1, labelAt: at('2026-11-02'), deliveredAt: at('2026-11-03') }),
];

let shops: ComputedShops;
const ask = async (creator: string, more: object = {}, when = now): Promise<ShippingAnswer> => {
  const query = getShipping.query.parse({ from: '2026-10-01', to: '2026-10-31', ...more }) as never;
  return shippingAnswer.parse(await reportShipping(query, await shops.scope(creator, when)));
};
const regionOf = ({ regions }: ShippingAnswer, wanted: string) => regions.find(({ region }) => region === wanted);

beforeAll(async () => {
  shops = await computeShops({ 'c-1': { events: parcels }, 'c-empty': { events: [] } }, now, shippingJob);
});
afterAll(() => shops?.close());

describe('parcels of a shop', () => {
  it('cost what the hand added up, carrier by carrier, with how many beside it', async () => {
    const answer = await ask('c-1');
    const costs = { USPS: 11 * 500 + 507 + 12 * 450, UPS: 20 * 700 + 9 * 600 + 201, DHL: 15 * 300 + 12 * 400, FedEx: 30 };
    expect(
      answer.carriers.map(({ carrier, parcels, costed, cost, meanCost }) => [carrier, parcels, costed, cost, meanCost]),
    ).toEqual([
      ['UPS', 42, 31, costs.UPS, Math.round(costs.UPS / 31)],
      ['DHL', 27, 27, costs.DHL, Math.round(costs.DHL / 27)],
      ['USPS', 24, 24, costs.USPS, Math.round(costs.USPS / 24)],
      ['FedEx', 2, 2, 30, 15],
    ]);
    expect([answer.parcels, answer.costed, answer.cost]).toEqual([95, 84, costs.USPS + costs.UPS + costs.DHL + costs.FedEx]);
    expect(answer.regions.reduce((sum, { cost }) => sum + cost, 0)).toBe(answer.cost);
    expect(answer.reasons).toEqual(['some_costs_missing']);
  });

  it('are in time by the end of the promised day; what is still open is late once that day is over', async () => {
    const shares = async (when: number) =>
      (await ask('c-1', {}, when)).carriers.map(({ carrier, due, onTime, onTimeShare }) => [carrier, due, onTime, onTimeShare]);
    expect(await shares(now)).toEqual([
      ['UPS', 41, 40, Math.round(1e6 * (40 / 41)) / 1e6],
      ['DHL', 27, 20, Math.round(1e6 * (20 / 27)) / 1e6],
      ['USPS', 24, 23, Math.round(1e6 * (23 / 24)) / 1e6],
      ['FedEx', 0, 0, null],
    ]);
    expect((await shares(Date.parse('2026-12-06T12:00:00Z')))[0]?.slice(0, 3)).toEqual(['UPS', 42, 40]);
  });

  it('would have cost less with the cheapest carrier that keeps the promise', async () => {
    const answer = await ask('c-1');
    // 20 parcels at 7.00, less 20 at the mean of 60.07 for 12.
    const saving = Math.round(20 * 700 - (20 * 6007) / 12);
    expect(regionOf(answer, 'US-CA')).toMatchObject({ cheapest: 'USPS', saving, savingParcels: 20, reason: null });
    expect([answer.saving, answer.savingParcels]).toEqual([saving, 20]);
  });

  it('name no cheapest carrier where too little is known, and say why', async () => {
    const answer = await ask('c-1');
    expect(Object.fromEntries(answer.regions.map(({ region, reason }) => [region, reason]))).toEqual({
      'US-CA': null,
      'US-NY': 'too_few_parcels',
      'US-TX': 'none_in_time',
      'US-WA': 'no_costs',
      '': 'no_region',
      'US-NV': 'too_few_parcels',
      'US-OR': 'no_promises',
    });
    for (const { cheapest, saving, reason } of answer.regions) expect(cheapest === null && saving === null).toBe(reason !== null);
  });

  it('of a range are those of its days', async () => {
    expect(await ask('c-1', { from: '2026-11-01', to: '2026-11-02' })).toMatchObject({ parcels: 1, cost: 1, saving: null });
    expect(await ask('c-1', { from: '2026-11-03', to: '2026-11-30' })).toMatchObject({ parcels: 0, reasons: ['no_parcels'] });
    expect((await ask('c-1', { top: 2 })).regions).toHaveLength(2);
  });
});

describe('a month of very many regions', () => {
  it('keeps those with the most parcels apart, and loses no parcel', () => {
    const row = (region: string, parcels: number) => ({
      day: '2026-10-01',
      carrier: 'UPS',
      region,
      open_until: null,
      parcels: String(parcels),
      costed: '1',
      cost: '10',
      due: '0',
      on_time: '0',
    });
    const months = shippingMonths([row('few', 1), row('many', 9), row('some', 5), row('one', 1)], 2);
    const byRegion = parcelsIn([...months.values()], '2026-10-01', '2026-10-31', '2026-11-30');
    expect(Object.fromEntries([...byRegion].map(([region, by]) => [region, by.get('UPS')?.parcels]))).toEqual({
      many: 9,
      some: 5,
      [otherRegions]: 2,
    });
  });
});

describe('a shop', () => {
  it('without anything is told so, without numbers that are none', async () => {
    expect(await ask('c-empty')).toMatchObject({
      meanCost: null,
      onTimeShare: null,
      saving: null,
      regions: [],
      reasons: ['no_parcels'],
    });
  });

  it('that nobody computed yet is told that', async () => {
    await shops.addLater('c-new');
    expect((await ask('c-new')).reasons).toEqual(['not_computed']);
  });
});
