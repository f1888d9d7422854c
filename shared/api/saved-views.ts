/** What is a saved view, and how is the list of them replaced? */
import * as z from 'zod';
import { endpoint, noQuery, readers } from './endpoint.ts';

const mostViews = 50;

// Stored and answered as it is given, whatever the script: whoever shows it escapes it.
const printable = /^[^\p{Cc}\p{Cs}]*$/u;
// One slash: what begins with two, or with a backslash after it, leads a browser to another host.
const ownPath = /^\/(?![/\\])[^\p{Cc}\p{Cs}\s\\?#]*$/u;

const view = z.strictObject({
  id: z
    .string()
    .regex(/^[A-Za-z0-9_-]{1,64}$/, 'must be 1 to 64 letters, digits, - or _')
    .describe('chosen by whoever saves it'),
  name: z.string().trim().min(1).max(80).regex(printable, 'must have no control characters'),
  path: z.string().max(200).regex(ownPath, 'must be a path of the dashboard: one slash, then neither \\, ? nor #'),
  search: z.string().max(2000).regex(printable, 'must have no control characters').describe('the query of the page, or empty'),
});

const version = z
  .int({ error: 'must be the version that was read; 0 where nothing was saved yet' })
  .min(0)
  .max(Number.MAX_SAFE_INTEGER - 1);

/** What is sent: a list as it was read may be sent back, so that a view may carry the instant that it was answered with. */
const savedViewsBody = z.strictObject({
  version: version.describe('the version this was made from; 0 where nothing was saved yet'),
  views: z
    .array(view.extend({ savedAt: z.string().max(40).optional().describe('not looked at') }))
    .max(mostViews, `at most ${mostViews} views are kept`)
    .superRefine((views, context) => {
      for (const [i, { id }] of views.entries())
        if (views.findIndex((other) => other.id === id) < i)
          context.addIssue({ code: 'custom', path: [i, 'id'], message: `${id} is there twice: give each view its own id` });
    }),
});

const savedViewsAnswer = z.object({
  version: z.int().describe('counted up by each change; 0: nothing was saved yet'),
  views: z.array(view.extend({ savedAt: z.string().describe('when this view was last changed (UTC)') })),
});

const path = '/v1/creators/{creatorId}/saved-views';

export const getSavedViews = endpoint({
  method: 'GET',
  path,
  summary: 'The saved views: pages of the dashboard with their filters, under names.',
  roles: readers,
  query: noQuery,
  status: 200,
  answer: savedViewsAnswer,
});

export const putSavedViews = endpoint({
  method: 'PUT',
  path,
  summary: 'Replaces the saved views. 409 where they were changed since the version that is named.',
  roles: ['creator', 'admin'],
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
