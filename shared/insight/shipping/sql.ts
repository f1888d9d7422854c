/**
 * What did parcels cost, and did they arrive as promised? Parcels of the seller's own, but for cancelled ones (a label made again), on the
 * local day of their label; without one, of their delivery. A parcel is in time when it is delivered by the end of its order's deliver-by
 * day; cancelled orders, samples and the like promise nothing.
 */
import { asked, same } from '../statements.ts';

/**
 * Bound are the first day, then the creators (none: all of them). A row is the parcels of a day, carrier and region ('' where not told);
 * those with a promise that are not delivered yet have it in `open_until` (local day).
 */
export const parcelsSql = (creators: number): string => `WITH sent AS (
  SELECT e.creator_id, e.order_id, coalesce(substr(e.labelled_at_local, 1, 10), substr(e.delivered_at_local, 1, 10)) AS day,
    coalesce(e.carrier, '') AS carrier, coalesce(e.region, '') AS region, e.label_cost, substr(e.delivered_at_local, 1, 10) AS delivered
  FROM shipments AS e
  WHERE e.status <> 'cancelled' AND NOT coalesce(e.is_platform_fulfilled, false)
    AND coalesce(substr(e.labelled_at_local, 1, 10), substr(e.delivered_at_local, 1, 10)) >= ?${asked('e', creators)}
), promised AS (
  SELECT sent.*, CASE WHEN o.is_cancelled OR o.is_excluded THEN NULL ELSE substr(o.deliver_by_local, 1, 10) END AS promise
  FROM sent LEFT JOIN orders AS o ON ${same('o', 'sent')}
), told AS (
  SELECT *, CASE WHEN delivered IS NULL THEN promise END AS open_until FROM promised
)
SELECT creator_id, day, carrier, region, open_until, count(*) AS parcels, count(label_cost) AS costed,
  CAST(sum(coalesce(label_cost, 0)) AS bigint) AS cost,
  sum(CASE WHEN delivered IS NOT NULL AND promise IS NOT NULL THEN 1 ELSE 0 END) AS due,
  sum(CASE WHEN delivered <= promise THEN 1 ELSE 0 END) AS on_time
FROM told
GROUP BY creator_id, day, carrier, region, open_until
ORDER BY creator_id`;
