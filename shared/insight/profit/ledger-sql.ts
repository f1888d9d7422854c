/**
 * What did each order bring, step by step? One statement over the newest snapshots, for all creators at once: order lines and refunded goods
 * as entries, with the order's fees shared among its lines, added up by day and, a month each, by every dimension.
 *
 * Everything of an order counts on the local day on which it was paid, so a later refund or statement moves that day. Of an order's
 * settlements the final ones hold, or its estimates until there is one; refunds up to the last one
 * are in them, and those later on its day where that explains it: a statement of a file stands at the beginning of its day. A final statement is the truth: what it pays beyond our own sales
 * and its fees is `statementDifference`. What buyers paid for shipping is the seller's where no statement says otherwise, or where a
 * statement without fees of shipping pays it out.
 */

import { type Amounts, type ProfitDimension, profitDimensions } from '../../kpis/profit-steps.ts';
import { quoted } from '../../lake/views.ts';
import { asked, same } from '../statements.ts';

/**
 * An order's amount shared among its lines by their worth, so that the shares add up to it: the rounded sum up to a line less that up to the
 * one before it. Exact for amounts below 2^53.
 */
const shareOf = (amount: string): string => `CAST(round((${amount}) * share_upto) - round((${amount}) * share_before) AS bigint)`;

/** Sum of a statement's fees of some kinds. */
const feesOf = (...kinds: string[]): string =>
  `sum(CASE WHEN kind IN (${kinds.map((kind) => `'${kind}'`).join(', ')}) THEN amount ELSE 0 END)`;

/** Columns of an entry that are added up, by the name of their amount. */
const columns: { [name in keyof Amounts]?: string } = {
  grossSales: 'gross',
  sellerDiscounts: 'discounts',
  cancelled: 'cancelled',
  refunds: 'refunds',
  platformFees: 'platform_fees',
  commission: 'commission',
  shipping: 'shipping',
  otherFees: 'other_fees',
  statementDifference: 'difference',
  goods: 'goods',
  orders: 'orders',
  units: 'units',
  costedSales: 'costed_sales',
  namedSales: 'named_sales',
  settledSales: 'settled_sales',
  estimatedFees: 'estimated_fees',
};

const dimensionColumns: { [name in ProfitDimension]: string } = {
  product: 'product_id',
  channel: 'channel',
  campaign: 'campaign',
  content: 'content_id',
  affiliate: 'affiliate',
};

/** The amounts of orders that a row of the answer has, by column. */
export const amountColumns = Object.entries(columns) as [keyof Amounts, string][];
export const ledgerColumns: readonly string[] = amountColumns.map(([, column]) => column);
export const dimensionOf = (row: {
  [column: string]: string | null;
}): { dimension: ProfitDimension; value: string } | undefined => {
  for (const dimension of profitDimensions) {
    const value = row[dimensionColumns[dimension]];
    if (value !== null && value !== undefined) return { dimension, value };
  }
  return undefined;
};

/**
 * What each paid order sold, gave back, was charged and was paid out: queries for WITH, of which `explained` has a row for each line with its
 * order's amounts beside it (a row without a line where an order has none). Bound are the first day, then the creators (none: all of them).
 */
