/** How is a shop read up to now, in as many runs as it takes? Each goes on where the last one stopped; what fails is tried again later and later. */
import { messageOf } from '../errors.ts';
import { TikTokShopError } from '../sources/tiktok-shop/error.ts';
import { creatorFigures, readFigure, readFigureIfGranted, shopFigures } from '../sources/tiktok-shop/figures.ts';
import { type Checkpoints, poll } from '../sources/tiktok-shop/poll.ts';
import { streamsOf } from '../sources/tiktok-shop/streams.ts';
import { NotConnected } from '../sources/tiktok-shop/token.ts';
import { openCheckpoints } from '../store/checkpoints.ts';
import { type Connection, noteConnection } from '../store/connections.ts';
import { backfillSeconds } from './backfill.ts';
import { type Connectors, openShop } from './open-shop.ts';

/** A run that has less time left (ms) than its longest step, with all its pauses, begins no other. */
const leastLeft = 150_000;
/** First and longest pause (ms) after failed runs. */
const shortestPause = 60_000;
const longestPause = 6 * 3_600_000;

/** done: read up to now. more: the time is over, another run goes on. later: it failed and is tried again. reconnect: the seller's turn. */
export type Outcome = 'done' | 'more' | 'later' | 'reconnect';

class OutOfTime extends Error {}

/** Does only the seller's new consent help? */
export const needsConsent = (error: unknown): boolean =>
  error instanceof NotConnected || (error instanceof TikTokShopError && error.remedy === 'reconnect');

/** What may be told of a failure: words of ours, never what a vendor sent. */
export const wordsOf = (error: unknown): string =>
  error instanceof NotConnected || error instanceof TikTokShopError ? error.message : 'something went wrong here; it was logged';

/** Reads what has changed, list after list. Throws nothing that a vendor or the stream does: it is noted, and told by the outcome. */
export async function pollShop(
  connectors: Connectors,
  connection: Connection,
  millisecondsLeft: () => number,
): Promise<{ outcome: Outcome; says?: string; notes?: object }> {
  const { collector, now } = connectors;
  const { table } = collector;
  const shop = await openShop(connectors, connection);
  const stored = openCheckpoints(table, connection);
  const checkpoints: Checkpoints = {
    get: stored.get,
    async put(stream, checkpoint) {
      await stored.put(stream, checkpoint);
      if (millisecondsLeft() < leastLeft) throw new OutOfTime();
    },
  };
  const since = Math.floor(connection.connectedAt / 1000) - backfillSeconds;
  let failure: unknown;
  try {
    const { reading, sink } = shop;
    const options = { checkpoints, sink, since, now };
    if (connection.isCreator) for (const figure of creatorFigures) await readFigure(figure, { ...options, reading });
    else {
      for (const stream of streamsOf(reading)) await poll(stream, options);
      for (const figure of shopFigures) await readFigureIfGranted(figure, { ...options, reading });
    }
  } catch (error) {
    failure = error;
  }
  await shop.tellRequests(connection.vendor).catch((error: unknown) => {
    failure ??= error;
  });
  const notes = summaryOf(shop.notes);
  if (failure instanceof OutOfTime) return { outcome: 'more', notes };
  if (failure === undefined) {
    const importedAt = connection.importedAt || now();
    await noteConnection(table, connection, { importedAt, lastSuccess: now(), failures: 0, lastError: '', retryAt: 0 });
    return { outcome: 'done', notes };
  }
  const says = wordsOf(failure);
  if (needsConsent(failure)) {
    await noteConnection(table, connection, { state: 'reconnect', lastError: says });
    return { outcome: 'reconnect', says, notes };
  }
  const failures = connection.failures + 1;
  const pause = Math.min(longestPause, shortestPause * 2 ** (failures - 1));
  await noteConnection(table, connection, { failures, lastError: says, retryAt: now() + pause });
  return { outcome: 'later', says: messageOf(failure), notes };
}

const summaryOf = (notes: { unknown: Map<string, { count: number }>; refused: Map<string, { count: number }> }) => ({
  unknown: [...notes.unknown].map(([what, { count }]) => `${what}: ${count}`).slice(0, 20),
  refused: [...notes.refused].map(([what, { count }]) => `${what}: ${count}`).slice(0, 20),
});
