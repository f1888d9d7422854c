/** What does one look at many creators find? Table and lake side by side, each creator at a cut of its own; what moved after it is told apart. */

import { placeOfItem } from '../fold/keys.ts';
import { mapLimit } from '../map-limit.ts';
import { isChangedAfter } from '../store/change-index.ts';
import { readPartition } from '../store/partition.ts';
import { noPending } from '../store/pending.ts';
import { type Profile, readGenerationOf } from '../store/profiles.ts';
import { partitionOf, type Table } from '../store/table.ts';
import { type Arrival, newestArrivals } from './arrivals.ts';
import type { Athena } from './athena.ts';
import { type ComparedValues, type Grain, grains, lakeValues, partsOfValueKey, tableValues } from './compared-values.ts';

export interface Stores {
  table: Table;
  athena: Athena;
}

/** What a cell says in the table and in the lake. */
export interface Sides {
  table: number;
  lake: number;
}

export interface Look {
  profile: Profile;
  partition: string;
  /** Sequence of the last record that was compared, and the instant through which that is. */
  cut: string;
  through: string;
  /** Something was accepted that the table does not have yet. */
  isPending: boolean;
  /** Cells compared. */
  cells: number;
  /** Cells that differ, although nothing moved them after the cut. */
  differing: Map<string, Sides>;
  /** Cells that differ and that a batch behind the cut has moved, or may be moving: they cannot be compared at this cut. */
  moving: string[];
}

/** A statement takes so many creators and cells: they are all that is in memory at once. */
export interface Portion {
  creators: number;
  cells: number;
}
export const portion: Portion = { creators: 500, cells: 250_000 };
const creatorsAtOnce = 16;
const listsAtOnce = 4;

/** A creator as the table has it, read with the marks of a moment before. */
interface Half extends Pick<Look, 'profile' | 'partition' | 'cut' | 'through' | 'isPending'> {
  inTable: { [grain in Grain]: ComparedValues };
}

async function readHalf(table: Table, profile: Profile, arrival: Arrival | undefined, now: number): Promise<Half> {
  const partition = partitionOf(profile.creatorId, readGenerationOf(profile));
  // Marks and what is pending before the pages: whatever those have beyond them is listed as changed behind the cut.
  const { backlog, pending } = await readPartition(table, partition);
  const { accepted, applied, asOf } = backlog;
  const archived = arrival ?? { seq: '', at: '' };
  const isLakeBehind = archived.seq < applied;
  const [through = ''] = isLakeBehind ? [archived.at, asOf].sort() : [asOf];
  const cut = isLakeBehind ? archived.seq : applied;
  // What is pending behind the cut is left out; what is merged behind it cannot be.
  const upToCut = { ...pending, changes: pending.changes.filter(({ seq }) => seq <= cut) };
  const inTable = await tableValues({ table, partition, merged: cut, pending: upToCut }, now);
  return { profile, partition, cut, through, isPending: accepted > applied, inTable };
}

/** Cells that say something else in the one than in the other; absent is zero. */
export const differingOf = (inTable: ComparedValues, inLake: ComparedValues): string[] =>
  [...new Set([...inTable.keys(), ...inLake.keys()])].filter((cell) => (inTable.get(cell) ?? 0) !== (inLake.get(cell) ?? 0));

/** Subject and local day (or month) of a cell. */
export function dayOfCell(cell: string): string {
  const { topic, period } = placeOfItem(partsOfValueKey(cell).item);
  return `${topic} ${period.slice(0, 10)}`;
}

/** How many cells a creator has, and what those that are unequal say. */
interface Compared extends Omit<Half, 'inTable'> {
  cells: number;
  unequal: Map<string, Sides>;
}

/** Compares the cells of a grain; the table's are not needed after it. */
function compare(into: Compared, inTable: ComparedValues, inLake: ComparedValues): void {
  for (const cell of differingOf(inTable, inLake))
    into.unequal.set(cell, { table: inTable.get(cell) ?? 0, lake: inLake.get(cell) ?? 0 });
  into.cells += new Set([...inTable.keys(), ...inLake.keys()]).size;
  inTable.clear();
}

/** Compares a portion: one statement for its days and months, one for its hours. */
async function comparePortion(athena: Athena, halves: Half[], now: number): Promise<Compared[]> {
  const cuts = new Map(halves.map(({ profile, cut }) => [profile.creatorId, cut]));
  const pairs = halves.map(({ inTable, ...half }): [Compared, Half['inTable']] => [
    { ...half, cells: 0, unequal: new Map() },
    inTable,
  ]);
  for (const grain of grains) {
    const waiting = new Map(pairs.map((pair) => [pair[0].profile.creatorId, pair]));
    for await (const [creatorId, inLake] of lakeValues(athena, cuts, grain, now)) {
      const [one, inTable] = waiting.get(creatorId) ?? [];
      waiting.delete(creatorId);
      if (one && inTable) compare(one, inTable[grain], inLake);
    }
    for (const [one, inTable] of waiting.values()) compare(one, inTable[grain], new Map());
  }
  return pairs.map(([one]) => one);
}

/** Tells what a batch behind the cut has changed from what differs although none has. */
async function sorted(table: Table, { unequal, cells, ...half }: Compared): Promise<Look> {
  const places = new Set([...unequal.keys()].map(dayOfCell));
  const changedRoots = await mapLimit(places, listsAtOnce, async (place) => {
    const [topic = '', day = ''] = place.split(' ');
    return (await isChangedAfter({ ...half, table, merged: half.cut, pending: noPending }, topic, day, half.cut)) ? [place] : [];
  });
  const behind = new Set(changedRoots.flat());
  const moving = [...unequal.keys()].filter((cell) => behind.has(dayOfCell(cell)));
  const differing = new Map([...unequal].filter(([cell]) => !behind.has(dayOfCell(cell))));
  return { ...half, cells: cells - moving.length, differing, moving };
}

/** Reads the totals of creators, as many at a time as one statement is to answer for. */
async function* portionsOf(table: Table, profiles: Profile[], arrivals: Map<string, Arrival>, now: number, most: Portion) {
  let halves: Half[] = [];
  for (let i = 0; i < profiles.length; i += creatorsAtOnce) {
    const some = profiles.slice(i, i + creatorsAtOnce);
    halves.push(
      ...(await mapLimit(some, creatorsAtOnce, (profile) => readHalf(table, profile, arrivals.get(profile.creatorId), now))),
    );
    if (halves.reduce((sum, { inTable }) => sum + inTable.day.size + inTable.hour.size, 0) < most.cells) continue;
    yield halves;
    halves = [];
  }
  if (halves.length) yield halves;
}

/**
 * Looks at creators, a portion at a time: one statement says up to where the lake has each of them, two what it says there. A record
 * that the table has and the lake has not, or the other way round, lies behind the cut and counts on neither side. Answers portions.
 */
export async function* lookAt(
  { table, athena }: Stores,
  profiles: Profile[],
  now: () => number,
  most: Portion = portion,
): AsyncGenerator<Look[]> {
  for (let i = 0; i < profiles.length; i += most.creators) {
    const some = profiles.slice(i, i + most.creators);
    const arrivals = await newestArrivals(
      athena,
      some.map(({ creatorId }) => creatorId),
    );
    const at = now();
    for await (const halves of portionsOf(table, some, arrivals, at, most)) {
      const compared = await comparePortion(athena, halves, at);
      yield await mapLimit(compared, creatorsAtOnce, (one) => sorted(table, one));
    }
  }
}