export const accountsSql = (creators: number): string => `sold AS (
  SELECT e.creator_id, e.order_id, substr(e.paid_at_local, 1, 10) AS day, e.is_cancelled, coalesce(e.channel, '') AS channel,
    coalesce(e.campaign, '') AS campaign, coalesce(e.content_id, '') AS content_id, coalesce(e.shipping_charged, 0) AS shipping_charged,
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
    sum(CASE WHEN s.settled_at IS NULL OR r.completed_at <= s.settled_at THEN r.goods_amount ELSE 0 END) AS goods_settled,
    sum(CASE WHEN r.completed_at > s.settled_at AND substr(r.completed_at_local, 1, 10) = s.settled_day THEN r.goods_amount
      ELSE 0 END) AS goods_that_day
  FROM refunds AS r LEFT JOIN settled AS s ON ${same('s', 'r')}
  WHERE r.completed_at IS NOT NULL
  GROUP BY r.creator_id, r.order_id
), labels AS (
  SELECT creator_id, order_id, sum(coalesce(label_cost, 0)) AS cost FROM shipments GROUP BY creator_id, order_id
), commissions AS (
  SELECT creator_id, order_id, min(creator) AS affiliate,
    sum(coalesce(actual_commission, estimated_commission, 0) + coalesce(actual_ads_commission, estimated_ads_commission, 0)) AS amount
  FROM affiliate_sales GROUP BY creator_id, order_id
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
  SELECT sold.creator_id, sold.order_id, sold.day, sold.completed_day, sold.channel, sold.campaign, sold.content_id, sold.is_cancelled,
    coalesce(s.payouts, 0) AS payouts, coalesce(c.affiliate, '') AS affiliate, coalesce(r.goods, 0) AS returned,
    coalesce(r.goods_settled, 0) AS returned_settled,
    CASE WHEN sold.is_cancelled THEN 0 ELSE coalesce(r.goods_that_day, 0) END AS returned_that_day,
    coalesce(s.is_final, 0) AS is_final, CASE WHEN s.order_id IS NOT NULL AND s.is_final = 0 THEN 1 ELSE 0 END AS is_estimated,
    coalesce(s.amount, 0) AS paid_out, coalesce(s.platform, 0) AS platform, coalesce(s.other, 0) AS other,
    CASE WHEN s.order_id IS NOT NULL THEN s.affiliate WHEN sold.is_cancelled THEN 0 ELSE -coalesce(c.amount, 0) END AS affiliate_fees,
    coalesce(s.shipping, 0) AS shipping_fees,
    sold.shipping_charged - coalesce(r.shipping, 0) AS shipping_kept,
    CASE WHEN s.order_id IS NOT NULL OR sold.is_cancelled THEN 0 ELSE sold.shipping_charged - coalesce(r.shipping, 0) END
      - coalesce(labels.cost, 0) AS shipping_own
  FROM sold
  LEFT JOIN settled AS s ON ${same('s', 'sold')}
  LEFT JOIN returned AS r ON ${same('r', 'sold')}
  LEFT JOIN labels ON ${same('labels', 'sold')}
  LEFT JOIN commissions AS c ON ${same('c', 'sold')}
), owed AS (
  SELECT a.*, l.line, l.product_id, l.sku, l.unit_cost, l.quantity, l.gross, l.discount, l.goods_sold, l.upto / l.whole AS share_upto,
    (l.upto - l.worth) / l.whole AS share_before,
    CASE WHEN a.is_cancelled THEN a.returned - l.goods_sold ELSE 0 END AS order_cancelled,
    a.paid_out - a.platform - a.other - a.affiliate_fees - a.shipping_fees
      - CASE WHEN a.is_cancelled THEN 0 ELSE l.goods_sold - a.returned_settled END AS unexplained_so_far
  FROM accounts AS a JOIN shared AS l ON ${same('l', 'a')}
), dated AS (
  SELECT *, CASE WHEN abs(unexplained_so_far + returned_that_day) < abs(unexplained_so_far) THEN unexplained_so_far + returned_that_day
    ELSE unexplained_so_far END AS unexplained
  FROM owed
), explained AS (
  SELECT *, CASE WHEN (is_final = 1 OR is_estimated = 1) AND shipping_fees = 0 AND abs(unexplained - shipping_kept) < abs(unexplained)
    THEN shipping_kept ELSE 0 END AS shipping_paid
  FROM dated
)`;

/**
 * The statement; bound are the first day, then the creators (none: all of them). A row has `creator_id`, the amounts, and either `day` or
 * `month` and one dimension, whose value is '' where the order does not say it.
 */
