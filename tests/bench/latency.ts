/** How fast do reports answer with a million events behind them? Requests in sequence over HTTP, on the embedded runtime. */
import { loadHistory } from '../../shared/ingest/bulk.ts';
import { addDays } from '../../shared/time.ts';
import { startService } from './service.ts';
import { shopHistory, shopProfile } from './shop.ts';
import { rounded, spreadOf } from './statistics.ts';

const creatorId = 'bench';
const requests = 200;
const mixture = 'netSales,orders,averageOrderValue,onTimeDeliveryRate';

/** Latency in ms by kind of request, load figures and memory; `count` events are loaded first. */
export async function latency(count: number): Promise<Record<string, unknown>> {
  const service = await startService();
  try {
    const until = Date.now();
    const began = performance.now();
    const loaded = await loadHistory(
      service.table,
      shopProfile(creatorId, until - 400 * 86_400_000),
      shopHistory(creatorId, count, until),
    );
    const seconds = (performance.now() - began) / 1000;
    if (loaded.refused.length) throw new Error(`history refused: ${loaded.refused[0]?.reason}`);
    const today = new Date(until).toISOString().slice(0, 10);
    const range = (days: number, i: number) => {
      const to = addDays(today, -(i % 20));
      return `from=${addDays(to, 1 - days)}&to=${to}`;
    };
    const kpis = (query: string) => `/v1/creators/${creatorId}/kpis?${query}`;
    const cases: Record<string, (i: number) => string> = {
      '1 day': (i) => kpis(`names=${mixture}&grain=day&${range(1, i)}`),
      '31 days': (i) => kpis(`names=${mixture}&grain=day&${range(31, i)}`),
      '31 days, compared': (i) => kpis(`names=${mixture}&grain=day&compare=previous&${range(31, i)}`),
      '365 days': (i) => kpis(`names=${mixture}&grain=day&${range(365, i)}`),
      '365 days, monthly': (i) => kpis(`names=${mixture}&grain=month&${range(365, i)}`),
      '365 days, percentiles': (i) => kpis(`names=timeToDeliver&grain=day&${range(365, i)}`),
      '31 days by product': (i) => kpis(`names=grossSales&grain=total&by=product&${range(31, i)}`),
      '365 days by product': (i) => kpis(`names=grossSales&grain=total&by=product&${range(365, i)}`),
      '24 hours': (i) => kpis(`names=netSales,orders,averageOrderValue&grain=hour&${range(1, i)}`),
      dashboard: () => `/v1/creators/${creatorId}/dashboard`,
      'orders behind a day': (i) => `/v1/creators/${creatorId}/orders?kpi=grossSales&day=${addDays(today, -1 - (i % 20))}`,
    };
    const figures: Record<string, unknown> = {
      events: loaded.events,
      items: loaded.items,
      loadSeconds: rounded(seconds),
      loadEventsPerSecond: Math.round(loaded.events / seconds),
    };
    for (const [name, pathOf] of Object.entries(cases)) {
      for (let i = 0; i < 10; i++) await service.get(pathOf(i));
      const times: number[] = [];
      for (let i = 0; i < requests; i++) times.push((await service.get(pathOf(i))).milliseconds);
      figures[name] = spreadOf(times);
    }
    figures.memoryMB = Math.round(process.memoryUsage().rss / 1e6);
    return figures;
  } finally {
    await service.stop();
  }
}
