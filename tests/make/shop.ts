/** How does a test ask about a shop? A table filled by the real fold, and the real handler over it, every answer held to its schema. */
import { expect } from 'vitest';
import { serve } from '../../functions/http.ts';
import { routes } from '../../functions/report/routes.ts';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { loadHistory } from '../../shared/ingest/load-history.ts';
import { makeCreator } from './events.ts';
import { type Answered, type Asked, ask } from './request.ts';
import { type MadeTable, makeTable } from './servers.ts';

export interface Shop {
  table: MadeTable;
  /** Moves the clock. */
  setNow(instant: string): void;
  /** Loads a creator with its history. */
  load(creator: string, events: CloudEvent[], profile?: Record<string, unknown>): Promise<void>;
  ask(asked: Asked): Promise<Answered>;
  /** GET /v1/creators/{creator}/<what> as its creator. */
  get(what: string, query?: Record<string, string>, creator?: string): Promise<Answered>;
  close(): Promise<void>;
}

const answerOf = new Map(routes.map(({ endpoint }) => [`${endpoint.method} ${endpoint.path}`, endpoint.answer]));

/** What the schema would leave out or refuse is an answer that the description does not tell of. */
function holdToSchema({ route }: Asked, { status, json }: Answered): void {
  const schema = answerOf.get(route);
  if (status !== 200 || !schema || typeof schema === 'string') return;
  expect(schema.parse(json)).toEqual(json);
}

export async function makeShop(instant = '2026-03-20T16:30:00Z'): Promise<Shop> {
  const table = await makeTable();
  let now = Date.parse(instant);
  const handler = serve(
    routes,
    () => ({ table, version: '1.2.3', cursorKey: 'a key' }),
    () => now,
  );
  const askHandler = async (asked: Asked) => {
    const answer = await ask(handler, asked);
    holdToSchema(asked, answer);
    return answer;
  };
  return {
    table,
    setNow: (then) => {
      now = Date.parse(then);
    },
    load: async (creator, events, profile = {}) => {
      const { refused } = await loadHistory(table, makeCreator(creator, profile), events, {
        receivedAt: new Date(now).toISOString(),
      });
      expect(refused).toEqual([]);
    },
    ask: askHandler,
    get: (what, query, creator = 'c-1') =>
      askHandler({
        route: `GET /v1/creators/{creatorId}${what && `/${what}`}`,
        creatorId: creator,
        as: creator,
        ...(query ? { query } : {}),
      }),
    close: () => table.close(),
  };
}
