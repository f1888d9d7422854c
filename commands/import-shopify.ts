/** What can be said of an import of Shopify's export of orders? It is shown and asked about before anything is sent. */
import type { CloudEvent } from '../shared/events/parse.ts';
import { isCurrency } from '../shared/money.ts';
import { type ImportReport, newReport } from '../shared/sources/files/import-report.ts';
import { instant } from '../shared/sources/files/snapshot.ts';
import type { Target } from '../shared/sources/post/send-batch.ts';
import { creatorOfExport, type ExportPlan, exportEvents, planExports } from '../shared/sources/shopify/plan-export.ts';
import { zoneNames } from '../shared/zone-names.ts';
import { agreeOrEnd, filesIn, isKnown, tallies } from './import-agreed.ts';
import type { CsvFlags } from './import-csv.ts';

/** The word that the command is called with. */
export const shopify = 'shopify';

export interface ShopifyFlags {
  paths: string[];
  creatorId: string;
  zone: string | undefined;
  currency: string | undefined;
  isConfirmed: boolean;
}

/** The flags for exports of Shopify. Throws with what can be said instead. */
export function readShopifyFlags(paths: string[], values: { [flag: string]: string | boolean | undefined }): ShopifyFlags {
  const files = filesIn(paths).filter((path) => !/\.xlsx$/i.test(path));
  const odd = files.find((path) => !/\.csv$/i.test(path));
  if (files.length === 0 || odd)
    throw new Error(
      `${odd ?? paths.join(', ')} is no .csv file; give the export of orders as Shopify wrote it ("CSV for Excel" too).`,
    );
  const { creator, zone, currency } = values as { [flag: string]: string | undefined };
  if (creator === undefined)
    throw new Error('Say whose orders these are: --creator, the id of a creator; made where there is none.');
  if (zone !== undefined && !zoneNames.has(zone))
    throw new Error(`--zone ${zone} is no IANA name of a zone, such as America/New_York.`);
  if (currency !== undefined && !isCurrency(currency))
    throw new Error(`--currency ${currency} is no ISO 4217 code, such as USD.`);
  return { paths: files, creatorId: creator, zone, currency, isConfirmed: values.yes === true };
}

const number = new Intl.NumberFormat('en-US');

async function describe(plan: ExportPlan, now: number): Promise<{ words: string[]; isFlawed: boolean }> {
  const report = newReport();
  let orders = 0;
  for await (const _ of exportEvents(plan, { report, now })) orders++;
  const others = [...plan.currencies].filter(([code]) => code !== plan.currency);
  const words = [
    `Creator ${plan.creatorId}: ${plan.currency}${plan.zone ? `, ${plan.zone}` : ''}`,
    ...plan.files.map(
      ({ path, exportedAt, orders: count, from, to }) =>
        `${path}: exported ${instant(exportedAt)}, ${number.format(count)} orders from ${from} to ${to}`,
    ),
    ...others.map(
      ([code, count]) => `${number.format(count)} orders in ${code}: the service refuses them, a creator counts in one currency`,
    ),
    `Would send ${number.format(orders)} × order. What the service knows from a newer export or from webhooks stays as it is.`,
    ...(report.wrong.size ? ['Left out, because the file is wrong:', ...tallies(report.wrong)] : []),
    ...(report.skipped.size ? ['Left out, as the mapping says:', ...tallies(report.skipped)] : []),
  ];
  return { words, isFlawed: report.wrong.size > 0 };
}

async function* withCreator(plan: ExportPlan, report: ImportReport, now: number, isNew: boolean): AsyncGenerator<CloudEvent> {
  if (isNew && plan.zone) yield creatorOfExport({ ...plan, zone: plan.zone });
  yield* exportEvents(plan, { report, now });
}

/** The events to send, once they were shown and agreed to; else the code to end with. */
export async function openShopifyImport(
  { paths, isConfirmed, ...said }: ShopifyFlags,
  { exportedAt, encoding, isDryRun }: CsvFlags,
  report: ImportReport,
  target: Target | undefined,
): Promise<{ events: AsyncGenerator<CloudEvent>; creatorId: string } | { code: number }> {
  const now = Date.now();
  let plan: ExportPlan;
  try {
    plan = await planExports(paths, { ...said, exportedAt, encoding, now });
  } catch (error) {
    console.error(`Nothing was sent.\n${(error as Error).message}`);
    return { code: 1 };
  }
  const { words, isFlawed } = await describe(plan, now);
  console.log(words.join('\n'));
  const isNew = target !== undefined && !(await isKnown(plan.creatorId, target));
  if (isNew && !plan.zone) {
    console.error(`Nothing was sent. There is no creator ${plan.creatorId} yet: say the shop's zone, --zone America/New_York.`);
    return { code: 2 };
  }
  const code = await agreeOrEnd({ isDryRun, isConfirmed, isFlawed });
  return code === undefined ? { events: withCreator(plan, report, now, isNew), creatorId: plan.creatorId } : { code };
}
