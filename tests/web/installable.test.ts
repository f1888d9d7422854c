/** Can the page be installed: a manifest that the page's own policy lets in, icons of the sizes that it says, and nothing that keeps old numbers? */
import { expect, it } from 'vitest';
import { describeDashboard } from '../make/dashboard.ts';

interface Manifest {
  start_url: string;
  display: string;
  icons: { src: string; sizes: string; type: string; purpose?: string }[];
}

describeDashboard('the installable page', ({ url, visit }) => {
  it('has a manifest of the right type that the browser takes without a fault', async () => {
    const { page, context, complaints } = await visit(/Rosa/);
    const devtools = await context.newCDPSession(page);
    const { errors, url: found } = await devtools.send('Page.getAppManifest');
    expect([errors, found]).toEqual([[], `${url}/manifest.webmanifest`]);
    const { installabilityErrors } = await devtools.send('Page.getInstallabilityErrors');
    // A profile of a test is one without a history: nothing can be installed into it, whatever the page is like.
    expect(installabilityErrors.map(({ errorId }) => errorId).filter((id) => id !== 'in-incognito')).toEqual([]);
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('has icons of the sizes that the manifest says, one of them to be cut to any shape', async () => {
    const answer = await fetch(`${url}/manifest.webmanifest`);
    expect(answer.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
    const manifest = (await answer.json()) as Manifest;
    expect(manifest).toMatchObject({ start_url: '/', display: 'standalone' });
    const pngs = manifest.icons.filter(({ type }) => type === 'image/png');
    for (const { src, sizes } of pngs) {
      const icon = await fetch(url + src);
      expect(icon.headers.get('content-type')).toBe('image/png');
      const bytes = Buffer.from(await icon.arrayBuffer());
      // Width and height stand at the head of every PNG.
      expect(`${bytes.readUInt32BE(16)}x${bytes.readUInt32BE(20)}`).toBe(sizes);
    }
    expect(pngs.map(({ sizes, purpose }) => [sizes, purpose])).toEqual([
      ['192x192', undefined],
      ['512x512', undefined],
      ['512x512', 'maskable'],
    ]);
  });

  it('keeps no numbers in a worker of its own', async () => {
    const { page, context } = await visit(/Rosa/);
    expect(await page.evaluate(async () => (await navigator.serviceWorker.getRegistrations()).length)).toBe(0);
    await context.close();
  });
});
