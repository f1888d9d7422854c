/** How does the number of a card stand in it? In one line, whatever its length: it becomes smaller before it would break. */

export interface BigNumberProps {
  text: string;
  /** Classes of its size where there is room. */
  className?: string;
}

/** Width of a digit in its own height, a little more than the font needs. */
const digitWidth = 0.62;

export const BigNumber = ({ text, className = '' }: BigNumberProps) => (
  <span className="block [container-type:inline-size]">
    <span
      className={`block font-semibold tracking-tight whitespace-nowrap tabular-nums ${className}`}
      style={{ fontSize: `min(var(--number-size), ${(100 / (digitWidth * Math.max(1, text.length))).toFixed(2)}cqi)` }}
    >
      {text}
    </span>
  </span>
);
