/** Which entities stand behind a cell that differs? Those that contributed to it something, or that ever moved its day. */
import { type ItemPlace, placeOfItem } from '../fold/keys.ts';
import type { Row, StoredEntity } from '../fold/parts.ts';
import { readChangedRoots } from '../store/change-index.ts';
import { readEntities } from '../store/entities.ts';
import { readPartition } from '../store/partition.ts';
import type { Table } from '../store/table.ts';
import { dayOf } from '../time.ts';

const mostEntities = 50;

function isBehind([topic, at, dimensions, values]: Row, place: ItemPlace, field: string): boolean {
  return (
    topic === place.topic &&
    field in values &&
    (place.period.includes('T') ? at.startsWith(place.period.slice(0, 13)) : at.startsWith(place.period)) &&
    (place.value === undefined || dimensions[place.slice] === place.value)
  );
}

/** Roots whose contributions the table counted in a cell, and with none of them those that ever moved that topic's day; fifty at most. */
export async function entitiesBehind(table: Table, partition: string, item: string, field: string): Promise<string[]> {
  const place = placeOfItem(item);
  const changedRoots = await readChangedRoots(await readPartition(table, partition), place.topic, dayOf(place.period));
  const entities: Map<string, StoredEntity> = await readEntities(table, partition, changedRoots);
  const telling = changedRoots.filter((root) => entities.get(root)?.contributions.some((row) => isBehind(row, place, field)));
  return (telling.length ? telling : changedRoots).sort().slice(0, mostEntities);
}
