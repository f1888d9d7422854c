/** How is a line drawn through points, broken where some of them are missing? */
import type { SVGProps } from 'react';

export interface LinePathProps extends Omit<SVGProps<SVGPathElement>, 'x' | 'y' | 'd'> {
  count: number;
  /** Is the i-th point there? */
  defined: (i: number) => boolean;
  x: (i: number) => number;
  y: (i: number) => number;
}

const rounded = (pixels: number): number => Math.round(pixels * 1000) / 1000;

export function LinePath({ count, defined, x, y, ...rest }: LinePathProps) {
  const steps = Array.from({ length: count }, (_, i) => {
    if (!defined(i)) return '';
    const isFirst = i === 0 || !defined(i - 1);
    // A point alone is closed: with round ends it is a dot.
    const end = isFirst && (i === count - 1 || !defined(i + 1)) ? 'Z' : '';
    return `${isFirst ? 'M' : 'L'}${rounded(x(i))},${rounded(y(i))}${end}`;
  });
  return <path d={steps.join('')} {...rest} />;
}
