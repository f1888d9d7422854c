/** What did each day bring? Sales by the definitions of the KPIs that are forecast, for all creators at once, in total and by product. */
import { asked, same } from '../statements.ts';

/**
 * Bound are the first day and the creators (none: all of them), twice. A row is a local day of the whole shop (`product_id` null), or the
 * units of a product on it. Refunds are a row of their own on their day, with `net_sales` alone.
 */
export const daysSql = (creators: number): string => `WITH sold AS (
  SELECT e.creator_id, e.order_id, substr(e.paid_at_local, 1, 10) AS day
  FROM orders AS e
  WHERE e.paid_at IS NOT NULL AND NOT e.is_excluded AND substr(e.paid_at_local, 1, 10) >= ?${asked('e', creators)}
), lines AS (
  SELECT sold.creator_id, sold.order_id, sold.day, l.product_id, coalesce(l.quantity, 0) AS units,
    coalesce(l.gross_amount, 0) - coalesce(l.seller_discount, 0) AS sales
  FROM sold LEFT JOIN order_lines AS l ON ${same('l', 'sold')}
)
SELECT creator_id, NULL AS product_id, day, count(DISTINCT order_id) AS orders, CAST(sum(units) AS bigint) AS units,
  CAST(sum(sales) AS bigint) AS net_sales
FROM lines GROUP BY creator_id, day
UNION ALL
SELECT e.creator_id, NULL AS product_id, substr(e.completed_at_local, 1, 10) AS day, 0 AS orders, 0 AS units,
  CAST(-sum(e.goods_amount) AS bigint) AS net_sales
FROM refunds AS e LEFT JOIN orders AS o ON ${same('o', 'e')}
WHERE e.completed_at IS NOT NULL AND NOT coalesce(o.is_excluded, false)
  AND substr(e.completed_at_local, 1, 10) >= ?${asked('e', creators)}
GROUP BY e.creator_id, substr(e.completed_at_local, 1, 10)
UNION ALL
SELECT creator_id, product_id, day, 0 AS orders, CAST(sum(units) AS bigint) AS units, 0 AS net_sales
FROM lines WHERE product_id IS NOT NULL GROUP BY creator_id, product_id, day
ORDER BY creator_id`;