export function ledgerSql(creators: number): string {
  const sums = amountColumns.map(([, column]) => `CAST(sum(${column}) AS bigint) AS ${column}`);
  const dimensions = Object.values(dimensionColumns);
  const sets = [['creator_id', 'day'], ...dimensions.map((one) => ['creator_id', 'month', one])];
  return `WITH ${accountsSql(creators)}, entries AS (
  SELECT creator_id, day, channel, campaign, content_id, affiliate, is_final, product_id, sku, unit_cost,
    CASE WHEN is_cancelled THEN 0 ELSE quantity END AS moved, CASE WHEN is_cancelled THEN 0 ELSE quantity END AS units,
    CASE WHEN line IS NULL OR line = 1 THEN 1 ELSE 0 END AS orders,
    gross, -discount AS discounts, ${shareOf('order_cancelled')} AS cancelled, 0 AS refunds,
    ${shareOf('platform')} AS platform_fees, ${shareOf('affiliate_fees')} AS commission,
    ${shareOf('shipping_fees + shipping_own + shipping_paid')} AS shipping, ${shareOf('other')} AS other_fees,
    CASE WHEN is_final = 1 THEN ${shareOf('unexplained - shipping_paid')} ELSE 0 END AS difference,
    CASE WHEN is_estimated = 1 THEN ${shareOf('platform + affiliate_fees + shipping_fees + other')} ELSE 0 END AS estimated_fees
  FROM explained
  UNION ALL
  SELECT a.creator_id, a.day, a.channel, a.campaign, a.content_id, a.affiliate, a.is_final, i.product_id,
    coalesce(i.sku, i.product_id) AS sku, l.unit_cost, CASE WHEN a.is_cancelled THEN 0 ELSE -coalesce(i.restocked_quantity, 0) END AS moved,
    0 AS units, 0 AS orders, 0 AS gross, 0 AS discounts, 0 AS cancelled, -i.goods_amount AS refunds, 0 AS platform_fees, 0 AS commission,
    0 AS shipping, 0 AS other_fees, 0 AS difference, 0 AS estimated_fees
  FROM refund_items AS i
  JOIN refunds AS r ON r.creator_id = i.creator_id AND r.subject = i.subject AND r.completed_at IS NOT NULL
  JOIN accounts AS a ON ${same('a', 'r')}
  LEFT JOIN (SELECT creator_id, order_id, sku, max(unit_cost) AS unit_cost FROM lines GROUP BY creator_id, order_id, sku) AS l
    ON ${same('l', 'r')} AND l.sku = coalesce(i.sku, i.product_id)
), costs AS (
  SELECT creator_id, replace(replace(sku, '%2F', '/'), '%25', '%') AS sku, valid_from, amount,
    lead(valid_from) OVER (PARTITION BY creator_id, sku ORDER BY valid_from) AS ends
  FROM unit_costs
), valued AS (
  SELECT e.*, coalesce(e.unit_cost, own.amount, listed.amount) AS cost, gross + discounts + cancelled + refunds AS net
  FROM entries AS e
  LEFT JOIN costs AS own ON own.creator_id = e.creator_id AND own.sku = e.sku AND own.valid_from <= e.day
    AND (own.ends IS NULL OR e.day < own.ends)
  LEFT JOIN costs AS listed ON listed.creator_id = e.creator_id AND listed.sku = e.product_id AND listed.valid_from <= e.day
    AND (listed.ends IS NULL OR e.day < listed.ends)
), facts AS (
  SELECT creator_id, day, substr(day, 1, 7) AS month, coalesce(product_id, '') AS product_id, channel, campaign, content_id, affiliate,
    gross, discounts, cancelled, refunds, platform_fees, commission, shipping, other_fees, difference, estimated_fees, units, orders,
    -moved * coalesce(cost, 0) AS goods, CASE WHEN cost IS NOT NULL AND product_id IS NOT NULL THEN net ELSE 0 END AS costed_sales,
    CASE WHEN product_id IS NOT NULL THEN net ELSE 0 END AS named_sales, CASE WHEN is_final = 1 THEN net ELSE 0 END AS settled_sales
  FROM valued
)
SELECT creator_id, day, month, ${dimensions.join(', ')}, ${sums.join(', ')}
FROM facts
GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})
ORDER BY creator_id`;
}

/** What no order carries: costs from a day to a day, and adjustments on theirs (first and last day the same). Bound as in `ledgerSql`. */
export const spendSql = (
  creators: number,
): string => `SELECT e.creator_id, e.kind, e.campaign, -e.amount AS amount, e.${quoted('from')} AS first_day, e.${quoted('to')} AS last_day
FROM costs AS e WHERE e.${quoted('to')} >= ?${asked('e', creators)}
UNION ALL
SELECT e.creator_id, 'adjustment ' || e.kind AS kind, NULL AS campaign, e.amount, substr(e.settled_at_local, 1, 10) AS first_day,
  substr(e.settled_at_local, 1, 10) AS last_day
FROM adjustments AS e
WHERE e.settled_at IS NOT NULL AND NOT coalesce(e.estimated, false) AND substr(e.settled_at_local, 1, 10) >= ?${asked('e', creators)}
ORDER BY creator_id`;
