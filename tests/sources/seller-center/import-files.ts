/** How does a test import Seller Center files? The newest snapshot of each entity, as a service keeps it, and what was left out. */
import type { CloudEvent } from '../../../shared/events/parse.ts';
import { newReport } from '../../../shared/sources/files/import-report.ts';
import { sellerCenterEvents } from '../../../shared/sources/seller-center/events.ts';
import { type PlanOptions, planImport } from '../../../shared/sources/seller-center/plan.ts';
import { all } from '../../samples/events-of.ts';

const now = Date.parse('2026-11-30T00:00:00Z');

export async function importOf(paths: string[], options: Partial<PlanOptions> = {}) {
  const plan = await planImport(paths, { now, ...options });
  const report = newReport();
  const events = await all(sellerCenterEvents(plan, { report, now }));
  const told = (counts: typeof report.wrong) =>
    [...counts].flatMap(([what, { examples }]) => examples.map((example) => `${what}: ${example}`));
  return { plan, events, wrong: told(report.wrong), skipped: told(report.skipped), notes: told(report.notes) };
}

/** The newest snapshots by subject; throws where two of one version differ, since chance would decide between them. */
export function newestOf(events: CloudEvent[]): Map<string, CloudEvent> {
  const newest = new Map<string, CloudEvent>();
  for (const event of events) {
    const known = newest.get(event.subject);
    if (known?.entityversion === event.entityversion && JSON.stringify(known.data) !== JSON.stringify(event.data))
      throw new Error(`two snapshots of ${event.subject} have one version`);
    if (!known || event.entityversion > known.entityversion) newest.set(event.subject, event);
  }
  return newest;
}

/** Snapshots of an entity with the parts of their subjects. */
export const ofEntity = (newest: Map<string, CloudEvent>, entity: string) =>
  [...newest.values()]
    .filter(({ type }) => type === `dev.creatoranalytics.${entity}.updated.v1`)
    .map(({ subject, data }) => ({ ids: subject.split('/').slice(1), data }));
