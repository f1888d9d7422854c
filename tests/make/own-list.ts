/** How does a test read and write a list among a creator's settings? The real handler over a real table, a creator of its own for each test. */
import { afterAll, beforeAll, beforeEach } from 'vitest';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/settings/routes.ts';
import { acceptProfile } from '../../shared/store/profiles.ts';
import { makeCreator } from './events.ts';
import { type Asked, ask } from './request.ts';
import { type MadeTable, makeTable } from './servers.ts';

/** Noon of the day that every test begins at. */
export const noon = '2026-03-20T12:00:00.000Z';

/** Declares what the tests of a file need; `path` is that of the list. */
export function useOwnList(path: string) {
  let table: MadeTable;
  let now = Date.parse(noon);
  let made = 0;
  let creator = '';
  const handler = serve(
    routes,
    () => ({ table }),
    () => now,
  );
  beforeAll(async () => {
    table = await makeTable();
  });
  beforeEach(async () => {
    now = Date.parse(noon);
    creator = `c-${++made}`;
    await acceptProfile(table, makeCreator(creator));
  });
  afterAll(() => table.close());

  const call = (asked: Partial<Asked> & { route: string }) => ask(handler, { creatorId: creator, as: creator, ...asked });
  return {
    call,
    get: (asked: Partial<Asked> = {}) => call({ route: `GET ${path}`, ...asked }),
    put: (body: unknown, asked: Partial<Asked> = {}) => call({ route: `PUT ${path}`, body, ...asked }),
    /** Moves the clock (ms). */
    pass: (milliseconds: number) => {
      now += milliseconds;
    },
  };
}
