/** Do stream and lake agree? Every cell of a creator is computed again from the lake and held against the kpi table. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Row, StoredEntity } from '../fold/parts.ts';
import { readEntities } from '../store/entities.ts';
import { type Profile, readGenerationOf } from '../store/profiles.ts';
import { readMarks } from '../store/progress.ts';
import { partitionOf, type Table } from '../store/table.ts';
import { isTouchedAfter, readTouched } from '../store/touched.ts';
import { dayOf } from '../time.ts';
import { newestInLake } from './arrivals.ts';
import type { Athena } from './athena.ts';
import { type Cells, lakeCells, partsOfCell, tableCells } from './cells.ts';
import { untoldSubjects } from './untold.ts';

export interface Stores {
  table: Table;
  athena: Athena;
}

/** A cell that says something else in the table than in the lake, and the entities behind it. */
export interface Difference {
  item: string;
  field: string;
  table: number;
  lake: number;
  /** Roots whose contributions the table counted there, and those that ever moved it. */
  entities: string[];
}

export interface Reconciliation {
  creatorId: string;
  /** When it was done (ISO, UTC). */
  at: string;
  /** Arrival instant through which events were compared. */
  through: string;
  /** Cells compared. */
  cells: number;
  differing: Difference[];
  /** Where cells differ: subjects whose newest snapshot the totals never got, fifty at most. */
  untold: string[];
  /** Cells that events were still moving: compared the next time. */
  moving: number;
}

const passes = 3;
const mostEntities = 50;

interface Place {
  subject: string;
  slice: string;
  /** Day, month or hour. */
  period: string;
  value: string | undefined;
}

function placeOf(item: string): Place {
  const [, subject = '', slice = '', period = '', ...value] = item.split('#');
  return { subject, slice, period, value: value.length ? value.join('#') : undefined };
}

function isBehind([subject, at, dimensions, values]: Row, place: Place, field: string): boolean {
  return (
    subject === place.subject &&
    field in values &&
    (place.period.includes('T') ? at.startsWith(place.period.slice(0, 13)) : at.startsWith(place.period)) &&
    (place.value === undefined || dimensions[place.slice] === place.value)
  );
}

/** The entities behind a cell: those that told it something, and with none of them those that ever moved that subject's day. */
async function entitiesBehind({ table }: Stores, partition: string, item: string, field: string): Promise<string[]> {
  const place = placeOf(item);
  const touched = await readTouched(table, partition, place.subject, dayOf(place.period));
  const entities: Map<string, StoredEntity> = await readEntities(table, partition, touched);
  const telling = touched.filter((root) => entities.get(root)?.told.some((row) => isBehind(row, place, field)));
  return (telling.length ? telling : touched).sort().slice(0, mostEntities);
}

/** Cells that say something else in the one than in the other; absent is zero. */
export const differingOf = (inTable: Cells, inLake: Cells): string[] =>
  [...new Set([...inTable.keys(), ...inLake.keys()])].filter((cell) => (inTable.get(cell) ?? 0) !== (inLake.get(cell) ?? 0));

/** The cells whose subject and day (or month) something moved that only one of both has yet: they are not settled. */
async function movingOf({ table }: Stores, partition: string, cells: string[], cut: string): Promise<Set<string>> {
  const moving = new Set<string>();
  const known = new Map<string, Promise<boolean>>();
  for (const cell of cells) {
    const { subject, period } = placeOf(partsOfCell(cell).item);
    const day = period.slice(0, 10);
    const key = `${subject} ${day}`;
    const answer = known.get(key) ?? isTouchedAfter(table, partition, subject, day, cut);
    known.set(key, answer);
    if (await answer) moving.add(cell);
  }
  return moving;
}

/**
 * Compares one creator, cell by cell. What still moves is looked at again, a few times, and then left for the next run; a cell differs
 * only when it did so in every look. `wait` in ms between two looks. Throws where the lake or the table cannot be read.
 */
export async function reconcileCreator(
  stores: Stores,
  profile: Profile,
  { now = Date.now, wait = 5_000 }: { now?: () => number; wait?: number } = {},
): Promise<Reconciliation> {
  const { creatorId } = profile;
  const partition = partitionOf(creatorId, readGenerationOf(profile));
  let seen: Set<string> | undefined;
  for (let pass = 1; ; pass++) {
    const { applied, asOf } = await readMarks(stores.table, partition);
    const archived = await newestInLake(stores.athena, creatorId);
    const [inLake, inTable] = await Promise.all([
      lakeCells(stores.athena, creatorId, now()),
      tableCells(stores.table, partition, now()),
    ]);
    const differing = differingOf(inTable, inLake);
    const [cut = ''] = [archived, applied].sort();
    const moving = await movingOf(stores, partition, differing, cut);
    const settled = differing.filter((cell) => !moving.has(cell) && (!seen || seen.has(cell)));
    if (!differing.length || pass === passes || (seen && !settled.length && !moving.size)) {
      const found = await Promise.all(
        settled.map(async (cell): Promise<Difference> => {
          const { item, field } = partsOfCell(cell);
          const [ours, theirs] = [inTable.get(cell) ?? 0, inLake.get(cell) ?? 0];
          return { item, field, table: ours, lake: theirs, entities: await entitiesBehind(stores, partition, item, field) };
        }),
      );
      const cells = new Set([...inTable.keys(), ...inLake.keys()]).size;
      const untold = found.length ? await untoldSubjects(stores, partition, creatorId, mostEntities) : [];
      return {
        creatorId,
        at: new Date(now()).toISOString(),
        through: asOf,
        cells,
        differing: found,
        untold,
        moving: moving.size,
      };
    }
    seen = new Set(settled);
    await pause(wait);
  }
}
