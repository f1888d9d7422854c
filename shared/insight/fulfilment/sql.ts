/**
 * How far have paid orders come, and how long did each step take? A step is reached when each parcel of the order has reached it, by the
 * last one; an order without parcels is delivered when it is completed. Cancelled orders, samples and the like are left out.
 */
import { asked, same } from '../statements.ts';
import { bucketSql } from './durations.ts';

/** In order; the last is reached by the first final statement. */
export const fulfilmentSteps = ['paid', 'labelled', 'handedOver', 'delivered', 'settled'] as const;

const parcelTimes = ['labelled_at', 'handed_over_at', 'delivered_at'];

/** When a step was reached, and the one before it. */
const times: { [step in (typeof fulfilmentSteps)[number]]: string } = {
  paid: 'paid_at',
  labelled: 'labelled_at',
  handedOver: 'handed_over_at',
  delivered: 'delivered_at',
  settled: 'settled_at',
};
const cases = (of: (step: (typeof fulfilmentSteps)[number], i: number) => string): string =>
  `CASE m.step ${fulfilmentSteps.map((step, i) => `WHEN ${i} THEN ${of(step, i)}`).join(' ')} END`;

/**
 * Bound are the first day, then the creators (none: all of them). A row is the orders paid on a local day that reached a step (its place)
 * after so long (`bucket`); −1: the time of the step before is not known, or there is none.
 */
export const fulfilmentSql = (creators: number): string => `WITH paid AS (
  SELECT e.creator_id, e.order_id, substr(e.paid_at_local, 1, 10) AS day, e.paid_at, e.completed_at
  FROM orders AS e
  WHERE e.paid_at IS NOT NULL AND NOT e.is_excluded AND NOT e.is_cancelled AND substr(e.paid_at_local, 1, 10) >= ?${asked('e', creators)}
), sent AS (
  SELECT creator_id, order_id, ${parcelTimes.map((time) => `CASE WHEN count(${time}) = count(*) THEN max(${time}) END AS ${time}`).join(', ')}
  FROM shipments WHERE status <> 'cancelled' GROUP BY creator_id, order_id
), final AS (
  SELECT creator_id, order_id, min(settled_at) AS settled_at
  FROM settlements WHERE settled_at IS NOT NULL AND NOT coalesce(estimated, false) GROUP BY creator_id, order_id
), told AS (
  SELECT paid.creator_id, paid.day, paid.paid_at, sent.labelled_at, sent.handed_over_at, final.settled_at,
    CASE WHEN sent.order_id IS NULL THEN paid.completed_at ELSE sent.delivered_at END AS delivered_at
  FROM paid LEFT JOIN sent ON ${same('sent', 'paid')} LEFT JOIN final ON ${same('final', 'paid')}
), reached AS (
  SELECT told.creator_id, told.day, m.step, ${cases((step) => `told.${times[step]}`)} AS reached_at,
    ${cases((_, i) => (i === 0 ? 'NULL' : `told.${times[fulfilmentSteps[i - 1] ?? 'paid']}`))} AS before_at
  FROM told CROSS JOIN (VALUES ${fulfilmentSteps.map((_, i) => `(${i})`).join(', ')}) AS m(step)
), lasted AS (
  SELECT creator_id, day, step, CAST(date_diff('millisecond', before_at, reached_at) AS double) / 1000 AS seconds
  FROM reached WHERE reached_at IS NOT NULL
), placed AS (
  SELECT creator_id, day, step, CASE WHEN seconds IS NULL THEN -1 ELSE ${bucketSql('seconds')} END AS bucket FROM lasted
)
SELECT creator_id, day, step, bucket, count(*) AS orders FROM placed GROUP BY creator_id, day, step, bucket ORDER BY creator_id`;
