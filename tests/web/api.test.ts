/** Does the page ask the API as agreed: by ETag, once more with a fresh token, and with a failure that says what to do? */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ApiFailure, makeApi } from '../../web/data/api.ts';
import { isPassing, pauseBefore } from '../../web/data/client.ts';
import { noteServerTime, serverNow } from '../../web/data/clock.ts';

type Answer = { status: number; body?: unknown; headers?: Record<string, string> };

/** A service that gives these answers, one after another, and remembers the requests. */
function serviceOf(...answers: (Answer | Error)[]) {
  const asked: { url: string; headers: Headers }[] = [];
  vi.stubGlobal('fetch', async (url: string, init: RequestInit) => {
    asked.push({ url, headers: new Headers(init.headers) });
    const next = answers.shift();
    if (!next) throw new Error('asked once too often');
    if (next instanceof Error) throw next;
    const isEmpty = next.status === 304;
    return new Response(isEmpty ? null : JSON.stringify(next.body ?? {}), { status: next.status, headers: next.headers ?? {} });
  });
  return asked;
}

const bearerOf = (renewed = true) => {
  let token = 'old';
  return {
    token: () => token,
    renew: vi.fn(async () => {
      token = 'new';
      return renewed;
    }),
    end: vi.fn(async () => {}),
  };
};

afterEach(() => {
  vi.unstubAllGlobals();
  noteServerTime(new Date().toUTCString());
});

describe('a question', () => {
  it('that is asked again is answered from what is known, where nothing changed', async () => {
    const asked = serviceOf({ status: 200, body: { n: 1 }, headers: { etag: 'W/"a"' } }, { status: 304 });
    const api = makeApi(bearerOf());
    const first = await api.get('/kpis', { names: 'a', from: undefined });
    expect(await api.get('/kpis', { names: 'a' })).toBe(first);
    expect(asked.map(({ url }) => url)).toEqual(['/v1/kpis?names=a', '/v1/kpis?names=a']);
    expect(asked[1]?.headers.get('if-none-match')).toBe('W/"a"');
  });

  it('with an expired token is asked once more with a fresh one', async () => {
    const asked = serviceOf({ status: 401 }, { status: 200, body: { n: 2 } });
    const bearer = bearerOf();
    expect(await makeApi(bearer).get('/kpis')).toEqual({ n: 2 });
    expect(asked.map(({ headers }) => headers.get('authorization'))).toEqual(['Bearer old', 'Bearer new']);
    expect(bearer.renew).toHaveBeenCalledOnce();
  });

  it('is not asked for ever: a second refusal stands', async () => {
    serviceOf({ status: 401 }, { status: 401, body: { message: 'Unauthorized' } });
    const bearer = bearerOf();
    await expect(makeApi(bearer).get('/kpis')).rejects.toMatchObject({ status: 401, message: 'Unauthorized' });
    expect(bearer.end).toHaveBeenCalledOnce();
  });

  it('fails with the words of the problem details', async () => {
    const issues = [{ path: 'from', message: 'is after to' }];
    serviceOf({ status: 400, body: { code: 'bad_request', detail: 'The query is wrong.', issues } });
    await expect(makeApi(bearerOf()).get('/kpis')).rejects.toMatchObject({
      code: 'bad_request',
      message: 'The query is wrong.',
      issues,
    });
  });

  it('whose answer is the same but for its lag tells the lag of now', async () => {
    const etag = 'W/"a"';
    serviceOf(
      { status: 200, body: { lagSeconds: 5 }, headers: { etag, 'x-lag-seconds': '5' } },
      { status: 304, headers: { etag, 'x-lag-seconds': '905' } },
    );
    const api = makeApi(bearerOf());
    expect(await api.get('/kpis')).toEqual({ lagSeconds: 5 });
    expect(await api.get('/kpis')).toEqual({ lagSeconds: 905 });
  });

  it('whose answer breaks off in the middle has not been answered', async () => {
    vi.stubGlobal('fetch', async () => ({
      ok: true,
      status: 200,
      headers: new Headers(),
      text: () => Promise.reject(new TypeError('network error')),
    }));
    await expect(makeApi(bearerOf()).get('/kpis')).rejects.toMatchObject({ code: 'unreachable' });
  });

  it('whose answer is the same under another mark is asked with that mark', async () => {
    const asked = serviceOf(
      { status: 200, body: { n: 1 }, headers: { etag: 'W/"a.1"' } },
      { status: 304, headers: { etag: 'W/"a.2"' } },
      { status: 304 },
    );
    const api = makeApi(bearerOf());
    for (let n = 0; n < 3; n++) expect(await api.get('/kpis')).toEqual({ n: 1 });
    expect(asked.map(({ headers }) => headers.get('if-none-match'))).toEqual([null, 'W/"a.1"', 'W/"a.2"']);
  });

  it('that cannot be asked says so', async () => {
    serviceOf(new TypeError('Failed to fetch'));
    await expect(makeApi(bearerOf()).get('/kpis')).rejects.toMatchObject({ status: 0, code: 'unreachable' });
  });
});

describe('a failure', () => {
  it.each([
    [429, true],
    [500, true],
    [503, true],
    [0, true],
    [400, false],
    [403, false],
    [404, false],
  ])('of status %s passes by itself: %s', (status, passes) => expect(isPassing(new ApiFailure(status, '', ''))).toBe(passes));

  it('is waited out for as long as the service asked, else longer each time', async () => {
    serviceOf({ status: 429, headers: { 'retry-after': '7' } });
    const reason = await makeApi(bearerOf())
      .get('/kpis')
      .catch((failure: unknown) => failure);
    expect(pauseBefore(0, reason)).toBe(7000);
    expect([0, 1, 2, 9].map((attempt) => pauseBefore(attempt, new ApiFailure(500, '', '')))).toEqual([1000, 2000, 4000, 30_000]);
    expect(pauseBefore(0, new ApiFailure(429, '', '', [], 86_400_000))).toBe(30_000);
  });
});

describe('the time', () => {
  it('is the service’s where this machine’s clock is wrong', async () => {
    const anHour = 3_600_000;
    serviceOf({ status: 200, headers: { date: new Date(Date.now() + anHour).toUTCString() } });
    await makeApi(bearerOf()).get('/kpis');
    expect(Math.abs(serverNow() - Date.now() - anHour)).toBeLessThan(2000);
  });
});
