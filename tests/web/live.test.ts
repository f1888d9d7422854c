/** Does a page that stands open ask rarely, show an event within ten seconds all the same, and never show what is no longer so? */
import { environmentManager, focusManager, type QueryClient, QueryObserver } from '@tanstack/react-query';
import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Api, ApiFailure, ofCreator } from '../../web/data/api.ts';
import { makeClient } from '../../web/data/client.ts';
import { askIfChanged, liveOf, pauseAfter } from '../../web/data/live.ts';

const begin = Date.parse('2026-03-20T16:00:00Z');
const second = 1000;
const hour = 3_600_000;
/** From arrival until a batch is applied: what the stream gathers for, and what applying takes. */
const untilApplied = 5.4 * second;

beforeEach(() => {
  vi.useFakeTimers({ now: begin });
  environmentManager.setIsServer(() => false);
});
afterEach(() => {
  vi.useRealTimers();
});

/** A service that counts events: each is applied, with those that came meanwhile, a while after the first of its batch. */
function openService() {
  const events: { at: number; applied: number }[] = [];
  const asked: string[] = [];
  let failure: Error | undefined;
  const answer = () => {
    const now = Date.now();
    const done = events.filter(({ applied }) => applied <= now);
    const waiting = events.filter(({ at, applied }) => at <= now && applied > now);
    const lagSeconds = waiting.length ? Math.max(1, Math.ceil((now - (waiting[0]?.at ?? 0)) / second)) : 0;
    const asOf = new Date(done.at(-1)?.at ?? begin - hour).toISOString();
    const local = new Date(now).toISOString();
    return {
      asOf,
      lagSeconds,
      timeZone: 'UTC',
      currency: 'USD',
      definitionVersion: '1',
      today: { day: local.slice(0, 10), kpis: [{ name: 'orders', title: 'Orders', value: done.length }] },
      headline: [],
      atRisk: null,
    };
  };
  const get = async (path: string, query?: object) => {
    asked.push(`${path.split('/').at(-1)}${query ? '?' : ''}`);
    if (failure) throw failure;
    return answer();
  };
  return {
    api: { get } as unknown as Api,
    asked,
    fail: (reason: Error | undefined) => {
      failure = reason;
    },
    /** Accepts an event now. */
    accept(): void {
      const at = Date.now();
      const batch = events.find(({ applied }) => applied - 0.4 * second > at);
      events.push({ at, applied: batch?.applied ?? Math.max(at + untilApplied, events.at(-1)?.applied ?? 0) });
    },
  };
}

interface Shown {
  asOf: string;
  today: { kpis: { value: number }[] };
}

/** A page that stands open, with another interval where one is given; answers when the newest number came to be shown, by how many events it holds. */
function openPage(
  api: Api,
  more: { refetchInterval?: number } = {},
): { client: QueryClient; shownAt: number[]; close: () => void } {
  const client = makeClient();
  client.mount();
  const observer = new QueryObserver(client, { ...liveOf(api, 'c-1'), ...more });
  const shownAt: number[] = [];
  const unsubscribe = observer.subscribe(({ data }) => {
    const value = (data as unknown as Shown | undefined)?.today.kpis[0]?.value ?? 0;
    while (shownAt.length < value) shownAt.push(Date.now());
  });
  return {
    client,
    shownAt,
    close: () => {
      unsubscribe();
      client.unmount();
    },
  };
}

const pass = (ms: number) => vi.advanceTimersByTimeAsync(ms);

