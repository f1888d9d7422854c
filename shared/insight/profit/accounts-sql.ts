/**
 * What did each paid order sell, give back, cost in fees, and pay out? Queries that the statements of profit, payouts and samples begin with.
 *
 * Everything of an order counts on the local day on which it was paid, so a later refund or statement moves that day. Of an order's
 * settlements the final ones hold, or its estimates until there is one; refunds up to the last one
 * are in them, and those later on its day where that explains it: a statement of a file stands at the beginning of its day. A final
 * statement is the truth: what it pays beyond our own sales and its fees is `statementDifference`. What buyers paid for shipping is the
 * seller's where no statement says otherwise, or where a statement without fees of shipping pays it out. Content and affiliate are the
 * order's own; where it says none, those of the affiliate sale of a line's SKU, or of the order where it has one affiliate only. Labels that
 * were cancelled cost nothing.
 */

import { asked, same } from '../statements.ts';

/**
 * An order's amount shared among its lines by their worth, so that the shares add up to it: the rounded sum up to a line less that up to the
 * one before it. Exact for amounts below 2^53.
 */
export const shareOf = (amount: string): string =>
  `CAST(round((${amount}) * share_upto) - round((${amount}) * share_before) AS bigint)`;

/** Sum of a statement's fees of some kinds. */
const feesOf = (...kinds: string[]): string =>
  `sum(CASE WHEN kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}) THEN amount ELSE 0 END)`;

/**
 * What each paid order sold, gave back, was charged and was paid out: queries for WITH, of which `explained` has a row for each line with its
 * order's amounts beside it (a row without a line where an order has none). Bound are the first day, then the creators (none: all of them).
 */
