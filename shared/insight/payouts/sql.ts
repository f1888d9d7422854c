/**
 * Which orders are settled, and what is owed of the others? By the accounts of the ledger: a final statement is what an order was paid. What
 * was to be expected is, of a settled order, what its sales and the statement's own fees come to; of another one the platform's estimate,
 * or net sales less the commission that is known. Orders that are delivered and not settled, and those paid otherwise than expected, are
 * named, the oldest and the largest; all others are added up.
 *
 * An order is delivered when each of its parcels is, on the day of the last; one without parcels when it is completed.
 */
import { accountsSql } from '../profit/accounts-sql.ts';
import { asked, same } from '../statements.ts';

/** Orders of a kind that are named by age, and as many by size. */
export const mostNamed = 50;

/**
 * Bound are the first day, then the creators (none: all of them). A row is an order that is named (`order_id`), or the sums of the others of
 * a state, a kind (`waiting`: delivered and not settled; `differs`: settled otherwise than expected; `other`) and, waiting, a day of delivery.
 */
export const positionsSql = (creators: number): string => `WITH ${accountsSql(creators)}, sent AS (
  SELECT creator_id, order_id, min(CASE WHEN delivered_at IS NULL THEN 0 ELSE 1 END) AS is_delivered,
    max(substr(delivered_at_local, 1, 10)) AS delivered_day
  FROM shipments WHERE status <> 'cancelled' GROUP BY creator_id, order_id
), told AS (
  SELECT e.creator_id, e.order_id, e.day, e.payouts, e.paid_out, CASE WHEN e.returned > 0 THEN 1 ELSE 0 END AS is_refunded,
    CASE WHEN e.is_final = 1 THEN 'settled' WHEN e.is_estimated = 1 THEN 'estimated' ELSE 'open' END AS state,
    CASE WHEN sent.order_id IS NULL THEN e.completed_day WHEN sent.is_delivered = 1 THEN sent.delivered_day END AS delivered_day,
    CASE WHEN e.is_final = 1 THEN e.unexplained - e.shipping_paid ELSE 0 END AS difference,
    CASE WHEN e.is_cancelled THEN 0 ELSE e.goods_sold - e.returned + e.affiliate_fees END AS own_estimate
  FROM explained AS e LEFT JOIN sent ON ${same('sent', 'e')}
  WHERE (e.line IS NULL OR e.line = 1) AND (NOT e.is_cancelled OR e.is_final = 1 OR e.is_estimated = 1)
), sorted AS (
  SELECT creator_id, order_id, day, state, delivered_day, difference, is_refunded,
    CASE WHEN state = 'settled' THEN paid_out - difference WHEN state = 'estimated' THEN paid_out ELSE own_estimate END AS expected,
    CASE WHEN state = 'settled' THEN paid_out ELSE 0 END AS settled,
    CASE WHEN state = 'settled' AND payouts > 1 AND difference > 0 THEN 1 ELSE 0 END AS is_twice,
    CASE WHEN state <> 'settled' AND delivered_day IS NOT NULL THEN 'waiting' WHEN difference <> 0 THEN 'differs' ELSE 'other' END AS kind
  FROM told
), placed AS (
  SELECT *, row_number() OVER (PARTITION BY creator_id, kind
      ORDER BY CASE WHEN kind = 'waiting' THEN delivered_day END, difference, order_id) AS first_place,
    row_number() OVER (PARTITION BY creator_id, kind
      ORDER BY CASE WHEN kind = 'waiting' THEN expected ELSE is_twice END DESC, abs(difference) DESC, order_id) AS second_place
  FROM sorted
), listed AS (
  SELECT *, CASE WHEN kind <> 'other' AND (first_place <= ${mostNamed} OR second_place <= ${mostNamed}) THEN order_id END AS named,
    CASE WHEN delivered_day IS NULL THEN 0 ELSE 1 END AS is_delivered, CASE WHEN kind = 'waiting' THEN delivered_day END AS waiting_since
  FROM placed
)
SELECT creator_id, state, kind, named AS order_id, is_delivered, waiting_since, is_twice, min(day) AS paid_day, count(*) AS orders,
  CAST(sum(expected) AS bigint) AS expected, CAST(sum(settled) AS bigint) AS settled,
  CAST(sum(CASE WHEN difference < 0 THEN difference ELSE 0 END) AS bigint) AS short,
  CAST(sum(CASE WHEN difference > 0 THEN difference ELSE 0 END) AS bigint) AS over,
  CAST(sum(CASE WHEN difference < 0 AND is_refunded = 1 THEN difference ELSE 0 END) AS bigint) AS short_refunded,
  sum(CASE WHEN difference < 0 AND is_refunded = 1 THEN 1 ELSE 0 END) AS short_refunded_orders, max(is_refunded) AS is_refunded,
  sum(CASE WHEN difference < 0 THEN 1 ELSE 0 END) AS short_orders, sum(CASE WHEN difference > 0 THEN 1 ELSE 0 END) AS over_orders
FROM listed
GROUP BY creator_id, state, kind, named, is_delivered, waiting_since, is_twice
ORDER BY creator_id`;

/**
 * What final statements pay, how much of it they do not explain themselves, and what they pay for orders that nobody has told of. Bound as
 * in `positionsSql`; the day is that of the statement.
 */
export const statementsSql = (creators: number): string => `SELECT e.creator_id, count(*) AS statements,
  CAST(sum(e.settled_amount) AS bigint) AS amount, CAST(sum(coalesce(e.residual, 0)) AS bigint) AS residual,
  sum(CASE WHEN coalesce(e.residual, 0) <> 0 THEN 1 ELSE 0 END) AS residual_statements,
  CAST(sum(CASE WHEN o.order_id IS NULL THEN e.settled_amount ELSE 0 END) AS bigint) AS unknown_amount,
  sum(CASE WHEN o.order_id IS NULL THEN 1 ELSE 0 END) AS unknown_statements
FROM settlements AS e LEFT JOIN orders AS o ON ${same('o', 'e')}
WHERE e.settled_at IS NOT NULL AND NOT coalesce(e.estimated, false) AND substr(e.settled_at_local, 1, 10) >= ?${asked('e', creators)}
GROUP BY e.creator_id
ORDER BY creator_id`;
