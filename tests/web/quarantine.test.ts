/** Does an operator find, look at, take in again and discard what could not be counted, in the browser? And is the page there for nobody else? */
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import type { HeldRecord } from '../../shared/api/quarantine.ts';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { surplusOf } from '../make/layout.ts';

const held = (id: string, reason: string): HeldRecord => ({
  id,
  acceptedAt: '2026-11-01T10:00:00.000Z',
  creatorId: 'c-1',
  subject: `order/o-${id}`,
  reason,
});

describeDashboard('quarantine', ({ url, visit }) => {
  it('of a service that counted everything says so', async () => {
    const { page, context, complaints } = await visit(/Operator/);
    await page.getByRole('link', { name: 'What could not be counted' }).click();
    await page.getByText('Everything that came in is counted.').waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is looked at, taken in again and, after a second click, discarded; on a phone', async () => {
    const { page, context, complaints } = await visit(/Operator/, { viewport: { width: 360, height: 780 } });
    let records = [
      held('11', 'missing_rate: EUR needs a rate'),
      held('12', 'missing_rate: EUR needs a rate'),
      held('13', 'not JSON'),
    ];
    const asked: [string, string[]][] = [];
    // The runtime refuses bad events at its door, so what lies in quarantine is told by the test.
    await page.route('**/v1/quarantine**', async (route) => {
      const request = route.request();
      const what = new URL(request.url()).pathname.split('/').at(-1) ?? '';
      if (request.method() === 'GET' && what === 'quarantine') return route.fulfill({ json: { records, hasMore: false } });
      if (request.method() === 'GET')
        return route.fulfill({ json: { ...records[0], event: { subject: 'order/o-11', data: { name: '…' } } } });
      const { ids } = request.postDataJSON() as { ids: string[] };
      asked.push([what, ids]);
      const stays = what === 'replay' ? ids.slice(1) : [];
      records = records.filter(({ id }) => !ids.includes(id) || stays.includes(id));
      const left = stays.map((id) => ({ id, why: 'missing_rate: EUR needs a rate' }));
      return route.fulfill({ json: { [what === 'replay' ? 'replayed' : 'discarded']: ids.length - stays.length, left } });
    });
    await page.goto(`${url}/operator/quarantine`);
    await page.getByText('order/o-11').waitFor();
    expect((await new AxeBuilder({ page }).analyze()).violations).toEqual([]);
    expect(await surplusOf(page)).toBe(0);
    await page.getByRole('button', { name: 'Look at 11' }).click();
    await page.getByText('"name": "…"').waitFor();
    await page.keyboard.press('Escape');

    for (const id of ['11', '12']) await page.getByRole('checkbox', { name: `order/o-${id}` }).check();
    await page.getByRole('button', { name: 'Take in again (2)' }).click();
    await page.getByText('1 was taken in again.').waitFor();
    await page.getByText('12: missing_rate').waitFor();
    await page.getByRole('checkbox', { name: 'order/o-13' }).check();
    await page.getByRole('button', { name: 'Discard (1)' }).click();
    expect(asked).toHaveLength(1);
    await page.getByRole('button', { name: /Discard for good/ }).click();
    await page.getByText('1 was discarded.').waitFor();
    expect(asked).toEqual([
      ['replay', ['11', '12']],
      ['discard', ['13']],
    ]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('is no page of an analyst', async () => {
    const { page, context } = await visit(/Analyst/);
    await page.goto(`${url}/operator/quarantine`);
    await page.locator('h1').waitFor();
    await settled(page);
    expect(await page.getByRole('heading', { level: 1 }).textContent()).not.toContain('could not be counted');
    expect(await page.getByRole('link', { name: 'What could not be counted' }).count()).toBe(0);
    await context.close();
  });
});
