/** Can every KPI be asked by the grains that the dictionary lists, and by no other? */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeKpis } from '../../shared/reports/dictionary.ts';
import { makeOrder } from '../make/events.ts';
import { makeShop, type Shop } from '../make/shop.ts';

let shop: Shop;
beforeAll(async () => {
  shop = await makeShop();
  await shop.load('c-1', [makeOrder('o-1', { paidAt: '2026-03-20T14:10:00Z', data: { shipBy: '2026-03-20T20:00:00Z' } })]);
});
afterAll(() => shop.close());

const all = ['hour', 'day', 'week', 'month', 'total'] as const;
const { kpis } = describeKpis();
const isOneNumber = ({ kind }: (typeof kpis)[number]) => kind === 'open' || kind === 'report';
const ask = (names: string, grain: string) => shop.get('kpis', { names, from: '2026-02-01', to: '2026-03-03', grain });
/** Points over 31 days from a Sunday on, in two months. */
const points = { hour: 31 * 24, day: 31, week: 6, month: 2, total: 1 };

describe('of the grains', () => {
  it.each(kpis.filter((kpi) => !isOneNumber(kpi)))('$name ($kind) is answered by $grains and refused by others', async (kpi) => {
    for (const grain of all) {
      const { status, json } = await ask(kpi.name, grain);
      if (kpi.grains.includes(grain)) expect(json.series?.[0].points, grain).toHaveLength(points[grain]);
      else expect({ grain, status, json }).toMatchObject({ grain, status: 400, json: { issues: [{ path: 'grain' }] } });
    }
  });

  it('every one but hour is listed for all that can be cut, and hour for some and not for others', () => {
    const cut = kpis.filter((kpi) => !isOneNumber(kpi)).map(({ grains }) => grains);
    for (const grains of cut) expect(grains.filter((grain) => grain !== 'hour')).toEqual(['day', 'week', 'month', 'total']);
    expect(new Set(cut.map((grains) => grains.includes('hour')))).toEqual(new Set([true, false]));
    expect(kpis.find(({ name }) => name === 'timeToDeliver')).toMatchObject({ kind: 'distribution' });
  });

  it.each(kpis.filter(isOneNumber))(
    '$name ($kind) knows its total only: cut into nothing, it is the same number by each',
    async (kpi) => {
      expect(kpi.grains).toEqual(['total']);
      const { series } = (await ask(kpi.name, 'total')).json;
      expect(series[0].points).toHaveLength(1);
      for (const grain of ['day', 'week', 'month']) expect((await ask(kpi.name, grain)).json.series, grain).toEqual(series);
    },
  );
});
