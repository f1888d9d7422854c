/** How is a day marked in a chart? A dashed line with its number, and its title where there is room; the list below the chart says the rest. */
import type { Frame } from './frame.ts';

export interface MarkedDay {
  number: number;
  title: string;
  first: number;
  last: number;
}

const characterWidth = 6.5;

/** The title as far as there is room for it; only the number where there is none. */
function labelOf({ number, title }: MarkedDay, room: number): string {
  const whole = `${number} ${title}`;
  return whole.length * characterWidth <= room ? whole : `${number}`;
}

export function MarkedDays({ marks, frame }: { marks: MarkedDay[]; frame: Frame }) {
  const places = marks.map(({ first }) => frame.x(first) - frame.band / 2);
  // Several that begin at one point share its line, and a label of their numbers.
  const starts = [...new Set(places)].sort((a, b) => a - b);
  return (
    <>
      {marks.map(({ number, first, last }) => (
        <rect
          key={number}
          x={frame.x(first) - frame.band / 2}
          y={0}
          width={frame.x(last) - frame.x(first) + frame.band}
          height={frame.bottom}
          className="fill-accent"
          opacity={0.08}
        />
      ))}
      {starts.map((x, i) => {
        const here = marks.filter((_, each) => places[each] === x);
        const room = (starts[i + 1] ?? frame.width) - x - 8;
        const [only] = here;
        const label = here.length === 1 && only ? labelOf(only, room) : here.map(({ number }) => number).join(', ');
        return (
          <g key={x}>
            <line x1={x} x2={x} y1={0} y2={frame.bottom} className="stroke-accent" strokeWidth={1.25} strokeDasharray="2 3" />
            <text
              x={x + 4}
              y={10}
              className="fill-accent text-[0.75rem] font-semibold"
              stroke="var(--card)"
              strokeWidth={3}
              paintOrder="stroke"
            >
              {label}
            </text>
          </g>
        );
      })}
    </>
  );
}
