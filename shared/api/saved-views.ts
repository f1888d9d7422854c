/** What is a saved view, and how is the list of them replaced? */
import * as z from 'zod';
import { endpoint, noQuery, owners, readers } from './endpoint.ts';
import {
  entryId,
  listSent,
  noControls,
  printable,
  readInstant,
  sentInstant,
  versionRead,
  versionSent,
} from './versioned-list.ts';

const mostViews = 50;

// One slash: what begins with two, or with a backslash after it, leads a browser to another host.
const ownPath = /^\/(?![/\\])[^\p{Cc}\p{Cs}\s\\?#]*$/u;

const view = z.strictObject({
  id: entryId,
  name: z.string().trim().min(1).max(80).regex(printable, noControls),
  path: z.string().max(200).regex(ownPath, 'must be a path of the dashboard: one slash, then neither \\, ? nor #'),
  search: z.string().max(2000).regex(printable, noControls).describe('the query of the page, or empty'),
});

const savedViewsBody = z.strictObject({
  version: versionSent,
  views: listSent(view.extend(sentInstant), mostViews, 'views'),
});

const savedViewsAnswer = z.object({ version: versionRead, views: z.array(view.extend(readInstant)) });

const path = '/v1/creators/{creatorId}/saved-views';

export const getSavedViews = endpoint({
  method: 'GET',
  path,
  gate: { to: 'settings', rate: 50, burst: 100 },
  summary: 'The saved views: pages of the dashboard with their filters, under names.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: savedViewsAnswer,
});

export const putSavedViews = endpoint({
  method: 'PUT',
  path,
  gate: { to: 'settings', rate: 10, burst: 20 },
  summary: 'Replaces the saved views. 409 where they were changed since the version that is named.',
  roles: owners,
  query: noQuery,
  body: {
    types: ['application/json'],
    schema: savedViewsBody,
    example: {
      version: 0,
      views: [
        { id: 'march', name: 'March by channel', path: '/c/c-1/sales', search: 'from=2026-03-01&to=2026-03-31&by=channel' },
      ],
    },
  },
  status: 200,
  answer: savedViewsAnswer,
});

export type SavedViews = z.infer<typeof savedViewsAnswer>;
export type SavedView = SavedViews['views'][number];
