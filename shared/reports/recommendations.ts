/** What should be done today? Rules over what the other reports know; what is done or put off is left out, and what came of it is told. */
import type { RecommendationsAnswer } from '../api/recommendations.ts';
import { type Advice, advise } from '../insight/advice/advise.ts';
import type { Facts } from '../insight/advice/rule.ts';
import { sampleDays } from '../insight/free-samples/brought.ts';
import { type SamplesMonth, samplesIn, samplesReport } from '../insight/free-samples/document.ts';
import { type Payouts, payoutsKey, payoutsReport } from '../insight/payouts/document.ts';
import { type ProfitMonth, profitKey, profitReport, valuesIn } from '../insight/profit/document.ts';
import { type AdviceMark, advicePlace, dismissedDays } from '../store/advice-marks.ts';
import { readDocuments } from '../store/report-documents.ts';
import { readList } from '../store/versioned-list.ts';
import { addDays, dayOf, daysBetween, lastDayOfMonth, monthOf, toLocal } from '../time.ts';
import { readAtRisk } from './at-risk.ts';
import { reportInventory } from './inventory.ts';
import { rowsAtRisk } from './orders.ts';
import { freshnessOf, type Scope } from './scope.ts';

const mostShown = 5;
const aDay = 86_400_000;
/** Late orders of which sales are added up: the latest first. */
const mostLate = 200;
const outcomeDays = 60;

async function readLate(scope: Scope): Promise<Facts['late']> {
  const { orders } = await readAtRisk(scope, [0]);
  const rows = await rowsAtRisk(scope, orders.slice(0, mostLate));
  const sales = rows
    .flatMap(({ lines }) => lines)
    .map(({ grossAmount, sellerDiscount }) => Number(grossAmount ?? 0) - Number(sellerDiscount ?? 0));
  return { orders: orders.length, sales: sales.reduce((sum, each) => sum + each, 0) };
}

async function readFacts(scope: Scope): Promise<Facts> {
  const { table, partition, now, zones } = scope;
  const today = dayOf(toLocal(now, zones));
  const from = `${monthOf(addDays(`${monthOf(today)}-01`, -1))}-01`;
  const samplesFrom = monthOf(addDays(today, -240));
  const [late, inventory, [payouts], profitMonths, samplesMonths] = await Promise.all([
    readLate(scope),
    reportInventory({ top: 500 }, scope),
    readDocuments<Payouts>(table, partition, payoutsReport, payoutsKey, payoutsKey),
    readDocuments<ProfitMonth>(
      table,
      partition,
      profitReport,
      profitKey('product', monthOf(from)),
      profitKey('product', monthOf(today)),
    ),
    readDocuments<SamplesMonth>(table, partition, samplesReport, samplesFrom, monthOf(today)),
  ]);
  const matured = samplesMonths.filter(({ month }) => addDays(lastDayOfMonth(month), sampleDays) < today);
  return {
    ...{ today, late, payouts },
    stockToday: inventory.today,
    stock: inventory.rows,
    profit: valuesIn(profitMonths),
    profitDays: daysBetween(from, today) + 1,
    matured: samplesIn(matured, 'affiliate').rows,
    samples: samplesIn(samplesMonths, 'affiliate').rows,
  };
}

/** Is it left out now? Done: until its outcome can be seen; put off: for some days. */
const isLeftOut = ({ state, at, judgedAfterDays }: AdviceMark, now: number): boolean =>
  now < Date.parse(at) + (state === 'done' ? judgedAfterDays : dismissedDays) * aDay;

function outcomesOf(marks: AdviceMark[], found: Map<string, Advice>, now: number): RecommendationsAnswer['outcomes'] {
  return marks
    .filter(
      (mark) =>
        mark.state === 'done' && !isLeftOut(mark, now) && now < Date.parse(mark.at) + (outcomeDays + mark.judgedAfterDays) * aDay,
    )
    .map(({ id, at, money, number }) => {
      const still = found.get(id);
      return {
        ...{ id, doneAt: at, before: { money, number } },
        now: { money: still?.money.expected ?? 0, number: still?.evidence[0]?.value ?? 0 },
      };
    });
}

/** Answers GET …/recommendations. */
export async function reportRecommendations(scope: Scope): Promise<RecommendationsAnswer> {
  const [facts, { entries: marks }] = await Promise.all([
    readFacts(scope),
    readList<AdviceMark>(scope.table, scope.profile.creatorId, advicePlace),
  ]);
  const all = advise(facts);
  const leftOut = new Set(marks.filter((mark) => isLeftOut(mark, scope.now)).map(({ id }) => id));
  const open = all.filter(({ id }) => !leftOut.has(id));
  return {
    ...freshnessOf(scope),
    recommendations: open.slice(0, mostShown),
    more: Math.max(0, open.length - mostShown),
    outcomes: outcomesOf(marks, new Map(all.map((each) => [each.id, each])), scope.now),
  };
}