export const accountsSql = (creators: number): string => `sold AS (
  SELECT e.creator_id, e.order_id, substr(e.paid_at_local, 1, 10) AS day, e.is_cancelled, coalesce(e.channel, '') AS channel,
    coalesce(e.campaign, '') AS campaign, e.content_id, e.affiliate, coalesce(e.shipping_charged, 0) AS shipping_charged,
    substr(e.completed_at_local, 1, 10) AS completed_day
  FROM orders AS e
  WHERE e.paid_at IS NOT NULL AND NOT e.is_excluded AND substr(e.paid_at_local, 1, 10) >= ?${asked('e', creators)}
), statements AS (
  SELECT creator_id, order_id, subject, settled_amount, settled_at, settled_day, is_final FROM (
    SELECT creator_id, order_id, subject, settled_amount, settled_at, substr(settled_at_local, 1, 10) AS settled_day,
      NOT coalesce(estimated, false) AS is_final,
      max(CASE WHEN coalesce(estimated, false) THEN 0 ELSE 1 END) OVER (PARTITION BY creator_id, order_id) AS has_final
    FROM settlements) AS told
  WHERE is_final OR has_final = 0
), fees AS (
  SELECT creator_id, subject, ${feesOf('platform', 'payment')} AS platform, ${feesOf('affiliate')} AS affiliate,
    ${feesOf('shipping')} AS shipping, ${feesOf('tax', 'adjustment', 'other')} AS other
  FROM settlement_fees GROUP BY creator_id, subject
), settled AS (
  SELECT s.creator_id, s.order_id, max(CASE WHEN s.is_final THEN 1 ELSE 0 END) AS is_final, max(s.settled_at) AS settled_at,
    max(s.settled_day) AS settled_day, sum(s.settled_amount) AS amount, sum(CASE WHEN s.settled_amount > 0 THEN 1 ELSE 0 END) AS payouts,
    sum(coalesce(f.platform, 0)) AS platform, sum(coalesce(f.affiliate, 0)) AS affiliate,
    sum(coalesce(f.shipping, 0)) AS shipping, sum(coalesce(f.other, 0)) AS other
  FROM statements AS s LEFT JOIN fees AS f ON f.creator_id = s.creator_id AND f.subject = s.subject
  GROUP BY s.creator_id, s.order_id
), returned AS (
  SELECT r.creator_id, r.order_id, sum(r.goods_amount) AS goods, sum(coalesce(r.shipping_amount, 0)) AS shipping,
    sum(CASE WHEN s.settled_at IS NULL OR r.completed_at <= s.settled_at THEN coalesce(r.shipping_amount, 0) ELSE 0 END) AS shipping_settled,
    sum(CASE WHEN s.settled_at IS NULL OR r.completed_at <= s.settled_at THEN r.goods_amount ELSE 0 END) AS goods_settled,
    sum(CASE WHEN r.completed_at > s.settled_at AND substr(r.completed_at_local, 1, 10) = s.settled_day THEN r.goods_amount
      ELSE 0 END) AS goods_that_day
  FROM refunds AS r LEFT JOIN settled AS s ON ${same('s', 'r')}
  WHERE r.completed_at IS NOT NULL
  GROUP BY r.creator_id, r.order_id
), labels AS (
  SELECT creator_id, order_id, sum(coalesce(label_cost, 0)) AS cost FROM shipments WHERE status <> 'cancelled' GROUP BY creator_id, order_id
), commissions AS (
  SELECT creator_id, order_id, CASE WHEN min(creator) = max(creator) THEN min(creator) END AS affiliate,
    CASE WHEN min(content_id) = max(content_id) THEN min(content_id) END AS content_id,
    sum(coalesce(actual_commission, estimated_commission, 0) + coalesce(actual_ads_commission, estimated_ads_commission, 0)) AS amount
  FROM affiliate_sales GROUP BY creator_id, order_id
), shown AS (
  SELECT creator_id, order_id, sku, min(creator) AS affiliate, min(content_id) AS content_id
  FROM affiliate_sales GROUP BY creator_id, order_id, sku
), lines AS (
  SELECT sold.creator_id, sold.order_id, l.line, l.product_id, coalesce(l.sku, l.product_id) AS sku, l.unit_cost,
    coalesce(l.quantity, 0) AS quantity, coalesce(l.gross_amount, 0) AS gross, coalesce(l.seller_discount, 0) AS discount
  FROM sold LEFT JOIN order_lines AS l ON ${same('l', 'sold')}
), weighed AS (
  SELECT *, CASE WHEN sum(greatest(gross - discount, 0)) OVER (PARTITION BY creator_id, order_id) = 0 THEN 1
    ELSE greatest(gross - discount, 0) END AS worth
  FROM lines
), shared AS (
  SELECT *, CAST(sum(worth) OVER (PARTITION BY creator_id, order_id ORDER BY line ROWS UNBOUNDED PRECEDING) AS double) AS upto,
    CAST(sum(worth) OVER (PARTITION BY creator_id, order_id) AS double) AS whole,
    sum(gross - discount) OVER (PARTITION BY creator_id, order_id) AS goods_sold
  FROM weighed
), accounts AS (
  SELECT sold.creator_id, sold.order_id, sold.day, sold.completed_day, sold.channel, sold.campaign, sold.is_cancelled,
    coalesce(sold.content_id, c.content_id) AS order_content, coalesce(sold.affiliate, c.affiliate) AS order_affiliate,
    coalesce(s.payouts, 0) AS payouts, coalesce(r.goods, 0) AS returned,
    coalesce(r.goods_settled, 0) AS returned_settled,
    CASE WHEN sold.is_cancelled THEN 0 ELSE coalesce(r.goods_that_day, 0) END AS returned_that_day,
    coalesce(s.is_final, 0) AS is_final, CASE WHEN s.order_id IS NOT NULL AND s.is_final = 0 THEN 1 ELSE 0 END AS is_estimated,
    coalesce(s.amount, 0) AS paid_out, coalesce(s.platform, 0) AS platform, coalesce(s.other, 0) AS other,
    CASE WHEN s.order_id IS NOT NULL THEN s.affiliate WHEN sold.is_cancelled THEN 0 ELSE -coalesce(c.amount, 0) END AS affiliate_fees,
    coalesce(s.shipping, 0) AS shipping_fees,
    sold.shipping_charged - coalesce(r.shipping_settled, 0) AS shipping_kept,
    CASE WHEN s.is_final = 1 THEN coalesce(r.shipping, 0) - coalesce(r.shipping_settled, 0) ELSE 0 END AS shipping_late,
    CASE WHEN s.order_id IS NULL THEN 1 ELSE 0 END AS is_unstated,
    CASE WHEN s.order_id IS NOT NULL OR sold.is_cancelled THEN 0 ELSE sold.shipping_charged - coalesce(r.shipping, 0) END
      - coalesce(labels.cost, 0) AS shipping_own
  FROM sold
  LEFT JOIN settled AS s ON ${same('s', 'sold')}
  LEFT JOIN returned AS r ON ${same('r', 'sold')}
  LEFT JOIN labels ON ${same('labels', 'sold')}
  LEFT JOIN commissions AS c ON ${same('c', 'sold')}
), owed AS (
  SELECT a.*, coalesce(a.order_content, x.content_id, '') AS content_id, coalesce(a.order_affiliate, x.affiliate, '') AS affiliate, l.line, l.product_id, l.sku, l.unit_cost, l.quantity, l.gross, l.discount, l.goods_sold, l.upto / l.whole AS share_upto,
    (l.upto - l.worth) / l.whole AS share_before,
    CASE WHEN a.is_cancelled THEN a.returned - l.goods_sold ELSE 0 END AS order_cancelled,
    a.paid_out - a.platform - a.other - a.affiliate_fees - a.shipping_fees
      - CASE WHEN a.is_cancelled THEN 0 ELSE l.goods_sold - a.returned_settled END AS unexplained_so_far
  FROM accounts AS a JOIN shared AS l ON ${same('l', 'a')}
  LEFT JOIN shown AS x ON ${same('x', 'l')} AND x.sku = l.sku
), dated AS (
  SELECT *, CASE WHEN abs(unexplained_so_far + returned_that_day) < abs(unexplained_so_far) THEN unexplained_so_far + returned_that_day
    ELSE unexplained_so_far END AS unexplained
  FROM owed
), explained AS (
  SELECT *, CASE WHEN (is_final = 1 OR is_estimated = 1) AND shipping_fees = 0 AND abs(unexplained - shipping_kept) < abs(unexplained)
    THEN shipping_kept ELSE 0 END AS shipping_paid
  FROM dated
)`;
