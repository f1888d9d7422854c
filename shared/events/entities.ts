/** Which entities are there? The closed list; a new entity is a file of its own and a line here. */
import { adjustment } from './adjustment.ts';
import { affiliateSale } from './affiliate-sale.ts';
import { contentDay } from './content-day.ts';
import { cost } from './cost.ts';
import { creator } from './creator.ts';
import type { Entity } from './entity.ts';
import { operationMinute } from './operation-minute.ts';
import { order } from './order.ts';
import { product, supply, unitCost } from './product.ts';
import { productPeriod } from './product-period.ts';
import { refund } from './refund.ts';
import { review } from './review.ts';
import { settlement } from './settlement.ts';
import { shipment } from './shipment.ts';
import { stockDay } from './stock-day.ts';

const all: Entity[] = [
  order,
  shipment,
  refund,
  review,
  settlement,
  adjustment,
  affiliateSale,
  stockDay,
  product,
  unitCost,
  supply,
  cost,
  contentDay,
  productPeriod,
  creator,
  operationMinute,
];

/** Entities by name; the name is also the noun of the event type. */
export const entities: ReadonlyMap<string, Entity> = new Map(all.map((entity) => [entity.name, entity]));

export const typeOf = (entityName: string): string => `dev.creatoranalytics.${entityName}.updated.v1`;
