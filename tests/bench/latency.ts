/**
 * How fast do reports answer with a million events behind them and as much pending as there can be? Requests in sequence over HTTP, on the
 * embedded runtime; beside it another checkout (`--against ../base`), asked in turn.
 */
import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { addDays } from '../../shared/time.ts';
import type { Loaded } from './latency-service.ts';
import { rounded, spreadOf } from './statistics.ts';

const requests = 200;
const mixture = 'netSales,orders,averageOrderValue,onTimeDeliveryRate';

export interface LatencyOptions {
  events: number;
  /** Another checkout. */
  against?: string | undefined;
}

interface Side extends Loaded {
  child: ChildProcess;
}

const here = join(import.meta.dirname, '../..');

async function start(checkout: string, events: number): Promise<Side> {
  const child = fork(join(import.meta.dirname, 'latency-service.ts'), [checkout, String(events)], { stdio: 'inherit' });
  const loaded = await new Promise<Loaded>((resolve, reject) => {
    child.once('message', (message) => resolve(message as Loaded));
    child.once('exit', (code) => reject(new Error(`the service ended with ${code}`)));
  });
  return { ...loaded, child };
}

/** Milliseconds of one request. */
async function ask({ url, token }: Side, path: string): Promise<number> {
  const began = performance.now();
  const answer = await fetch(`${url}${path}`, { headers: { authorization: `Bearer ${token}` } });
  const text = await answer.text();
  const milliseconds = performance.now() - began;
  if (answer.status !== 200) throw new Error(`GET ${path}: ${answer.status} ${text.slice(0, 300)}`);
  return milliseconds;
}

function casesOf({ until, creatorId }: Loaded): Record<string, (i: number) => string> {
  const today = new Date(until).toISOString().slice(0, 10);
  const range = (days: number, i: number) => {
    const to = addDays(today, -(i % 20));
    return `from=${addDays(to, 1 - days)}&to=${to}`;
  };
  const kpis = (query: string) => `/v1/creators/${creatorId}/kpis?${query}`;
  return {
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
}

/** Reports that an older checkout does not have. */
function newCasesOf({ until, creatorId }: Loaded): Record<string, (i: number) => string> {
  const today = new Date(until).toISOString().slice(0, 10);
  const range = (days: number, i: number) => `from=${addDays(today, 1 - days - (i % 20))}&to=${addDays(today, -(i % 20))}`;
  const of = (what: string) => `/v1/creators/${creatorId}/${what}`;
  return {
    'profit of 31 days by product': (i) => of(`profitability?by=product&${range(31, i)}`),
    'profit of 365 days by order': (i) => of(`profitability?by=order&${range(365, i)}`),
    'samples of 90 days by content': (i) => of(`samples?by=content&${range(90, i)}`),
    payouts: () => of('payouts'),
    'shipping, 90 days': (i) => of(`shipping?${range(90, i)}`),
    'satisfaction, 31 days': (i) => of(`satisfaction?${range(31, i)}`),
    'operations, 31 days': (i) => of(`operations?${range(31, i)}`),
    'customers by product': () => of('customers'),
    inventory: () => of('inventory'),
    recommendations: () => of('recommendations'),
    'forecasts of units': () => of('forecasts?name=units'),
    'trend of net sales, 365 days': (i) => of(`trends?name=netSales&${range(365, i)}`),
    products: () => of('products'),
    'what moved net sales, 31 days': (i) => of(`movers?name=netSales&${range(31, i)}`),
    goals: () => of('goals'),
  };
}

/** Latency in ms by kind of request, and how many times that of the other checkout it is: medians and 99th percentiles. */
export async function latency({ events, against }: LatencyOptions): Promise<Record<string, unknown>> {
  const sides: Side[] = [];
  try {
    const checkouts = against ? [here, join(process.cwd(), against)] : [here];
    sides.push(...(await Promise.all(checkouts.map((checkout) => start(checkout, events)))));
    const [own, other] = sides;
    if (!own) throw new Error('no service');
    const figures: Record<string, unknown> = { events: own.events, items: own.items, loadSeconds: rounded(own.seconds) };
    for (const [name, pathOf] of Object.entries(casesOf(own))) {
      const times = sides.map((): number[] => []);
      for (let i = -10; i < requests; i++)
        for (const [n, side] of sides.entries()) {
          const milliseconds = await ask(side, pathOf(i + 20));
          if (i >= 0) times[n]?.push(milliseconds);
        }
      const [mine, others] = times.map(spreadOf);
      if (!other || !mine || !others) figures[name] = mine;
      else
        figures[name] = {
          ...mine,
          'times the other': { p50: rounded(mine.p50 / others.p50, 2), p99: rounded(mine.p99 / others.p99, 2) },
        };
    }
    for (const [name, pathOf] of Object.entries(newCasesOf(own))) {
      const times: number[] = [];
      for (let i = -10; i < requests; i++) {
        const milliseconds = await ask(own, pathOf(i + 20));
        if (i >= 0) times.push(milliseconds);
      }
      figures[name] = spreadOf(times);
    }
    return figures;
  } finally {
    for (const { child } of sides) child.send('stop');
  }
}
