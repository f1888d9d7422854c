/** Do values and points of a chart stand where they should? */
import { describe, expect, it } from 'vitest';
import { bandScale, linearScale } from '../../web/charts/scales.ts';

describe('a scale of values', () => {
  it.each([
    [
      [0, 537],
      [0, 600],
      [0, 200, 400, 600],
    ],
    [
      [-130, 560],
      [-200, 600],
      [-200, 0, 200, 400, 600],
    ],
    [
      [0, 0.0733],
      [0, 0.08],
      [0, 0.02, 0.04, 0.06, 0.08],
    ],
    [
      [0, 1],
      [0, 1],
      [0, 0.2, 0.4, 0.6, 0.8, 1],
    ],
  ] as const)('of %j goes over %j in round steps', ([least, most], domain, ticks) => {
    const scale = linearScale([least, most], [200, 10], 4);
    expect(scale.domain).toEqual(domain);
    expect(scale.ticks(4)).toEqual(ticks);
    expect([scale.of(domain[0]), scale.of(domain[1])]).toEqual([200, 10]);
  });
});

describe('a row of bands', () => {
  it('has them side by side, apart from each other, inside of its room', () => {
    const { width, middle } = bandScale(30, [50, 350]);
    const edges = Array.from({ length: 30 }, (_, i) => [middle(i) - width / 2, middle(i) + width / 2] as const);
    expect(edges[0]?.[0]).toBeGreaterThan(50);
    expect(edges[29]?.[1]).toBeLessThan(350);
    for (const [i, [begin]] of edges.entries()) if (i > 0) expect(begin).toBeGreaterThan(edges[i - 1]?.[1] ?? 0);
  });

  it('has one in its middle where there is one', () => expect(bandScale(1, [0, 100]).middle(0)).toBeCloseTo(50));
});
