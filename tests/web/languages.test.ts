/** Is every screen whole in every language, on a phone: no number broken, no word cut, nothing left in English, nothing that axe finds? */
import { readFileSync } from 'node:fs';
import { AxeBuilder } from '@axe-core/playwright';
import { expect, it } from 'vitest';
import { describeDashboard, screenPaths, settled } from '../make/dashboard.ts';
import { brokenCardsOn, brokenNumbersOn, cutTextsOn, surplusOf, textsOn, wideTablesOn } from '../make/layout.ts';
import { roundsOf, someOf, spread } from '../rounds.ts';

const day = new Date(Date.now() - 3 * 86_400_000).toISOString().slice(0, 10);
const paths = [
  ...screenPaths,
  `rows?kpi=netSales&day=${day}`,
  'rows?atRisk=true',
  'sales?range=month',
  'sales?range=today',
  'nowhere',
];

/** The pseudo-locale first: its texts are the longest, and run from right to left. */
const languages = ['ar-XB', 'en', 'id', 'es'];

const messagesOf = (language: string): Record<string, string> =>
  JSON.parse(readFileSync(new URL(`../../web/messages/${language}.json`, import.meta.url), 'utf8')) as Record<string, string>;

/** English sentences that a language says otherwise. */
function englishAlone(language: string): Set<string> {
  const own = messagesOf(language);
  const spoken = new Set(Object.values(own));
  return new Set(Object.values(messagesOf('en')).filter((text) => !text.includes('{') && !spoken.has(text)));
}

describeDashboard('every screen in', ({ url, visit }) => {
  it.each(languages)('%s is whole on a phone', async (language) => {
    const { page, context, complaints } = await visit(/Rosa/, {
      viewport: { width: 360, height: 780 },
      reducedMotion: 'reduce',
    });
    await page.goto(`${url}/c/c-1/overview?lang=${language}`);
    const english = language === 'id' || language === 'es' ? englishAlone(language) : new Set<string>();
    const withAxe = spread(languages, roundsOf('axe')).includes(language);
    for (const path of someOf(paths, 'languageScreens')) {
      await page.goto(`${url}/c/c-1/${path}`);
      await settled(page);
      expect(await page.evaluate(() => [document.documentElement.lang, document.documentElement.dir])).toEqual([
        language,
        language === 'ar-XB' ? 'rtl' : 'ltr',
      ]);
      expect.soft(await brokenNumbersOn(page)).toEqual([]);
      expect.soft(await brokenCardsOn(page)).toEqual([]);
      expect.soft(await cutTextsOn(page)).toEqual([]);
      // The marks of the pseudo-locale make words a third longer than any language here: its tables may be moved.
      if (language !== 'ar-XB') expect.soft(await wideTablesOn(page)).toEqual([]);
      expect.soft([path, await surplusOf(page)]).toEqual([path, 0]);
      expect.soft((await textsOn(page)).filter((text) => english.has(text))).toEqual([]);
      if (!withAxe) continue;
      const { violations } = await new AxeBuilder({ page }).analyze();
      expect.soft(violations.map(({ id, nodes }) => `${path}: ${id} ${nodes[0]?.html.slice(0, 160)}`)).toEqual([]);
    }
    expect(complaints).toEqual([]);
    await context.close();
  });

  it('a language is found cut, wide or English where it is: the checks can fail', async () => {
    const { page, context } = await visit(/Rosa/, { viewport: { width: 360, height: 780 } });
    await page.evaluate(() => {
      document.body.innerHTML = '<main><p>Orders at risk</p><div>$1</div></main>';
      const [cut, wide] = [document.querySelector('p'), document.querySelector('div')] as [HTMLElement, HTMLElement];
      // A policy keeps styles out of markup, not out of programs.
      Object.assign(cut.style, { width: '4rem', overflow: 'hidden', textOverflow: 'ellipsis', whiteSpace: 'nowrap' });
      wide.style.width = '900px';
    });
    expect(await cutTextsOn(page)).toHaveLength(1);
    expect(await surplusOf(page)).toBeGreaterThan(0);
    expect((await textsOn(page)).filter((text) => englishAlone('id').has(text))).toEqual(['Orders at risk']);
    await context.close();
  });
});
