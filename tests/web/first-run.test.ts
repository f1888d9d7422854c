/** What does somebody see whose shop has no number yet? */
import { expect, it } from 'vitest';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { makeEvent } from '../make/events.ts';

describeDashboard('the first run', ({ url, visit, send }) => {
  it('of a creator without events says what to do next', async () => {
    const time = new Date().toISOString();
    await send([
      makeEvent({
        entity: 'creator',
        subject: 'creator/c-new',
        data: { name: 'Brand new', timeZone: 'Europe/Berlin', currency: 'EUR' },
        creator: 'c-new',
        version: 1,
        time,
      }),
    ]);
    const { page, context } = await visit(/Analyst/);
    await page.goto(`${url}/c/c-new/overview`);
    await page.getByRole('heading', { name: /Welcome/ }).waitFor();
    await page.getByText('npm run import').waitFor();
    for (const path of ['sales', 'products', 'exports']) {
      await page.goto(`${url}/c/c-new/${path}`);
      await settled(page);
    }
    await page.getByText('No file yet').waitFor();
    await context.close();
  });

  it('of an account whose creator nobody knows says so', async () => {
    const { page, context } = await visit();
    await page.route('**/config.json', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), accounts: [{ id: 'c-unborn', name: 'Unborn' }] } });
    });
    await page.goto(url);
    await page.getByRole('button', { name: 'Unborn' }).click();
    await page.getByRole('heading', { name: 'Your shop is not connected yet' }).waitFor();
    expect(await page.getByText('npm run import').count()).toBe(1);
    await context.close();
  });
});
