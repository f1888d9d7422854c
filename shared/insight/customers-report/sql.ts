/** Who ordered when, and what did each order bring? One statement over the newest snapshots, for all creators at once. */
import { contributionSql, factsSql } from '../profit/ledger-sql.ts';
import { same } from '../statements.ts';

/**
 * A row is an order that was paid and counts, oldest first: its buyer's key (null where the order names none), local day, channel, content,
 * and the product of its first line. `net_sales` is what is left after discounts, cancellation and all refunds so far; `contribution` is what
 * profit calls so, without packaging. Amounts are in minor units of the shop's currency. Bound are the first day, then the creators (none:
 * all of them).
 */
export const buyersSql = (creators: number): string => `WITH ${factsSql(creators)}, sums AS (
  SELECT creator_id, order_id, min(day) AS day, min(channel) AS channel, min(content_id) AS content_id,
    CAST(sum(gross + discounts + cancelled + refunds) AS bigint) AS net_sales, CAST(sum(${contributionSql}) AS bigint) AS contribution,
    CAST(sum(costed_sales) AS bigint) AS costed_sales, CAST(sum(named_sales) AS bigint) AS named_sales
  FROM facts GROUP BY creator_id, order_id
)
SELECT s.creator_id, e.buyer_key, s.day, s.channel, s.content_id, l.product_id, s.net_sales, s.contribution, s.costed_sales, s.named_sales
FROM sums AS s JOIN orders AS e ON ${same('e', 's')}
LEFT JOIN order_lines AS l ON ${same('l', 's')} AND l.line = 1
ORDER BY s.creator_id, e.paid_at, s.order_id`;
