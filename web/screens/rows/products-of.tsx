/** Which products does an order hold? By their names, each with its id. */

import { Name } from '../../components/name.tsx';
import type { OrderRow } from '../../data/queries.ts';
import { formatNumber } from '../../formatting/numbers.ts';
import { say } from '../../formatting/say.ts';

/** Ids of the products of some orders, each once. */
export const productIdsOf = (lines: OrderRow['lines']): string[] => [
  ...new Set(lines.flatMap(({ productId }) => (typeof productId === 'string' ? [productId] : []))),
];

/** How many of a product an order holds. */
const countOf = (lines: OrderRow['lines'], id: string): number =>
  lines.reduce((sum, { productId, quantity }) => (productId === id && typeof quantity === 'number' ? sum + quantity : sum), 0);

interface ProductProps {
  id: string;
  count: number;
  titles: ReadonlyMap<string, string>;
}

const Product = ({ id, count, titles }: ProductProps) => (
  <>
    <Name text={titles.get(id) ?? id} />
    {count > 1 && (
      <span className="whitespace-nowrap tabular-nums"> × {formatNumber(count, { unit: 'count', currency: '' })}</span>
    )}
    {titles.has(id) && <code className="block [overflow-wrap:anywhere]">{id}</code>}
  </>
);

/** One is told at once, of several the first, and all of them when it is opened. */
export function ProductsOf({ lines, titles }: { lines: OrderRow['lines']; titles: ReadonlyMap<string, string> }) {
  const ids = productIdsOf(lines);
  const [first, ...more] = ids;
  if (first === undefined) return null;
  return (
    <div className="mt-0.5 text-xs text-soft">
      {more.length === 0 ? (
        <Product id={first} count={countOf(lines, first)} titles={titles} />
      ) : (
        <details>
          <summary>
            <bdi>{titles.get(first) ?? first}</bdi> {say('rows.moreProducts', { count: more.length })}
          </summary>
          <ul className="mt-1 grid gap-1 ps-4">
            {ids.map((id) => (
              <li key={id}>
                <Product id={id} count={countOf(lines, id)} titles={titles} />
              </li>
            ))}
          </ul>
        </details>
      )}
    </div>
  );
}
