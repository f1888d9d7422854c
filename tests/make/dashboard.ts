/** How does a test look at the dashboard? A page of its own, signed in, on the runtime that all of them share. */
import { afterAll, beforeAll, describe, expect, inject } from 'vitest';
import type { CloudEvent } from '../../shared/events/parse.ts';
import { type Browser, type BrowserContext, type Page, reachBrowser, signIn } from './browser.ts';

export interface Visit {
  page: Page;
  context: BrowserContext;
  /** What the page said that it should not: errors, and what its own policy blocked. */
  complaints: string[];
}

export interface Dashboard {
  url: string;
  /** A page in a browser profile of its own; signed in where an account is named by the words of its button. */
  visit(account?: string | RegExp, options?: Parameters<Browser['newContext']>[0]): Promise<Visit>;
  /** A token from the runtime's issuer. */
  token(form: Record<string, string>): Promise<string>;
  /** Sends events; resolves when they are accepted, every one of them. */
  send(events: CloudEvent[]): Promise<void>;
  /** Asks the API as a creator. */
  ask(path: string, creator: string): Promise<Response>;
}

// What the browser itself says of an answer that a test asked for is no complaint of the page.
const expected = /the server responded with a status of|net::ERR_/;

/**
 * Declares tests that need a browser: skipped, and said loudly by the setup, where there is none. `concurrent` ones mostly wait, and do
 * so together.
 */
export function describeDashboard(name: string, tests: (dashboard: Dashboard) => void, { concurrent = false } = {}): void {
  const url = inject('url');
  describe.skipIf(!url)(name, { concurrent }, () => {
    let browser: Browser;
    beforeAll(async () => {
      browser = await reachBrowser(inject('browser'));
    });
    afterAll(() => browser?.close());

    const token = async (form: Record<string, string>): Promise<string> => {
      const body = new URLSearchParams({ grant_type: 'client_credentials', ...form });
      const response = await fetch(`${url}/issuer/token`, { method: 'POST', body });
      return ((await response.json()) as { access_token: string }).access_token;
    };
    tests({
      url,
      token,
      async visit(account, options = {}) {
        const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1280, height: 900 }, ...options });
        context.setDefaultTimeout(120_000);
        const page = await context.newPage();
        const complaints: string[] = [];
        page.on('console', (message) => {
          if (message.type() === 'error' && !expected.test(message.text())) complaints.push(message.text());
        });
        page.on('pageerror', (error) => complaints.push(error.message));
        if (account) await signIn(page, url, account);
        return { page, context, complaints };
      },
      async send(events) {
        const response = await fetch(`${url}/v1/events`, {
          method: 'POST',
          headers: {
            'content-type': 'application/cloudevents-batch+json',
            authorization: `Bearer ${await token({ roles: 'service' })}`,
          },
          body: JSON.stringify(events),
        });
        expect(await response.json()).toMatchObject({ accepted: events.length, rejected: [] });
      },
      ask: async (path, creator) =>
        fetch(`${url}/v1${path}`, {
          headers: { authorization: `Bearer ${await token({ roles: 'creator', creator_id: creator })}` },
        }),
    });
  });
}

/** Resolves when nothing on the page is loading any more. */
export const settled = (page: Page): Promise<unknown> =>
  page.waitForFunction(() => document.querySelector('h1') && !document.querySelector('.animate-pulse, [aria-busy=true]'));

/** The paths of a creator's screens, details included. */
export const screenPaths = [
  'overview',
  'sales',
  'profit',
  'money',
  'content',
  'goals',
  'forecast',
  'customers',
  'stock',
  'products',
  'shipping',
  'satisfaction',
  'operations',
  'sources',
  'exports',
  'dictionary',
  'settings',
  'kpi/netSales',
];
