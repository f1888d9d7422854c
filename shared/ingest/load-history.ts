/** How is a creator's history loaded, however much it is? Batch after batch into a partition that nobody reads yet; what is finished is written and let go. */
import type { CloudEvent } from '../events/parse.ts';
import type { Incoming } from '../fold/fold.ts';
import { archiveBatch } from '../lake/archive.ts';
import type { Lake } from '../lake/store.ts';
import type { Refused } from '../store/apply-writes.ts';
import { readEntities } from '../store/entities.ts';
import { markHistoryLoaded, putItems } from '../store/histories.ts';
import { acceptProfile, type Profile } from '../store/profiles.ts';
import { partitionOf, type Table } from '../store/table.ts';
import { emptyHistory, entityItems, foldInto, type History, listItems, nameRefused, totalItems } from './bulk.ts';

const recordsAtOnce = 1000;
const recordsAFile = 20_000;

export interface LoadOptions {
  /** Tells this load's files in the lake from others. */
  name: string;
  receivedAt: string;
  /** Lake of the raw events; where absent they are not archived. */
  lake?: Lake | undefined;
  /** Entities held before they are written; all where absent. */
  mostEntities?: number;
  /** Records of a file of the lake. */
  recordsAFile?: number;
  onProgress?: ((done: { events: number; items: number }) => void) | undefined;
}

export interface HistoryLoad {
  /** Folds events; they are written by and by. */
  add(events: CloudEvent[]): Promise<void>;
  /** Writes what is left: from then on the partition is whole. Answers counts of events, items and refusals. */
  end(): Promise<{ events: number; items: number; refused: History['refused'] }>;
}

/** Numbers that stand for texts, many in little room: one that is in it for another text costs a read and no more. */
function textNumbers() {
  const numbers = new Set<number>();
  const numberOf = (text: string): number => {
    // Two mixes of 26 bits each make a whole number that is exact.
    let [a, b] = [0x811c9dc5, 0x01000193];
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      a = Math.imul(a ^ code, 0x01000193);
      b = Math.imul(b ^ code, 0x85ebca6b) ^ (b >>> 13);
    }
    return (a >>> 6) * 2 ** 26 + (b >>> 6);
  };
  return {
    add: (text: string) => void numbers.add(numberOf(text)),
    has: (text: string) => numbers.has(numberOf(text)),
  };
}

/** Opens the load of one creator's history into the generation of `profile`, which nothing else writes and nobody reads. */
export function openHistory(table: Table, profile: Profile, options: LoadOptions): HistoryLoad {
  const {
    name,
    receivedAt,
    lake,
    mostEntities = Number.POSITIVE_INFINITY,
    recordsAFile: fileRecords = recordsAFile,
    onProgress,
  } = options;
  const partition = partitionOf(profile.creatorId, profile.generation);
  const history = emptyHistory();
  const written = textNumbers();
  let toArchive: Incoming[] = [];
  let items = 0;
  /** Writes under way: what is folded meanwhile waits for them only to read one of theirs, or to write more. */
  let writing: Promise<void> = Promise.resolve();

  const put = async (made: Parameters<typeof putItems>[1]): Promise<void> => {
    const before = items;
    items = before + (await putItems(table, made, (done) => onProgress?.({ events: history.count, items: before + done })));
  };
  const archive = async () => {
    const records = toArchive;
    toArchive = [];
    const named = async (refused: Refused[]) => nameRefused(history, records, refused);
    if (lake && records.length) await archiveBatch(lake, records, `bulk-${name}-${profile.creatorId}`, named);
  };
  /** Begins to write the entities that are held, and lets them go. */
  const release = async () => {
    await writing;
    const released = { ...history, entities: history.entities, changedRoots: history.changedRoots };
    for (const root of history.entities.keys()) written.add(root);
    history.entities = new Map();
    history.changedRoots = new Map();
    writing = (async () => {
      await put(entityItems(released, partition));
      await put(listItems(released, partition));
    })();
    // Whoever waits for it next gets the failure.
    writing.catch(() => {});
  };
  /** Entities that were let go are read again when there is news of them. */
  const recall = async (events: CloudEvent[]) => {
    const roots = new Set(events.map(({ subject }) => rootOf(subject)));
    const gone = [...roots].filter((root) => !history.entities.has(root) && written.has(root));
    if (gone.length === 0) return;
    await writing;
    for (const [root, entity] of await readEntities(table, partition, gone)) history.entities.set(root, entity);
  };
  const addSome = async (events: CloudEvent[]) => {
    await recall(events);
    const records = foldInto(history, events, profile, receivedAt);
    if (lake) toArchive.push(...records);
    if (toArchive.length >= fileRecords) await archive();
    if (history.entities.size >= mostEntities) await release();
    onProgress?.({ events: history.count, items });
  };
  return {
    async add(events) {
      for (let i = 0; i < events.length; i += recordsAtOnce) await addSome(events.slice(i, i + recordsAtOnce));
    },
    async end() {
      await archive();
      await release();
      await writing;
      await put(totalItems(history, partition, receivedAt));
      return { events: history.count, items, refused: history.refused };
    },
  };
}

/** The item that a subject lives in: an order's parts live in that of their order. */
const rootOf = (subject: string): string => (subject.startsWith('order/') ? subject.split('/', 2).join('/') : subject);

/**
 * Loads one creator's history, held in memory until it is written: the creator event, then the others in any order. Only for a creator
 * without stream records; killed on the way, it can be run again. Answers counts of events, items and refusals.
 */
export async function loadHistory(
  table: Table,
  creatorEvent: CloudEvent,
  events: Iterable<CloudEvent>,
  { name = 'demo', receivedAt = new Date().toISOString(), ...rest }: Partial<LoadOptions> = {},
): ReturnType<HistoryLoad['end']> {
  const profile = await acceptProfile(table, creatorEvent);
  const load = openHistory(table, profile, { name, receivedAt, ...rest });
  let chunk: CloudEvent[] = [creatorEvent];
  for (const event of events)
    if (chunk.push(event) >= recordsAtOnce) {
      await load.add(chunk);
      chunk = [];
    }
  await load.add(chunk);
  const loaded = await load.end();
  await markHistoryLoaded(table, profile.creatorId, name);
  return loaded;
}
