/** Which rows does a record make in the lake? One in its entity's table and one for each element of its lists. */
import type { Facts, Scalar } from '../events/entity.ts';
import { contentHash, factsOf } from '../events/facts.ts';
import type { Incoming } from '../fold/fold.ts';
import { type LakeTable, lakeTables, snake } from './columns.ts';

export type Cell = string | bigint | number | boolean | Date | null;
export type LakeRow = { [column: string]: Cell };

const tablesByEntity = Map.groupBy(lakeTables, ({ entity }) => entity);

const most = 2n ** 63n;

/** A number as a BIGINT. Throws RangeError where it is none, or where the file would hold another one. */
function bigintOf(value: Scalar): bigint {
  const whole = BigInt(value);
  if (whole >= most || whole < -most) throw new RangeError(`${value} is larger than a BIGINT`);
  return whole;
}

/** Throws RangeError where it is no instant. */
function instantOf(text: string): Date {
  const instant = new Date(text);
  if (Number.isNaN(instant.getTime())) throw new RangeError(`${text} is no instant`);
  return instant;
}

function cellOf(value: Scalar | undefined, type: string, isLocal: boolean): Cell {
  if (value === undefined || value === null) return null;
  if (isLocal) return String(value);
  if (type === 'timestamp') return instantOf(String(value));
  if (type === 'bigint') return bigintOf(value);
  return value;
}

function factCells({ columns }: LakeTable, facts: Facts): LakeRow {
  const row: LakeRow = {};
  for (const { name, type, fact, isLocal } of columns)
    if (fact !== undefined) row[name] = cellOf(facts[fact] as Scalar | undefined, type, Boolean(isLocal));
  return row;
}

/**
 * The rows of a record, lists before the entity: whoever finds the entity finds its lists. Throws RangeError where its money cannot be
 * converted. Depends on the record alone, so a retry makes the same.
 */
export function rowsOf({ seq, record: { event, stamp }, entity, subject }: Incoming): { table: LakeTable; row: LakeRow }[] {
  const facts = factsOf(entity, event, stamp);
  const key: LakeRow = {
    creator_id: event.creatorid,
    subject: event.subject,
    version: bigintOf(event.entityversion),
    definitions: bigintOf(stamp.definitions),
    profile: bigintOf(stamp.profile),
    hash: contentHash(event.data),
  };
  const ids = Object.fromEntries(Object.entries(subject.ids).map(([name, value]) => [snake(name), value]));
  const data = Object.fromEntries(Object.entries(event.data).filter(([name]) => !entity.personal?.includes(name)));
  const rows = (tablesByEntity.get(entity.name) ?? []).flatMap((table): { table: LakeTable; row: LakeRow }[] => {
    if (!table.list)
      return [
        {
          table,
          row: {
            ...ids,
            ...factCells(table, facts),
            ...key,
            generation: bigintOf(stamp.generation),
            seq,
            event_id: event.id,
            event_source: event.source,
            event_time: instantOf(event.time),
            received_at: instantOf(stamp.receivedAt),
            shop_currency: stamp.currency,
            data: JSON.stringify(data),
          },
        },
      ];
    const elements = facts[table.list];
    return (Array.isArray(elements) ? elements : []).map((element, i) => ({
      table,
      row: { ...ids, ...factCells(table, element), ...key, line: BigInt(i + 1) },
    }));
  });
  return rows.reverse();
}
