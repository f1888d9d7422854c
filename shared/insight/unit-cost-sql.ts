/** What did a unit cost on a day? Of the SKU first, else of the product. */

/** A query for WITH: each unit cost with the day on which the next one begins. */
export const unitCostsSql = `costs AS (
  SELECT creator_id, replace(replace(sku, '%2F', '/'), '%25', '%') AS sku, valid_from, amount,
    lead(valid_from) OVER (PARTITION BY creator_id, sku ORDER BY valid_from) AS ends
  FROM unit_costs
)`;

const inForce = (
  costs: string,
  line: string,
  id: string,
): string => `LEFT JOIN costs AS ${costs} ON ${costs}.creator_id = ${line}.creator_id
    AND ${costs}.sku = ${line}.${id} AND ${costs}.valid_from <= ${line}.day AND (${costs}.ends IS NULL OR ${line}.day < ${costs}.ends)`;

/** Joins of a relation with creator_id, sku, product_id and day. */
export const unitCostJoins = (line: string): string => `${inForce('own', line, 'sku')}
  ${inForce('listed', line, 'product_id')}`;

/** The cost of a unit in minor units behind these joins, that of the line itself (`unit_cost`) first; null: not known. */
export const unitCostOf = (line: string): string => `coalesce(${line}.unit_cost, own.amount, listed.amount)`;
