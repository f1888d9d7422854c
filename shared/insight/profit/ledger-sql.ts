/**
 * What did each order bring, step by step? One statement over the newest snapshots, for all creators at once: order lines and refunded goods
 * as entries, with the order's fees shared among its lines, added up by day and, a month each, by every dimension.
 */

import { type Amounts, orderSteps, type ProfitDimension, profitDimensions } from '../../kpis/profit-steps.ts';
import { quoted } from '../../lake/views.ts';
import { asked, same } from '../statements.ts';
import { unitCostJoins, unitCostOf, unitCostsSql } from '../unit-cost-sql.ts';
import { accountsSql, shareOf } from './accounts-sql.ts';

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
  unstatedSales: 'unstated_sales',
  uncostedUnits: 'uncosted_units',
  estimatedFees: 'estimated_fees',
};

/** The column that holds the values of a dimension. */
export const dimensionColumns: { readonly [name in ProfitDimension]: string } = {
  product: 'product_id',
  channel: 'channel',
  campaign: 'campaign',
  content: 'content_id',
  affiliate: 'affiliate',
  order: 'order_id',
};

/** Orders of a month that are kept apart: so many that brought least, and so many that sold most. */
export const mostOrders = 150;

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

/** What is left of an order or a part of it: the sum of its steps. */
export const contributionSql = orderSteps.map((step) => columns[step]).join(' + ');

/**
 * The entries of every order line and refunded item, with what each added to every amount: queries for WITH, the last of them `facts`.
 * Bound as in `accountsSql`.
 */
export const factsSql = (creators: number): string => `${accountsSql(creators)}, entries AS (
  SELECT creator_id, order_id, day, channel, campaign, content_id, affiliate, is_final, is_unstated, is_cancelled, product_id, sku, unit_cost,
    CASE WHEN is_cancelled THEN 0 ELSE quantity END AS moved, CASE WHEN is_cancelled THEN 0 ELSE quantity END AS units,
    CASE WHEN line IS NULL OR line = 1 THEN 1 ELSE 0 END AS orders,
    gross, -discount AS discounts, ${shareOf('order_cancelled')} AS cancelled, 0 AS refunds,
    ${shareOf('platform')} AS platform_fees, ${shareOf('affiliate_fees')} AS commission,
    ${shareOf('shipping_fees + shipping_own + shipping_paid - shipping_late')} AS shipping, ${shareOf('other')} AS other_fees,
    CASE WHEN is_final = 1 THEN ${shareOf('unexplained - shipping_paid')} ELSE 0 END AS difference,
    CASE WHEN is_estimated = 1 THEN ${shareOf('platform + affiliate_fees + shipping_fees + other')} ELSE 0 END AS estimated_fees
  FROM explained
  UNION ALL
  SELECT a.creator_id, a.order_id, a.day, a.channel, a.campaign, coalesce(a.order_content, x.content_id, '') AS content_id,
    coalesce(a.order_affiliate, x.affiliate, '') AS affiliate, a.is_final, a.is_unstated, a.is_cancelled, i.product_id,
    coalesce(i.sku, i.product_id) AS sku, l.unit_cost, CASE WHEN a.is_cancelled THEN 0 ELSE -coalesce(i.restocked_quantity, 0) END AS moved,
    0 AS units, 0 AS orders, 0 AS gross, 0 AS discounts, 0 AS cancelled, -i.goods_amount AS refunds, 0 AS platform_fees, 0 AS commission,
    0 AS shipping, 0 AS other_fees, 0 AS difference, 0 AS estimated_fees
  FROM refund_items AS i
  JOIN refunds AS r ON r.creator_id = i.creator_id AND r.subject = i.subject AND r.completed_at IS NOT NULL
  JOIN accounts AS a ON ${same('a', 'r')}
  LEFT JOIN (SELECT creator_id, order_id, sku, max(unit_cost) AS unit_cost FROM lines GROUP BY creator_id, order_id, sku) AS l
    ON ${same('l', 'r')} AND l.sku = coalesce(i.sku, i.product_id)
  LEFT JOIN shown AS x ON ${same('x', 'r')} AND x.sku = coalesce(i.sku, i.product_id)
), ${unitCostsSql}, valued AS (
  SELECT e.*, ${unitCostOf('e')} AS cost, gross + discounts + cancelled + refunds AS net
  FROM entries AS e
  ${unitCostJoins('e')}
), facts AS (
  SELECT creator_id, order_id, is_cancelled, day, substr(day, 1, 7) AS month, coalesce(product_id, '') AS product_id, channel, campaign,
    content_id, affiliate,
    gross, discounts, cancelled, refunds, platform_fees, commission, shipping, other_fees, difference, estimated_fees, units, orders,
    -moved * coalesce(cost, 0) AS goods, CASE WHEN cost IS NOT NULL AND product_id IS NOT NULL THEN net ELSE 0 END AS costed_sales,
    CASE WHEN product_id IS NOT NULL THEN net ELSE 0 END AS named_sales, CASE WHEN is_final = 1 THEN net ELSE 0 END AS settled_sales,
    CASE WHEN is_unstated = 1 AND NOT is_cancelled THEN net ELSE 0 END AS unstated_sales,
    CASE WHEN cost IS NULL AND product_id IS NOT NULL THEN moved ELSE 0 END AS uncosted_units
  FROM valued
)`;

/**
 * The statement; bound are the first day, then the creators (none: all of them). A row has `creator_id`, the amounts, and either `day` or
 * `month` and one dimension, whose value is '' where the order does not say it. Of the orders of a month there are only the
 * `mostOrders` that brought least, and as many of those that sold most.
 */
export function ledgerSql(creators: number): string {
  const sums = amountColumns.map(([, column]) => `CAST(sum(${column}) AS bigint) AS ${column}`);
  const dimensions = Object.values(dimensionColumns);
  const sets = [['creator_id', 'day'], ...dimensions.map((one) => ['creator_id', 'month', one])];
  const place = (by: string): string =>
    `row_number() OVER (PARTITION BY creator_id, month, order_id IS NULL ORDER BY ${by}, order_id)`;
  return `WITH ${factsSql(creators)}, sums AS (
  SELECT creator_id, day, month, ${dimensions.join(', ')}, ${sums.join(', ')}
  FROM facts
  GROUP BY GROUPING SETS (${sets.map((set) => `(${set.join(', ')})`).join(', ')})
), placed AS (
  SELECT *, ${place(contributionSql)} AS from_least, ${place('gross DESC')} AS from_most FROM sums
)
SELECT creator_id, day, month, ${dimensions.join(', ')}, ${amountColumns.map(([, column]) => column).join(', ')}
FROM placed
WHERE order_id IS NULL OR from_least <= ${mostOrders} OR from_most <= ${mostOrders}
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
