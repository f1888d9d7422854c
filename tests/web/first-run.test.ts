/** What does somebody see whose shop has no number yet? */
import { expect, it } from 'vitest';
import { describeDashboard, settled } from '../make/dashboard.ts';
import { makeEvent } from '../make/events.ts';

describeDashboard('the sign-in', ({ url, visit }) => {
  it('promises what is there, and no more', async () => {
    const { page, context } = await visit();
    await page.goto(url);
    const promised = await page.locator('main').innerText();
    expect(promised).toMatch(/what sold, what shipped late, what came back and what buyers say/i);
    expect(promised).not.toMatch(/earned|profit|forecast|what to do about it/i);
    await context.close();
  });

  it('of many accounts finds one by any part of its name', async () => {
    const { page, context } = await visit();
    const many = Array.from({ length: 30 }, (_, i) => ({ id: `s-${i}`, name: `Seller ${i} of São Paulo` }));
    await page.route('**/config.json', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, json: { ...(await response.json()), accounts: many } });
    });
    await page.goto(url);
    await page.getByRole('searchbox').fill('27 of');
    expect(await page.getByRole('button').allTextContents()).toEqual(['Seller 27 of São Paulo']);
    await page.getByRole('searchbox').fill('nobody');
    await page.getByText('None of these').waitFor();
    await context.close();
  });
});

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
    // Whole commands, for the folder of this runtime; what it says of an order is of this creator.
    await page.getByText('For developers').click();
    await page.locator('[data-command]').first().waitFor();
    const commands = await page.locator('[data-command]').allTextContents();
    expect(commands).toHaveLength(4);
    expect(commands[0]).toMatch(/^npm run import -- csv samples\/old-shop --data-dir \S+$/);
    expect(commands[2]).toContain('"creatorid":"c-new"');
    expect(commands[2]).toContain(`${url}/v1/events`);
    expect(commands[3]).toMatch(/^npm start -- --data-dir \.demo --port \d+$/);
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
    await page.getByText('For developers').click();
    await page.locator('[data-command]').first().waitFor();
    const commands = await page.locator('[data-command]').allTextContents();
    // Nobody knows this creator: it is introduced before its order.
    expect(commands[2]).toContain('"subject":"creator/c-unborn"');
    await context.close();
  });
});
