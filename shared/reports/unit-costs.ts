/** What do units cost? As the newest snapshot of each SKU and day says; what was taken out is left out. */
import type * as z from 'zod';
import { mostCosts, type unitCostsAnswer } from '../api/unit-costs.ts';
import { number } from '../events/entity.ts';
import { unitCost } from '../events/product.ts';
import { decodeId, parseSubject } from '../events/subject.ts';
import { entityKey } from '../fold/keys.ts';
import { livePartsOf } from '../fold/parts.ts';
import { unpackEntity } from '../store/entities.ts';
import { readItems } from '../store/items.ts';
import { textOf } from '../store/table.ts';
import { freshnessOf, type Scope } from './scope.ts';

type Answer = z.infer<typeof unitCostsAnswer>;
type Cost = { sku: string; validFrom: string; amount: number };

/** Answers GET …/unit-costs: by SKU, the newest day first. */
export async function reportUnitCosts(scope: Scope): Promise<Answer> {
  const costs: Cost[] = [];
  let isWhole = true;
  for await (const item of readItems(scope.table, scope.partition, entityKey(unitCost.subject.split('{', 1)[0] as string))) {
    const part = livePartsOf(unpackEntity(item).parts)[unitCost.name];
    const ids = parseSubject(unitCost, textOf(item.sk).slice(entityKey('').length))?.ids;
    if (!part || !ids) continue;
    if (costs.length >= mostCosts) {
      isWhole = false;
      break;
    }
    costs.push({ sku: decodeId(String(ids.sku)), validFrom: String(ids.validFrom), amount: number(part.facts.amount) });
  }
  const bySku = (a: Cost, b: Cost) => (a.sku === b.sku ? (a.validFrom < b.validFrom ? 1 : -1) : a.sku < b.sku ? -1 : 1);
  return { ...freshnessOf(scope), costs: costs.toSorted(bySku), isWhole };
}
