/** How many events a second does the fold take with the store stubbed? Parse, fold and pack, as one batch after another. */
import { parseEvent } from '../../shared/events/parse.ts';
import { fold } from '../../shared/fold/fold.ts';
import type { StoredEntity } from '../../shared/fold/parts.ts';
import { packEntity } from '../../shared/store/entities.ts';
import { incomingOf, oneLineOrder } from './records.ts';
import { median } from './statistics.ts';

const events = 20_000;
const batch = 500;

function round(): { fold: number; whole: number } {
  const raw = Array.from({ length: events }, (_, n) => oneLineOrder(n, 1, {}, 60_000));
  const parseBegan = performance.now();
  for (const event of raw) parseEvent(event, Date.now());
  const parsing = performance.now() - parseBegan;
  const records = incomingOf(raw);
  let folding = 0;
  let packing = 0;
  for (let i = 0; i < records.length; i += batch) {
    const began = performance.now();
    const { changed } = fold(records.slice(i, i + batch), new Map<string, StoredEntity>());
    const folded = performance.now();
    for (const [root, { entity }] of changed) packEntity('C#c-1#1', root, entity);
    folding += folded - began;
    packing += performance.now() - folded;
  }
  return { fold: events / (folding / 1000), whole: events / ((parsing + folding + packing) / 1000) };
}

/** Events per second: the fold alone, and with parsing and packing; median of five rounds and the range. */
export function foldSpeed(): Record<string, { median: number; range: [number, number] }> {
  round();
  const rounds = Array.from({ length: 5 }, round);
  const figure = (of: (one: { fold: number; whole: number }) => number) => {
    const values = rounds.map(of).map(Math.round);
    return { median: median(values), range: [Math.min(...values), Math.max(...values)] as [number, number] };
  };
  return { 'fold (events/s)': figure((one) => one.fold), 'parse, fold, pack (events/s)': figure((one) => one.whole) };
}
