/** Can what a chart draws be told from what it is drawn on, by day and by night? Computed from the colours as they are named. */
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';

const tokens = readFileSync(new URL('../../web/tokens.css', import.meta.url), 'utf8');

/** A token's colours: light, then dark. */
function coloursOf(name: string): [string, string] {
  const found = new RegExp(`--${name}: light-dark\\((#\\w{6}), (#\\w{6})\\)`).exec(tokens);
  if (!found) throw new Error(`--${name} is no pair of colours in tokens.css`);
  return [String(found[1]), String(found[2])];
}

function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((at) => {
    const share = Number.parseInt(colour.slice(at, at + 2), 16) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** As WCAG defines it. */
function contrast(one: string, other: string): number {
  const [dark = 0, light = 0] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

it('is measured as WCAG says', () => {
  expect(contrast('#000000', '#ffffff')).toBeCloseTo(21);
  expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
});

// The line before, the current bars and lines, the base line of a sparkline; on a card and on the band of the point that is looked at.
it.each([
  ['chart-then', 'card', 3],
  ['chart', 'card', 3],
  ['line-strong', 'card', 3],
  ['chart-then', 'line', 3],
  ['chart', 'line', 3],
  ['soft', 'card', 4.5],
])('--%s on --%s reaches %d : 1', (mark, ground, least) => {
  const [marks, grounds] = [coloursOf(mark), coloursOf(ground)];
  for (const i of [0, 1] as const) expect(contrast(marks[i], grounds[i])).toBeGreaterThanOrEqual(least);
});
