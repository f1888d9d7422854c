/** What do sellers and analysts ask first? Eleven questions over the views, in SQL that Athena and DuckDB read alike. */
import { lakeTables } from './columns.ts';

export interface Question {
  /** Of the named query in Athena. */
  name: string;
  question: string;
  /** Takes three values in this order: the creator, the first and the last day. Amounts are minor units of the shop's currency. */
  sql: string;
}

// TRICKY: 7 / 2 is 3 in Athena and 3.5 in DuckDB, and their decimals divide differently: every division here begins with a double.
const percent = (part: string, whole: string): string => `round(100e0 * ${part} / ${whole}, 1)`;
const hours = (from: string, to: string): string => `date_diff('millisecond', ${from}, ${to}) / 3600e3`;
const asked = (local: string): string => `creator_id = ? AND substr(${local}, 1, 10) BETWEEN ? AND ?`;

const arrivals = lakeTables
  .filter(({ list }) => !list)
  .map(({ name }) => `  SELECT creator_id, dt, event_source, event_id, event_time, received_at FROM ${name}`)
  .join('\n  UNION ALL\n');

export const questions: readonly Question[] = [
  {
    name: 'best-products',
    question:
      'Which products of the orders paid in these days brought most, net of your discounts and of what was refunded since?',
    sql: `WITH sold AS (
  SELECT creator_id, order_id FROM orders WHERE ${asked('paid_at_local')} AND NOT is_excluded
), lines AS (
  SELECT line.product_id, sum(line.quantity) AS units, sum(line.gross_amount) AS gross,
    sum(coalesce(line.seller_discount, 0)) AS discounts
  FROM order_lines AS line
  JOIN sold ON sold.creator_id = line.creator_id AND sold.order_id = line.order_id
  GROUP BY line.product_id
), returned AS (
  SELECT item.product_id, sum(item.goods_amount) AS refunded
  FROM refund_items AS item
  JOIN sold ON sold.creator_id = item.creator_id AND sold.order_id = item.order_id
  JOIN refunds ON refunds.creator_id = item.creator_id AND refunds.subject = item.subject
  WHERE refunds.completed_at IS NOT NULL
  GROUP BY item.product_id
)
SELECT lines.product_id, cast(lines.units AS bigint) AS units, cast(lines.gross AS bigint) AS gross,
  cast(lines.discounts AS bigint) AS discounts, cast(coalesce(returned.refunded, 0) AS bigint) AS refunded,
  cast(lines.gross - lines.discounts - coalesce(returned.refunded, 0) AS bigint) AS net
FROM lines LEFT JOIN returned ON returned.product_id = lines.product_id
ORDER BY net DESC, lines.product_id
LIMIT 20`,
  },
  {
    name: 'cost-of-goods',
    question: 'What did the goods of the orders paid in these days cost you, each at the unit cost of its own day?',
    sql: `WITH sold AS (
  SELECT creator_id, subject, substr(paid_at_local, 1, 10) AS day FROM orders WHERE ${asked('paid_at_local')} AND NOT is_excluded
), lines AS (
  SELECT line.creator_id, line.subject, line.line, line.product_id, coalesce(line.sku, line.product_id) AS sku, line.quantity,
    line.unit_cost, sold.day
  FROM order_lines AS line
  JOIN sold ON sold.creator_id = line.creator_id AND sold.subject = line.subject
), costs AS (
  SELECT creator_id, replace(replace(sku, '%2F', '/'), '%25', '%') AS sku, valid_from, amount FROM unit_costs
), valued AS (
  SELECT lines.product_id, lines.quantity, coalesce(lines.unit_cost, costs.amount) AS unit_cost,
    row_number() OVER (PARTITION BY lines.subject, lines.line
      ORDER BY CASE WHEN costs.sku = lines.sku THEN 0 ELSE 1 END, costs.valid_from DESC) AS place
  FROM lines
  LEFT JOIN costs ON costs.creator_id = lines.creator_id AND costs.valid_from <= lines.day
    AND (costs.sku = lines.sku OR costs.sku = lines.product_id)
)
SELECT product_id, cast(sum(quantity) AS bigint) AS units,
  cast(sum(CASE WHEN unit_cost IS NOT NULL THEN quantity ELSE 0 END) AS bigint) AS units_with_cost,
  cast(sum(coalesce(unit_cost, 0) * quantity) AS bigint) AS cost
FROM valued
WHERE place = 1
GROUP BY product_id
ORDER BY cost DESC, product_id`,
  },
  {
    name: 'late-dispatch-by-carrier',
    question: 'With which carriers do parcels handed over in these days leave too late, and by how many hours?',
    sql: `WITH parcels AS (
  SELECT creator_id, order_id, coalesce(carrier, 'not told') AS carrier, handed_over_at, is_platform_fulfilled
  FROM shipments WHERE ${asked('handed_over_at_local')}
), judged AS (
  SELECT parcels.carrier, ${hours('orders.ship_by', 'parcels.handed_over_at')} AS hours_after,
    NOT parcels.is_platform_fulfilled AND parcels.handed_over_at > orders.ship_by AS is_late
  FROM parcels
  JOIN orders ON orders.creator_id = parcels.creator_id AND orders.order_id = parcels.order_id
  WHERE NOT orders.is_excluded
)
SELECT carrier, count(*) AS dispatched, count(CASE WHEN is_late THEN 1 END) AS late,
  ${percent('count(CASE WHEN is_late THEN 1 END)', 'count(*)')} AS late_percent,
  round(avg(CASE WHEN is_late THEN hours_after END), 1) AS hours_late
FROM judged
GROUP BY carrier
ORDER BY late DESC, carrier`,
  },
  {
    name: 'refund-reasons-by-product',
    question: 'Why was money given back in these days, product by product?',
    sql: `WITH done AS (
  SELECT creator_id, subject, coalesce(reason, 'not told') AS reason FROM refunds WHERE ${asked('completed_at_local')}
), reasons AS (
  SELECT coalesce(item.product_id, 'not of a product') AS product_id, done.reason, count(*) AS refunds,
    sum(coalesce(item.quantity, 0)) AS units, sum(item.goods_amount) AS amount
  FROM refund_items AS item
  JOIN done ON done.creator_id = item.creator_id AND done.subject = item.subject
  GROUP BY coalesce(item.product_id, 'not of a product'), done.reason
)
SELECT product_id, reason, refunds, cast(units AS bigint) AS units, cast(amount AS bigint) AS amount,
  ${percent('amount', 'nullif(sum(amount) OVER (PARTITION BY product_id), 0)')} AS percent_of_product
FROM reasons
ORDER BY amount DESC, product_id, reason`,
  },
  {
    name: 'repeat-buyers',
    question: 'Of the buyers who first came in each month, how many came again within these days, and after how long?',
    sql: `WITH paid AS (
  SELECT buyer_key, paid_at, substr(paid_at_local, 1, 7) AS month,
    row_number() OVER (PARTITION BY buyer_key ORDER BY paid_at, order_id) AS place
  FROM orders WHERE ${asked('paid_at_local')} AND NOT is_excluded AND buyer_key IS NOT NULL
), buyers AS (
  SELECT first.month, ${hours('first.paid_at', 'again.paid_at')} / 24 AS days
  FROM paid AS first
  LEFT JOIN paid AS again ON again.buyer_key = first.buyer_key AND again.place = 2
  WHERE first.place = 1
)
SELECT month, count(*) AS buyers, count(days) AS came_again, ${percent('count(days)', 'count(*)')} AS came_again_percent,
  round(avg(days), 1) AS days_between
FROM buyers
GROUP BY month
ORDER BY month`,
  },
  {
    name: 'hours-that-sell',
    question: 'At which hours of the local day did buyers spend in these days?',
    sql: `WITH sold AS (
  SELECT substr(gmv_at_local, 12, 2) AS hour, order_value FROM orders WHERE ${asked('gmv_at_local')} AND NOT is_excluded
)
SELECT hour, count(*) AS orders, cast(sum(order_value) AS bigint) AS gmv,
  ${percent('sum(order_value)', 'nullif(sum(sum(order_value)) OVER (), 0)')} AS gmv_percent
FROM sold
GROUP BY hour
ORDER BY hour`,
  },
  {
    name: 'slow-regions',
    question: 'Where do parcels delivered in these days take long, and where do they come too late?',
    sql: `WITH parcels AS (
  SELECT creator_id, order_id, coalesce(region, 'not told') AS region, handed_over_at, delivered_at, delivered_at_local
  FROM shipments WHERE ${asked('delivered_at_local')}
), judged AS (
  SELECT parcels.region, ${hours('parcels.handed_over_at', 'parcels.delivered_at')} AS hours,
    substr(parcels.delivered_at_local, 1, 10) > substr(orders.deliver_by_local, 1, 10) AS is_late
  FROM parcels
  JOIN orders ON orders.creator_id = parcels.creator_id AND orders.order_id = parcels.order_id
  WHERE NOT orders.is_excluded
)
SELECT region, count(*) AS delivered, round(avg(hours), 1) AS hours_on_average, round(max(hours), 1) AS hours_at_most,
  count(CASE WHEN is_late THEN 1 END) AS late, ${percent('count(CASE WHEN is_late THEN 1 END)', 'count(*)')} AS late_percent
FROM judged
GROUP BY region
ORDER BY hours_on_average DESC, region`,
  },
  {
    name: 'cancellations-by-fault',
    question: 'Of the orders paid in these days, how many were cancelled at whose fault, and what would they have brought?',
    sql: `WITH paid AS (
  SELECT is_cancelled, coalesce(cancellation_fault, 'not told') AS fault, order_value
  FROM orders WHERE ${asked('paid_at_local')} AND NOT is_excluded
), total AS (
  SELECT count(*) AS orders FROM paid
)
SELECT paid.fault, count(*) AS cancelled, cast(sum(paid.order_value) AS bigint) AS order_value,
  ${percent('count(*)', 'max(total.orders)')} AS percent_of_orders
FROM paid CROSS JOIN total
WHERE paid.is_cancelled
GROUP BY paid.fault
ORDER BY cancelled DESC, fault`,
  },
  {
    name: 'settlement-fees',
    question: 'What did the platform keep of the payouts settled in these days, fee by fee?',
    sql: `WITH settled AS (
  SELECT creator_id, subject, settled_amount
  FROM settlements WHERE ${asked('settled_at_local')} AND NOT coalesce(estimated, false)
), total AS (
  SELECT sum(settled_amount) AS paid_out FROM settled
), fees AS (
  SELECT fee.kind, count(*) AS charged, -sum(fee.amount) AS kept
  FROM settlement_fees AS fee
  JOIN settled ON settled.creator_id = fee.creator_id AND settled.subject = fee.subject
  GROUP BY fee.kind
)
SELECT fees.kind, fees.charged, cast(fees.kept AS bigint) AS kept,
  ${percent('fees.kept', 'nullif(total.paid_out + sum(fees.kept) OVER (), 0)')} AS percent_before_fees
FROM fees CROSS JOIN total
ORDER BY kept DESC, fees.kind`,
  },
  {
    name: 'low-star-topics',
    question: 'What are reviews of one or two stars about, of those submitted in these days?',
    sql: `WITH given AS (
  SELECT coalesce(product_id, 'not of a product') AS product_id, coalesce(topic, 'not told') AS topic, rating
  FROM reviews WHERE ${asked('submitted_at_local')} AND is_review
), topics AS (
  SELECT product_id, topic, count(*) AS reviews, count(CASE WHEN rating <= 2 THEN 1 END) AS low,
    avg(cast(rating AS double)) AS stars, sum(count(*)) OVER (PARTITION BY product_id) AS reviews_of_product
  FROM given
  GROUP BY product_id, topic
)
SELECT product_id, topic, low, reviews, round(stars, 2) AS stars,
  ${percent('low', 'reviews_of_product')} AS percent_of_product
FROM topics
WHERE low > 0
ORDER BY low DESC, product_id, topic`,
  },
  {
    name: 'freshness-of-sources',
    question: 'What came from each source on these days of arrival (UTC), and how old was it when it came?',
    sql: `WITH arrived AS (
${arrivals}
)
SELECT event_source, count(DISTINCT event_id) AS events, max(received_at) AS newest_arrival, max(event_time) AS newest_event,
  round(min(${hours('event_time', 'received_at')}), 1) AS hours_old_at_least,
  round(max(${hours('event_time', 'received_at')}), 1) AS hours_old_at_most
FROM arrived
WHERE creator_id = ? AND dt BETWEEN ? AND ?
GROUP BY event_source
ORDER BY newest_arrival DESC, event_source`,
  },
];
