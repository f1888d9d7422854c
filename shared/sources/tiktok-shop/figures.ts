/** What does no webhook and no list of changes tell? Stock, estimates, performance, commissions: read again by the clock, each at its own pace. */
import type { CloudEvent } from '../../events/parse.ts';
import { addDays, dayOf, laterOf, toLocal } from '../../time.ts';
import { tally } from '../files/import-report.ts';
import { type Raw, textOf } from '../record.ts';
import { TikTokShopError } from './error.ts';
import type { Checkpoints, Sink } from './poll.ts';
import { readCommissions, readPerformance, readStock, readUnsettled } from './readings.ts';
import { apis } from './rules/apis.ts';
import { scopeIsMissing } from './rules/errors.ts';
import type { Reading } from './streams.ts';

export interface Figure {
  name: string;
  /** Read again after so long (seconds). */
  every: number;
  /** Reads what is due since `checkpoint`; `keep` remembers how far it came, in Unix seconds, and may throw to end the run. */
  read: (options: FigureOptions) => Promise<void>;
}

interface FigureOptions {
  reading: Reading;
  sink: Sink;
  /** First second that is to be read. */
  from: number;
  keep: (readUntil: number) => Promise<void>;
}

const anHour = 3600;
const aDay = 86_400;
/** How far back figures of the platform are read at first. Whether the vendor has more of them, or fewer, is to be confirmed. */
const performanceDays = 90;
/** Figures of a day are read again for a week: the platform corrects them, and has them a day or more late. */
const performanceOverlap = 7 * aDay;
/** Commissions are asked for by the time of the order, and change until it is settled: orders of so long ago are read again. */
const commissionOverlap = 60 * aDay;
const window = 7 * aDay;

const idsOf = (records: readonly Raw[]): string[] => records.flatMap(({ id }) => textOf(id) ?? []);
const hand = async (sink: Sink, events: CloudEvent[]): Promise<void> => void (events.length && (await sink(events)));

/** Closing levels of the local day are the day's last reading. */
const stock: Figure = {
  name: 'stock',
  every: anHour,
  async read({ reading, sink }) {
    for await (const { items } of reading.client.pages(apis.searchProducts))
      if (items.length) await hand(sink, await readStock(idsOf(items), reading));
  },
};

const estimates: Figure = {
  name: 'estimates',
  every: 6 * anHour,
  read: async ({ reading, sink }) => hand(sink, await readUnsettled(reading)),
};

/** Day by day, up to the last one that is over; kept is the midnight (UTC) that names the day after. */
const performance: Figure = {
  name: 'performance',
  every: 6 * anHour,
  async read({ reading, sink, from, keep }) {
    const { shop, now } = reading;
    const today = dayOf(toLocal(now(), [{ from: '', zone: shop.timeZone }]));
    const first = addDays(today, -performanceDays);
    const known = new Date(from * 1000).toISOString().slice(0, 10);
    for (let day = laterOf(known, first); day < today; day = addDays(day, 1)) {
      await hand(sink, await readPerformance(day, reading));
      await keep(Date.parse(addDays(day, 1)) / 1000);
    }
  },
};

const commissions: Figure = {
  name: 'commissions',
  every: anHour,
  async read({ reading, sink, from, keep }) {
    const until = Math.floor(reading.now() / 1000);
    for (let start = from; start < until; start += window) {
      const end = Math.min(until, start + window);
      await hand(sink, await readCommissions(start, end, reading));
      if (end < until) await keep(end);
    }
  },
};

const overlaps: { [name: string]: number } = { performance: performanceOverlap, commissions: commissionOverlap };

/** What is read of a shop beside its lists, and of a creator who sells for others. */
export const shopFigures: readonly Figure[] = [stock, estimates, performance];
export const creatorFigures: readonly Figure[] = [commissions];
export const figureNames: ReadonlySet<string> = new Set([...shopFigures, ...creatorFigures].map(({ name }) => name));

export interface ReadFigureOptions {
  reading: Reading;
  sink: Sink;
  checkpoints: Checkpoints;
  /** First second that is of interest, where nothing was read yet. */
  since: number;
}

/** Does the vendor refuse this call alone, whatever is tried? An app without the scope of analytics still has its orders. */
const isRefusedAlone = (error: unknown): error is TikTokShopError =>
  error instanceof TikTokShopError && (error.remedy === 'give up' || error.code === scopeIsMissing);

/** As readFigure; what an app may not read is counted in the notes, left out, and asked for again at the next turn. */
export async function readFigureIfGranted(figure: Figure, options: ReadFigureOptions): Promise<void> {
  try {
    await readFigure(figure, options);
  } catch (error) {
    if (!isRefusedAlone(error)) throw error;
    tally(options.reading.notes.refused, `${figure.name}: ${error.message}`, figure.name);
  }
}

/** Reads a figure where it is due. Broken off, it goes on behind the last part that was kept. Throws what client, sink or store throw. */
export async function readFigure(figure: Figure, { reading, sink, checkpoints, since }: ReadFigureOptions): Promise<void> {
  const { name, every, read } = figure;
  const begun = Math.floor(reading.now() / 1000);
  const known = await checkpoints.get(name);
  if (known?.isComplete && begun - known.readUntil < every) return;
  const from = known ? Math.max(since, known.readUntil - (known.isComplete ? (overlaps[name] ?? 0) : 0)) : since;
  const isFirst = !known || (known.isFirst && !known.isComplete);
  const keep = (readUntil: number) => checkpoints.put(name, { readUntil, isComplete: false, isFirst });
  await read({ reading, sink, from, keep });
  await checkpoints.put(name, { readUntil: begun, isComplete: true, isFirst: false });
}
