/** What does a content day say? How one video or LIVE did on one local day. */
import * as z from 'zod';
import { entity } from './entity.ts';
import { count, currency, exchangeRate, money } from './fields.ts';

export const contentDay = entity({
  name: 'content-day',
  about: 'Views, clicks, orders and GMV of a video or LIVE on a day, as the platform reports them.',
  subject: 'content/{kind}/{contentId}/{day}',
  schema: z.looseObject({
    views: count().optional(),
    clicks: count().optional(),
    orders: count().optional(),
    gmv: money().optional(),
    currency: currency().optional(),
    exchangeRate: exchangeRate().optional(),
  }),
  dimensions: { contentKind: 'kind', content: 'contentId' },
  derived: { day: 'text', kind: 'text', contentId: 'text' },
  derive(facts, ids) {
    facts.day = ids.day;
    facts.kind = ids.kind;
    facts.contentId = ids.contentId;
  },
  example: {
    subject: 'content/video/v-77/2026-03-01',
    time: '2026-03-02T01:00:00Z',
    data: { views: 12000, clicks: 480, orders: 31, gmv: 61969, currency: 'USD' },
  },
});
