/** What is on the shelf, what is coming, what did a unit cost and what was sold? Statements over the newest snapshots, for all creators at once. */
import { asked, same } from '../statements.ts';
import { unitCostJoins, unitCostOf, unitCostsSql } from '../unit-cost-sql.ts';

/** A part of a subject as it was before it was put there. */
const decoded = (column: string): string => `replace(replace(replace(${column}, '%40', '@'), '%2F', '/'), '%25', '%')`;

/** Unit costs by the SKU or product they are of, with the day from which each holds. Bound are the creators (none: all of them). */
export const costsSql = (creators: number): string => `SELECT e.creator_id, ${decoded('e.sku')} AS sku, e.valid_from, e.amount
FROM unit_costs AS e WHERE e.amount IS NOT NULL${asked('e', creators)}
ORDER BY creator_id`;

/**
 * Rows with `on_hand` are stock of a SKU at a location: the newest however old it is, and all from a first day on; `since` is the first day
 * on which the SKU had any. Rows with `quantity` are deliveries that the newest of them expect, `expected` null where they do not say when.
 * Bound are the creators, then the first day.
 */
export const stockSql = (creators: number): string => `WITH days AS (
  SELECT e.creator_id, e.subject, ${decoded('e.sku')} AS sku, e.location, e.day, e.product_id, e.on_hand, coalesce(e.committed, 0) AS committed,
    row_number() OVER (PARTITION BY e.creator_id, e.sku, e.location ORDER BY e.day DESC) AS place,
    min(CASE WHEN e.on_hand > 0 THEN e.day END) OVER (PARTITION BY e.creator_id, e.sku) AS since
  FROM stock_days AS e
  WHERE e.on_hand IS NOT NULL${asked('e', creators)}
)
SELECT creator_id, sku, location, day, product_id, since, CAST(on_hand AS bigint) AS on_hand, CAST(committed AS bigint) AS committed,
  CAST(NULL AS bigint) AS quantity, CAST(NULL AS varchar) AS expected
FROM days WHERE place = 1 OR day >= ?
UNION ALL
SELECT d.creator_id, d.sku, d.location, d.day, d.product_id, d.since, CAST(NULL AS bigint) AS on_hand, CAST(NULL AS bigint) AS committed,
  CAST(i.quantity AS bigint) AS quantity, substr(i.expected_at_local, 1, 10) AS expected
FROM days AS d JOIN stock_day_incoming AS i ON i.creator_id = d.creator_id AND i.subject = d.subject
WHERE d.place = 1 AND i.quantity > 0
ORDER BY creator_id`;

/**
 * What was sold of each SKU on each local day, by the same definition as units sold: paid, not excluded. `cost` is that of the units
 * of which a cost is known, `uncosted` how many are left. Bound are the first day, then the creators.
 */
export const soldSql = (creators: number): string => `WITH sold AS (
  SELECT e.creator_id, e.order_id, substr(e.paid_at_local, 1, 10) AS day
  FROM orders AS e
  WHERE e.paid_at IS NOT NULL AND NOT e.is_excluded AND substr(e.paid_at_local, 1, 10) >= ?${asked('e', creators)}
), lines AS (
  SELECT sold.creator_id, sold.day, l.product_id, coalesce(l.sku, l.product_id) AS sku, l.unit_cost, coalesce(l.quantity, 0) AS quantity,
    coalesce(l.gross_amount, 0) - coalesce(l.seller_discount, 0) AS sales
  FROM sold JOIN order_lines AS l ON ${same('l', 'sold')}
), ${unitCostsSql}, valued AS (
  SELECT l.creator_id, l.day, l.product_id, l.sku, l.quantity, l.sales, ${unitCostOf('l')} AS cost
  FROM lines AS l
  ${unitCostJoins('l')}
)
SELECT creator_id, sku, max(product_id) AS product_id, day, CAST(sum(quantity) AS bigint) AS units, CAST(sum(sales) AS bigint) AS sales,
  CAST(sum(quantity * coalesce(cost, 0)) AS bigint) AS cost,
  CAST(sum(CASE WHEN cost IS NULL THEN quantity ELSE 0 END) AS bigint) AS uncosted
FROM valued WHERE sku IS NOT NULL
GROUP BY creator_id, sku, day
ORDER BY creator_id`;
