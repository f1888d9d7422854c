/** What is replayed? The newest snapshot of every entity of a creator, as the event that brought it. */
import { typeOf } from '../events/entities.ts';
import type { CloudEvent } from '../events/parse.ts';
import { type Athena, rowsFor } from './athena.ts';
import { lakeTables } from './columns.ts';

/** Tables whose entities count: a profile adds nothing to totals, and its personal fields are not in the lake. */
export const countingTables = lakeTables.filter(({ list, entity }) => !list && entity !== 'creator');

/** Names of the entities that are replayed, in order. */
export const replayedEntities: readonly string[] = countingTables.map(({ entity }) => entity);

const columns = 'subject, version, event_id, event_source, event_time, data';

/** Newest snapshots of one kind of entity as events, by subject, from behind `after`; they compare equal to those that came. */
export async function* newestEvents(athena: Athena, creatorId: string, entity: string, after = ''): AsyncGenerator<CloudEvent> {
  const view = countingTables.find((table) => table.entity === entity)?.view;
  if (!view) throw new RangeError(`${entity} is not replayed; known are ${replayedEntities.join(', ')}`);
  const sql = `SELECT ${columns} FROM ${view} WHERE creator_id = ? AND subject > ? ORDER BY subject`;
  for await (const row of rowsFor(athena, sql, [creatorId, after]))
    yield {
      specversion: '1.0',
      id: row.event_id ?? '',
      source: row.event_source ?? '',
      type: typeOf(entity),
      subject: row.subject ?? '',
      time: `${String(row.event_time).replace(' ', 'T')}Z`,
      creatorid: creatorId,
      entityversion: Number(row.version),
      data: JSON.parse(row.data ?? '{}') as CloudEvent['data'],
    };
}

/** Every creator that the lake knows. */
export async function creatorsInLake(athena: Athena): Promise<string[]> {
  const names: string[] = [];
  for await (const { creator_id } of rowsFor(athena, 'SELECT DISTINCT creator_id FROM creators ORDER BY creator_id'))
    if (creator_id) names.push(creator_id);
  return names;
}
