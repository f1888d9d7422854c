/** What would an import send? The same counts and first rows as the command shows, without columns about persons. */
import type { SurveyAnswer } from '../api/imports.ts';
import type { CloudEvent } from '../events/parse.ts';
import { newReport, type Tally } from '../sources/files/import-report.ts';
import { sellerCenterEvents } from '../sources/seller-center/events.ts';
import type { ImportPlan, PlannedFile, PlannedTable } from '../sources/seller-center/plan.ts';
import { trimmed } from '../sources/seller-center/read/cell.ts';
import { firstRows } from '../sources/seller-center/read/table-rows.ts';

const rowsShown = 3;
const longest = { cell: 60, example: 300 };
const mostReasons = 40;
/** Names a person on TikTok. */
const personal = ['creator'];

/** Counts with a few examples each, short enough to be kept. */
export const countsOf = (counts: Map<string, Tally>): SurveyAnswer['wrong'] =>
  [...counts].slice(0, mostReasons).map(([what, { count, examples }]) => ({
    what,
    count,
    examples: examples.map((example) => example.slice(0, longest.example)),
  }));

async function tableOf(file: PlannedFile, { table, because }: PlannedTable) {
  const columns = table.kind.shown.filter((key) => !personal.includes(key));
  const rows = await firstRows(file.survey, table, rowsShown);
  const first = rows.map((row) => columns.map((key) => trimmed(row.cell(key)).slice(0, longest.cell)));
  const { kind, sheet, keys, amount } = table;
  return {
    kind: kind.kind,
    sheet,
    rows: table.rows,
    ids: keys.size,
    dates: because,
    amount: amount.slice(0, longest.cell),
    columns,
    first,
  };
}

/** First and last day of orders; of all that the files say where there are none. */
function daysOf(files: PlannedFile[]): SurveyAnswer['days'] {
  const tables = files.flatMap((file) => file.tables);
  const orders = tables.filter(({ table }) => table.kind.kind === 'orders');
  const clocks = (orders.length ? orders : tables)
    .flatMap(({ table, order }) => [table.earliest[order], table.latest[order]])
    .filter((wall) => wall !== '');
  const periods = orders.length ? [] : files.flatMap(({ period }) => (period ? [period.from, period.to] : []));
  const days = [...clocks.map((wall) => wall.slice(0, 10)), ...periods].sort();
  const [from, to] = [days[0], days.at(-1)];
  return from && to ? { from, to } : null;
}

/** Reads everything once more than the plan did, and makes every event of it; `watch` is handed each. `now` in ms. */
export async function surveyOf(
  plan: ImportPlan,
  now: number,
  watch: (events: AsyncIterable<CloudEvent>) => AsyncIterable<CloudEvent>,
): Promise<SurveyAnswer> {
  const report = newReport();
  const made = new Map<string, number>();
  for await (const { type } of watch(sellerCenterEvents(plan, { report, now }))) {
    const entity = type.split('.')[2] ?? '';
    made.set(entity, (made.get(entity) ?? 0) + 1);
  }
  const files: SurveyAnswer['files'] = [];
  for (const file of plan.files)
    files.push({
      name: file.survey.file,
      exportedAt: new Date(file.exportedAt).toISOString(),
      tables: await Promise.all(file.tables.map((table) => tableOf(file, table))),
    });
  return {
    market: plan.market ?? null,
    currency: plan.shop.currency,
    zone: plan.shop.zone,
    days: daysOf(plan.files),
    files,
    events: [...made.values()].reduce((sum, count) => sum + count, 0),
    entities: [...made].map(([entity, count]) => ({ entity, count })),
    wrong: countsOf(report.wrong),
    skipped: countsOf(report.skipped),
    notes: countsOf(report.notes),
  };
}
