/** Does what stands on a page stand whole: its numbers in one line, its words uncut, nothing wider than the window? */
import type { Page } from './browser.ts';

/** Every number on the page that stands in more than one line, or reaches out of the window. */
export const brokenNumbersOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const number =
      /[-−+×]?\u2060?(?:\p{Sc}|[A-Z][a-z]|[A-Z]{2,3})?\u00A0?[-−+]?\d(?:[\d.,:\u00A0\u202F]*\d)?(?:\u00A0?(?:%|\p{Sc}|[KMB]\b|pts))?/gu;
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode()) {
      const parent = node.parentElement;
      if (!parent || parent.closest('script, style, option, code, pre, bdi, .sr-only')) continue;
      for (const { 0: text, index } of (node.textContent ?? '').matchAll(number)) {
        const range = document.createRange();
        range.setStart(node, index);
        range.setEnd(node, index + text.length);
        const boxes = [...range.getClientRects()].filter(({ width }) => width > 0.5);
        const lines = new Set(boxes.map(({ top }) => Math.round(top)));
        const isOut =
          !parent.closest('section[tabindex]') && boxes.some(({ left, right }) => right > innerWidth + 0.5 || left < -0.5);
        if (lines.size > 1 || isOut) found.push(`${location.pathname}: ${text} in ${parent.outerHTML.slice(0, 120)}`);
      }
    }
    return found;
  });

/** Numbers of cards that stand in more than one line, or reach out of their card. */
export const brokenCardsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('[data-kpi], [data-today]')]
      .filter(({ clientHeight, clientWidth, scrollWidth }) => clientHeight > 48 || scrollWidth > clientWidth)
      .map(({ innerText }) => `${location.pathname}: ${innerText}`),
  );

/** Texts of which a part is cut away. The name of a shop may be: it stands whole in Settings. */
export const cutTextsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('main *, header *, nav *')].flatMap((element) => {
      const { textOverflow, overflowX } = getComputedStyle(element);
      const hasText = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.textContent?.trim());
      const hides = textOverflow === 'ellipsis' || overflowX === 'hidden' || overflowX === 'clip';
      if (!hasText || !hides || element.closest('.sr-only, select, bdi')) return [];
      return element.scrollWidth > element.clientWidth + 1 ? [`${location.pathname}: ${element.textContent}`] : [];
    }),
  );

/** By how many pixels the page is wider than the window. */
export const surplusOf = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

/** Texts of the page, each with what surrounds it trimmed. */
export const textsOn = (page: Page): Promise<string[]> =>
  page.evaluate(() => {
    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node; node = texts.nextNode())
      if (!node.parentElement?.closest('script, style, code, bdi, :not(html)[lang=en]'))
        found.push(node.textContent?.trim() ?? '');
    return found.filter(Boolean);
  });

/** Tables that are wider than their place: a reader would have to move them to see the last column. */
export const wideTablesOn = (page: Page): Promise<string[]> =>
  page.evaluate(() =>
    [...document.querySelectorAll<HTMLElement>('section[tabindex]')]
      .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth + 1)
      .map(({ ariaLabel, scrollWidth, clientWidth }) => `${location.pathname}: ${ariaLabel} by ${scrollWidth - clientWidth}`),
  );
