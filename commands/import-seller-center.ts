/** What can be said of an import of Seller Center files? What was recognised is shown and asked about before anything is sent. */
import type { CloudEvent } from '../shared/events/parse.ts';
import { isCurrency } from '../shared/money.ts';
import { type ImportReport, newReport } from '../shared/sources/files/import-report.ts';
import type { Target } from '../shared/sources/post/send-batch.ts';
import { creatorEvent, sellerCenterBatches, sellerCenterEvents } from '../shared/sources/seller-center/events.ts';
import { type ImportPlan, type PlannedFile, planImport } from '../shared/sources/seller-center/plan.ts';
import { trimmed } from '../shared/sources/seller-center/read/cell.ts';
import { firstRows } from '../shared/sources/seller-center/read/table-rows.ts';
import { type MarketCode, marketCodes } from '../shared/sources/seller-center/rules/markets.ts';
import { toLocal } from '../shared/time.ts';
import { zoneNames } from '../shared/zone-names.ts';
import { agreeOrEnd, filesIn, isKnown, tallies } from './import-agreed.ts';
import type { CsvFlags } from './import-csv.ts';

/** The word that the command is called with. */
export const sellerCenter = 'seller-center';

export interface SellerCenterFlags {
  paths: string[];
  creatorId: string | undefined;
  market: MarketCode | undefined;
  zone: string | undefined;
  currency: string | undefined;
  isConfirmed: boolean;
}

/** The flags for files of Seller Center. Throws with what can be said instead. */
export function readSellerCenterFlags(
  paths: string[],
  values: { [flag: string]: string | boolean | undefined },
): SellerCenterFlags {
  const files = filesIn(paths);
  if (files.length === 0) throw new Error(`${paths.join(', ')} holds no .xlsx or .csv file.`);
  const odd = files.find((file) => !/\.(xlsx|csv)$/i.test(file));
  if (odd) throw new Error(`${odd} is no .xlsx or .csv file; give the files as Seller Center wrote them.`);
  const { creator, market, zone, currency } = values as { [flag: string]: string | undefined };
  const code = market?.toUpperCase();
  if (code !== undefined && !marketCodes.includes(code as MarketCode))
    throw new Error(`--market ${market} is not known; known are ${marketCodes.join(', ')}.`);
  if (zone !== undefined && !zoneNames.has(zone))
    throw new Error(`--zone ${zone} is no IANA name of a zone, such as Asia/Jakarta.`);
  if (currency !== undefined && !isCurrency(currency))
    throw new Error(`--currency ${currency} is no ISO 4217 code, such as IDR.`);
  if (creator !== undefined && !/^[A-Za-z0-9._~-]{1,128}$/.test(creator))
    throw new Error('--creator takes 1 to 128 letters, digits or . _ ~ -');
  return {
    paths: files,
    creatorId: creator,
    market: code as MarketCode | undefined,
    zone,
    currency,
    isConfirmed: values.yes === true,
  };
}

const number = new Intl.NumberFormat('en-US');
const rowsShown = 3;

/** Days stand in the rows of orders and returns; the other files are about a period. */
const hasOwnDays = ({ tables }: PlannedFile): boolean =>
  tables.some(({ table }) => ['orders', 'returns', 'affiliate', 'on-hold'].includes(table.kind.kind));

async function describeFile(file: PlannedFile, zone: string): Promise<string[]> {
  const exported = toLocal(file.exportedAt, [{ from: '0001-01-01T00:00:00Z', zone }])
    .slice(0, 16)
    .replace('T', ' ');
  const words: string[] = [
    `${file.survey.file}: exported ${exported}${file.period && !hasOwnDays(file) ? `, about ${file.period.from} to ${file.period.to}` : ''}`,
  ];
  for (const { table, because } of file.tables) {
    words.push(
      `  ${table.kind.name}${table.sheet ? `, sheet ${table.sheet}` : ''}: ${number.format(table.rows)} rows, ${number.format(table.keys.size)} ids`,
      `  dates: ${because}; amounts such as ${table.amount || 'none'}${table.unread.length ? `; ${table.unread.length} columns are not read` : ''}`,
    );
    for (const row of await firstRows(file.survey, table, rowsShown))
      words.push(`    ${table.kind.shown.map((key) => trimmed(row.cell(key)) || 'none').join(' | ')}`);
  }
  return words;
}

/** What was recognised, and what would be sent. */
async function describePlan(plan: ImportPlan, now: number): Promise<{ words: string[]; isFlawed: boolean }> {
  const { shop, market, files } = plan;
  const report = newReport();
  const made = new Map<string, number>();
  for await (const events of sellerCenterBatches(plan, { report, now }))
    for (const { type } of events) {
      const entity = type.split('.')[2] ?? '';
      made.set(entity, (made.get(entity) ?? 0) + 1);
    }
  const described: string[] = [];
  for (const file of files) described.push(...(await describeFile(file, shop.zone)));
  const counts = [...made].map(([entity, count]) => `${number.format(count)} × ${entity}`).join(', ');
  const words = [
    `Creator ${shop.creatorId}: market ${market ?? 'not known'}, ${shop.currency}, ${shop.zone}`,
    ...described,
    `Would send ${counts || 'nothing'}. What the service knows from a newer export or from the API stays as it is.`,
    ...(report.wrong.size ? ['Left out, because the file is wrong:', ...tallies(report.wrong)] : []),
    ...(report.skipped.size ? ['Left out, as the mapping says:', ...tallies(report.skipped)] : []),
  ];
  return { words, isFlawed: report.wrong.size > 0 };
}

async function* withCreator(
  plan: ImportPlan,
  report: ImportReport,
  now: number,
  target: Target | undefined,
): AsyncGenerator<CloudEvent> {
  if (target && !(await isKnown(plan.shop.creatorId, target))) yield creatorEvent(plan);
  yield* sellerCenterEvents(plan, { report, now });
}

/** The events to send, once they were shown and agreed to; else the code to end with. A file that is refused as a whole stops all of them. */
export async function openSellerCenterImport(
  { paths, isConfirmed, ...said }: SellerCenterFlags,
  { exportedAt, encoding, isDryRun }: CsvFlags,
  report: ImportReport,
  target: Target | undefined,
): Promise<{ events: AsyncGenerator<CloudEvent>; creatorId: string } | { code: number }> {
  const now = Date.now();
  let plan: ImportPlan;
  console.error(`Reading ${paths.length === 1 ? paths[0] : `${paths.length} files`} …`);
  try {
    plan = await planImport(paths, { ...said, exportedAt, encoding, now });
  } catch (error) {
    console.error(`Nothing was sent.\n${(error as Error).message}`);
    return { code: 1 };
  }
  const { words, isFlawed } = await describePlan(plan, now);
  console.log(words.join('\n'));
  const code = await agreeOrEnd({ isDryRun, isConfirmed, isFlawed });
  if (code !== undefined) return { code };
  return { events: withCreator(plan, report, now, target), creatorId: plan.shop.creatorId };
}