describe('a page that stands open', () => {
  it('asks a quiet shop every nine seconds, for today alone', async () => {
    const { api, asked } = openService();
    const page = openPage(api);
    await pass(hour);
    expect(asked.length).toBeLessThanOrEqual(hour / (9 * second) + 1);
    expect(asked.filter((one) => one === 'dashboard')).toHaveLength(1);
    page.close();
  });

  const gaps = fc.array(fc.integer({ min: 50, max: 40 * second }), { minLength: 1, maxLength: 30 });
  const showsInTime = (more?: { refetchInterval: number }) =>
    fc.asyncProperty(gaps, async (all) => {
      const service = openService();
      const page = openPage(service.api, more);
      const at: number[] = [];
      for (const gap of all) {
        await pass(gap);
        at.push(Date.now());
        service.accept();
      }
      await pass(20 * second);
      page.close();
      const late = page.shownAt.map((shown, i) => shown - (at[i] ?? 0));
      expect(late).toHaveLength(all.length);
      expect(Math.max(...late)).toBeLessThanOrEqual(10 * second);
    });

  it('shows an event within ten seconds, whenever and after whatever it comes', async () => {
    await fc.assert(showsInTime(), { numRuns: 60 });
  });

  it('that asked every nine seconds whatever waits would be found out', async () => {
    expect((await fc.check(showsInTime({ refetchInterval: 9 * second }), { numRuns: 60, seed: 1 })).failed).toBe(true);
  });

  it('asks a shop with an event every four seconds no more than 520 times an hour', async () => {
    const service = openService();
    const page = openPage(service.api);
    for (let n = 0; n < 900; n++) {
      await pass(4 * second);
      service.accept();
    }
    page.close();
    expect(service.asked.length).toBeLessThanOrEqual(520);
  });

  it('that nobody sees asks nothing, and asks at once when it is looked at again', async () => {
    const service = openService();
    const page = openPage(service.api);
    await pass(second);
    focusManager.setFocused(false);
    await pass(hour);
    expect(service.asked).toHaveLength(1);
    focusManager.setFocused(true);
    await pass(0);
    expect(service.asked).toHaveLength(2);
    focusManager.setFocused(undefined);
    page.close();
  });

  it('asks as often as ever where something is stuck, and where the service fails', async () => {
    const now = Date.now();
    const asOf = new Date(now - hour).toISOString();
    expect(pauseAfter({ asOf, lagSeconds: 3600 }, now)).toBe(5000);
    const service = openService();
    const page = openPage(service.api);
    await pass(second);
    service.fail(new ApiFailure(400, 'bad_request', ''));
    await pass(9 * second);
    const { length } = service.asked;
    await pass(60 * second);
    expect(service.asked.length - length).toBe(12);
    page.close();
  });
});

describe('a question that follows', () => {
  const key = ['/creators/c-1/kpis', {}];

  /** Asks every half minute for days until `until`; answers how often the service was asked. */
  function follow(service: ReturnType<typeof openService>, client: QueryClient, until: string) {
    let count = 0;
    const observer = new QueryObserver(client, {
      queryKey: key,
      refetchInterval: 30 * second,
      queryFn: (context) =>
        askIfChanged<{ asOf: string; lagSeconds: number }>(context, {
          creatorId: 'c-1',
          until,
          reachOf: (answer) => answer,
          ask: () => {
            count += 1;
            return service.api.get('/kpis');
          },
        }),
    });
    const close = observer.subscribe(() => {});
    return { close, count: () => count };
  }

  it('of days that are over is not asked again while nothing is counted, and is when something was', async () => {
    const service = openService();
    const page = openPage(service.api);
    await pass(second);
    const { close, count } = follow(service, page.client, '2026-03-19');
    await pass(7 * hour);
    expect(count()).toBe(1);
    service.accept();
    await pass(45 * second);
    expect(count()).toBe(2);
    // A new day moves ranges that are told by today.
    await pass(hour);
    expect(count()).toBe(3);
    close();
    page.close();
  });

  it('of a day that runs is asked every minute, since it is compared to the minute', async () => {
    const service = openService();
    const page = openPage(service.api);
    await pass(second);
    const { close, count } = follow(service, page.client, '2026-03-20');
    await pass(hour);
    expect(count()).toBeGreaterThanOrEqual(60);
    expect(count()).toBeLessThanOrEqual(62);
    close();
    page.close();
  });

  it('is asked where the profile was changed, where it was told to, and where nobody knows what is so now', async () => {
    const service = openService();
    const page = openPage(service.api);
    await pass(second);
    const { close, count } = follow(service, page.client, '2026-03-19');
    await pass(61 * second);
    expect(count()).toBe(1);
    page.client.setQueryData([ofCreator('c-1'), {}], { preferences: { weekStart: 'sunday' } });
    await pass(30 * second);
    expect(count()).toBe(2);
    await page.client.invalidateQueries({ queryKey: key });
    expect(count()).toBe(3);
    page.close();
    await pass(60 * second);
    expect(count()).toBe(5);
    close();
  });
});
