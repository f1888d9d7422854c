/** Which of the accepted events are counted? A line for every batch and creator, crossed out once the service has come that far. */
import type { CloudEvent } from '../../events/parse.ts';
import type { BatchAnswer } from './send-batch.ts';

/** How far a service has counted a creator. */
export interface Reached {
  creatorId: string;
  position: string;
  lagSeconds: number;
  quarantined: number;
}

export interface Ledger {
  accepted: number;
  counted: number;
  /** Events of these creators that went into quarantine since their first batch, at least. */
  quarantined: number;
  /** False where the service did not say where it put the events: then nobody can tell. */
  isComplete: boolean;
  note(batch: CloudEvent[], answer: BatchAnswer): void;
  /** Some creators of whom something is not counted, those first that were asked about the longest ago. */
  open(most: number): string[];
  reach(reached: Reached): void;
}

interface Page {
  /** Not counted yet, in order. */
  lines: { position: string; count: number }[];
  quarantinedBefore: number;
  quarantined: number;
}

export function openLedger(): Ledger {
  const pages = new Map<string, Page>();
  const ledger: Ledger = {
    accepted: 0,
    counted: 0,
    quarantined: 0,
    isComplete: true,
    note(batch, { accepted, rejected, positions }) {
      ledger.accepted += accepted;
      if (!positions) {
        ledger.isComplete = false;
        return;
      }
      const refused = new Set(rejected.map(({ index }) => index));
      const taken = Map.groupBy(
        batch.filter((_, index) => !refused.has(index)),
        ({ creatorid }) => creatorid,
      );
      const newest = new Map<string, { position: string; quarantined: number }>();
      for (const { creatorId, position, quarantined } of positions) {
        const known = newest.get(creatorId);
        if (!known || position > known.position)
          newest.set(creatorId, { position, quarantined: Math.min(quarantined, known?.quarantined ?? quarantined) });
      }
      for (const [creatorId, events] of taken) {
        const place = newest.get(creatorId);
        if (!place) {
          ledger.isComplete = false;
          continue;
        }
        const page = pages.get(creatorId) ?? { lines: [], quarantinedBefore: place.quarantined, quarantined: 0 };
        pages.set(creatorId, page);
        page.lines.push({ position: place.position, count: events.length });
      }
    },
    open: (most) => {
      const open: string[] = [];
      for (const [creatorId, { lines }] of pages) {
        if (lines.length && open.push(creatorId) >= most) break;
      }
      return open;
    },
    reach({ creatorId, position, quarantined }) {
      const page = pages.get(creatorId);
      if (!page) return;
      // Behind all others: the next question is about those that were not asked about.
      pages.delete(creatorId);
      pages.set(creatorId, page);
      ledger.counted += page.lines.filter((line) => line.position <= position).reduce((sum, { count }) => sum + count, 0);
      page.lines = page.lines.filter((line) => line.position > position);
      const since = Math.max(0, quarantined - page.quarantinedBefore);
      ledger.quarantined += Math.max(0, since - page.quarantined);
      page.quarantined = Math.max(page.quarantined, since);
    },
  };
  return ledger;
}
