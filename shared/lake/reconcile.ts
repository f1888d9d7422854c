/** Do stream and lake agree? Every cell of many creators is computed again from the lake and held against the kpi table. */
import { setTimeout as pause } from 'node:timers/promises';
import { placeOfItem } from '../fold/keys.ts';
import { mapLimit } from '../map-limit.ts';
import type { Profile } from '../store/profiles.ts';
import { entitiesBehind } from './behind.ts';
import { partsOfValueKey } from './compared-values.ts';
import { type Look, lookAt, type Portion, type Sides, type Stores } from './look.ts';
import { missingSnapshots } from './missing-snapshots.ts';

/** A cell that says something else in the table than in the lake, and the entities behind it. */
export interface Difference extends Sides {
  item: string;
  field: string;
  /** Roots whose contributions the table counted there, and those that ever moved it. */
  entities: string[];
}

export interface Reconciliation {
  creatorId: string;
  /** When it was done (ISO, UTC). */
  at: string;
  /** Arrival instant through which events were compared; '' where nothing was applied or archived yet. */
  through: string;
  /** Cells compared. */
  cells: number;
  differing: Difference[];
  /** Where cells differ: subjects whose newest snapshot the totals never got, fifty at most. */
  missing: string[];
  /** Cells that events were still moving: not compared, left for the next time. */
  moving: number;
  /** Local days (or months) of those cells. */
  movingDays: number;
  /** Events behind `through` were accepted and not applied yet. */
  isPending: boolean;
}

/** Whether everything that was accepted of a creator was compared. */
export const isSettled = ({ moving, isPending }: Pick<Reconciliation, 'moving' | 'isPending'>): boolean => !moving && !isPending;

export interface Pace {
  now?: (() => number) | undefined;
  /** Milliseconds between two looks. */
  wait?: number | undefined;
  portion?: Portion | undefined;
  /** Ends the pause between two looks, and with it the run: it throws an AbortError. */
  signal?: AbortSignal | undefined;
  /** Before the pause: how many are looked at again. */
  onPause?: ((creators: number) => void) | undefined;
}

const looks = 3;
const cellsAtOnce = 8;

/**
 * What a look says at last; undefined where the creator is to be looked at again. A cell differs when two looks in a row say so. Who
 * has a backlog moves as long as it lasts: it is not looked at again for that.
 */
export function verdictOf(
  { differing, moving, isPending }: Pick<Look, 'differing' | 'moving' | 'isPending'>,
  before: ReadonlySet<string> | undefined,
  isLast: boolean,
): { confirmed: string[]; moving: string[] } | undefined {
  const confirmed = [...differing.keys()].filter((cell) => before?.has(cell));
  const open = [...differing.keys()].filter((cell) => !before?.has(cell));
  const isWorthALook = open.length > 0 || (moving.length > 0 && !isPending);
  return isWorthALook && !isLast ? undefined : { confirmed, moving: [...moving, ...open] };
}

function daysOf(cells: string[]): number {
  const periods = cells.map((cell) => placeOfItem(partsOfValueKey(cell).item).period.slice(0, 10));
  const days = new Set(periods.filter((period) => period.length === 10));
  return days.size || new Set(periods).size;
}

/** A creator with its verdict, and which of its cells differ. */
interface Judged {
  look: Look;
  found: Reconciliation;
  confirmed: string[];
}

function judge(look: Look, before: ReadonlySet<string> | undefined, isLast: boolean, now: number): Judged | undefined {
  const verdict = verdictOf(look, before, isLast);
  if (!verdict) return undefined;
  const { confirmed, moving } = verdict;
  const found = {
    creatorId: look.profile.creatorId,
    at: new Date(now).toISOString(),
    through: look.through,
    cells: look.cells - (moving.length - look.moving.length),
    differing: [],
    missing: [],
    moving: moving.length,
    movingDays: daysOf(moving),
    isPending: look.isPending,
  };
  return { look, found, confirmed };
}

/** Names what stands behind the differences of some creators. */
async function explained(stores: Stores, judged: Judged[]): Promise<Reconciliation[]> {
  const compared = judged.map(({ look: { profile, partition, cut } }) => ({ creatorId: profile.creatorId, partition, cut }));
  const missing = await missingSnapshots(stores, compared);
  return mapLimit(judged, 1, async ({ look, found, confirmed }) => {
    const differing = await mapLimit(confirmed, cellsAtOnce, async (cell) => {
      const { item, field } = partsOfValueKey(cell);
      const sides = look.differing.get(cell) ?? { table: 0, lake: 0 };
      return { item, field, ...sides, entities: await entitiesBehind(stores.table, look.partition, item, field) };
    });
    return { ...found, differing, missing: missing.get(found.creatorId) ?? [] };
  });
}

/**
 * Compares creators cell by cell, each at a cut: the last record that both table and lake have. Who is equal is answered at once; the
 * others are looked at again, all of them after one pause, three looks at most. Each creator is answered once, in portions as they are
 * done. Throws where the lake or the table cannot be read.
 */
export async function* reconcileCreators(
  stores: Stores,
  profiles: Profile[],
  { now = Date.now, wait = 5_000, portion, signal, onPause }: Pace = {},
): AsyncGenerator<Reconciliation[]> {
  let left = profiles;
  let before = new Map<string, ReadonlySet<string>>();
  for (let n = 1; left.length; n++) {
    const again = new Map<Profile, ReadonlySet<string>>();
    const different: Judged[] = [];
    for await (const some of lookAt(stores, left, now, portion)) {
      signal?.throwIfAborted();
      const judged: Judged[] = [];
      for (const look of some) {
        const one = judge(look, before.get(look.profile.creatorId), n === looks, now());
        if (one) judged.push(one);
        else again.set(look.profile, new Set(look.differing.keys()));
      }
      different.push(...judged.filter(({ confirmed }) => confirmed.length));
      yield judged.flatMap(({ found, confirmed }) => (confirmed.length ? [] : [found]));
    }
    if (different.length) yield await explained(stores, different);
    left = [...again.keys()];
    before = new Map([...again].map(([{ creatorId }, cells]) => [creatorId, cells]));
    if (!left.length) return;
    onPause?.(left.length);
    await pause(wait, undefined, { signal });
  }
}
