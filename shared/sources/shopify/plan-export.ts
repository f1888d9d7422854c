/** What is in exports of orders of a Shopify shop, and how new is each? Read once without sending anything; what cannot be told is said with its remedy. */
import { basename } from 'node:path';
import { type CloudEvent, parseEvent } from '../../events/parse.ts';
import type { Encoding } from '../files/decode-text.ts';
import { type ImportReport, newReport, tally } from '../files/import-report.ts';
import { instantOf } from '../files/local-time.ts';
import { instant, snapshot } from '../files/snapshot.ts';
import { timeInName } from '../seller-center/rules/file-names.ts';
import { shopifyExportEvents } from './orders-export.ts';

export interface PlanExport {
  creatorId: string;
  /** Of a creator who is made, and of times in names that have no offset. */
  zone: string | undefined;
  currency: string | undefined;
  /** When files were exported whose names do not say it (ms). */
  exportedAt: number | undefined;
  encoding: Encoding | undefined;
  now: number;
}

export interface PlannedExport {
  path: string;
  /** How new its orders are (ms). */
  exportedAt: number;
  orders: number;
  /** Local days as their times say, of the first and the last order. */
  from: string;
  to: string;
}

export interface ExportPlan {
  creatorId: string;
  zone: string | undefined;
  currency: string;
  /** Orders by currency. */
  currencies: Map<string, number>;
  /** The older ones first. */
  files: PlannedExport[];
  encoding: Encoding | undefined;
}

const noSecret = (creatorId: string) => ({ creatorId, domain: 'export' });

/** The time of export in a name (ms); without an offset it needs the zone that it was written in. */
function timeIn(name: string, zone: string | undefined): number | undefined {
  const { wall, offset } = timeInName(name) ?? {};
  if (wall === undefined) return undefined;
  if (offset !== undefined) return instantOf(wall, 'UTC') - offset * 60_000;
  return zone === undefined ? undefined : instantOf(wall, zone);
}

async function planFile(path: string, options: PlanExport, currencies: Map<string, number>): Promise<PlannedExport> {
  const { exportedAt, zone, creatorId, encoding, now } = options;
  const name = basename(path);
  const said = timeIn(name, zone) ?? exportedAt;
  if (said === undefined)
    throw new Error(
      `${name}: its name does not say when it was exported, and without that an old export could replace a newer one. Say --exported-at 2026-11-20T23:58:00-05:00`,
    );
  let [orders, latest, from, to] = [0, 0, '', ''];
  for await (const { time, data } of shopifyExportEvents(path, {
    shop: noSecret(creatorId),
    report: newReport(),
    exportedAt: said,
    encoding,
  })) {
    orders++;
    latest = Math.max(latest, Date.parse(time));
    const day = String(data.placedAt).slice(0, 10);
    if (from === '' || day < from) from = day;
    if (day > to) to = day;
    currencies.set(String(data.currency), (currencies.get(String(data.currency)) ?? 0) + 1);
  }
  // No file is older than the latest time in it.
  const at = Math.max(said, latest);
  if (at > now + 86_400_000)
    throw new Error(
      `${name}: was exported on ${instant(at)}, which is still to come; look at its name and at the clock of this machine`,
    );
  return { path, exportedAt: at, orders, from, to };
}

/** Throws one Error that names every file that is refused, with its remedy; nothing may be sent then. */
export async function planExports(paths: string[], options: PlanExport): Promise<ExportPlan> {
  const currencies = new Map<string, number>();
  const refusals: string[] = [];
  const files: PlannedExport[] = [];
  for (const path of paths)
    try {
      files.push(await planFile(path, options, currencies));
    } catch (error) {
      refusals.push((error as Error).message);
    }
  if (refusals.length) throw new Error(refusals.join('\n'));
  const [most] = [...currencies].toSorted(([, a], [, b]) => b - a);
  const currency = options.currency ?? most?.[0];
  if (currency === undefined) throw new Error('These files hold no order that can be read.');
  const { creatorId, zone, encoding } = options;
  return {
    creatorId,
    zone,
    currency,
    currencies,
    files: files.toSorted((a, b) => a.exportedAt - b.exportedAt || (a.path < b.path ? -1 : 1)),
    encoding,
  };
}

/** The orders of a plan; one that the service would refuse is counted as wrong and left out. */
export async function* exportEvents(
  { files, creatorId, encoding }: ExportPlan,
  { report, now }: { report: ImportReport; now: number },
): AsyncGenerator<CloudEvent> {
  report.of = files.length;
  for (const { path, exportedAt } of files) {
    for await (const event of shopifyExportEvents(path, { shop: noSecret(creatorId), report, exportedAt, encoding })) {
      const parsed = parseEvent(event, now);
      if (parsed.ok) yield event;
      else tally(report.wrong, 'order that is no good event', `${event.subject}: ${parsed.message}`);
    }
    report.done++;
  }
}

/** The creator's own event, as old as can be, so that whatever is said of the creator elsewhere stays. */
export const creatorOfExport = ({ creatorId, zone, currency }: ExportPlan & { zone: string }): CloudEvent =>
  snapshot({
    source: '/import/shopify',
    entity: 'creator',
    creatorId,
    subject: `creator/${creatorId}`,
    at: Date.UTC(2015, 0, 1),
    data: { name: creatorId, timeZone: zone, currency },
  });
