/** How does a test drop files on the page? As a hand would. */
import type { Page } from './browser.ts';
import type { Files } from './import-desk.ts';

export async function dropOn(page: Page, files: Files): Promise<void> {
  const carried = Object.entries(files).map(([name, content]) => ({ name, base64: Buffer.from(content).toString('base64') }));
  const transfer = await page.evaluateHandle((all) => {
    const data = new DataTransfer();
    for (const { name, base64 } of all) {
      const bytes = Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0));
      data.items.add(new File([bytes], name));
    }
    return data;
  }, carried);
  await page.dispatchEvent('[data-drop-zone]', 'drop', { dataTransfer: transfer });
}
