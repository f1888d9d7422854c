/** Which samples were sent, and what did affiliates sell? Two statements over the newest snapshots, for all creators at once. */
import { contributionSql, factsSql } from '../profit/ledger-sql.ts';
import { asked, same } from '../statements.ts';
import { unitCostJoins, unitCostOf, unitCostsSql } from '../unit-cost-sql.ts';

/**
 * Lines of sample orders that were not cancelled, on the local day on which they were placed. Bound are the first day, then the creators (none:
 * all of them). `cost` is that of the goods in minor units of the shop's currency, null where no unit cost is known; `label_cost` stands in
 * the order's first line.
 */
export const sentSql = (creators: number): string => `WITH sent AS (
  SELECT e.creator_id, e.order_id, substr(e.placed_at_local, 1, 10) AS day, coalesce(e.affiliate, '') AS affiliate
  FROM orders AS e
  WHERE e.sample AND NOT e.is_cancelled AND substr(e.placed_at_local, 1, 10) >= ?${asked('e', creators)}
), labels AS (
  SELECT creator_id, order_id, sum(coalesce(label_cost, 0)) AS cost FROM shipments WHERE status <> 'cancelled' GROUP BY creator_id, order_id
), lines AS (
  SELECT sent.*, l.line, l.product_id, coalesce(l.sku, l.product_id) AS sku, l.unit_cost, coalesce(l.quantity, 0) AS quantity
  FROM sent JOIN order_lines AS l ON ${same('l', 'sent')}
), ${unitCostsSql}
SELECT l.creator_id, l.day, l.affiliate, l.product_id, l.quantity,
  l.quantity * ${unitCostOf('l')} AS cost,
  CASE WHEN l.line = 1 THEN coalesce(labels.cost, 0) ELSE 0 END AS label_cost
FROM lines AS l
LEFT JOIN labels ON ${same('labels', 'l')}
${unitCostJoins('l')}
ORDER BY l.creator_id`;

/**
 * What each order that was not cancelled brought of each product, by the affiliate and the video or LIVE that sold it ('' where not told). Bound as in
 * `sentSql`. `contribution` is what profit calls so, without packaging: net sales less fees, commission, shipping and goods.
 */
export const soldSql = (creators: number): string => `WITH ${factsSql(creators)}
SELECT creator_id, order_id, day, affiliate, content_id, product_id,
  CAST(sum(gross + discounts + cancelled + refunds) AS bigint) AS net_sales,
  CAST(sum(${contributionSql}) AS bigint) AS contribution,
  CAST(sum(costed_sales) AS bigint) AS costed_sales, CAST(sum(named_sales) AS bigint) AS named_sales
FROM facts WHERE affiliate <> '' AND product_id <> '' AND NOT is_cancelled
GROUP BY creator_id, order_id, day, affiliate, content_id, product_id
ORDER BY creator_id`;
