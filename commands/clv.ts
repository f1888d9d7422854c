/** `npm run clv`: how often will customers buy again, and what will they bring? A log of purchases in, parameters and expected totals as JSON out. */
import { existsSync, statSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { escapeFormula } from '../shared/exports/escape-formula.ts';
import { type PurchaseModel, purchaseModels } from '../shared/insight/customers/purchase-model.ts';
import { type TimeUnit, timeUnits } from '../shared/insight/customers/time-unit.ts';
import { markWords } from '../shared/sources/csv/refused.ts';
import { laterOf } from '../shared/time.ts';
import { answerOf } from './clv-answer.ts';
import { readDay, readPurchaseLog } from './clv-log.ts';
import { refuseKeptFlags } from './npm-flags.ts';

const USAGE = `npm run clv -- --in log.csv [flags]
  --in log.csv       a row for each purchase: columns customer, date (1997-09-30 or 19970930), and value and currency where known; .csv or .csv.gz
  --until 1997-09-30 the last day that is used for the fit; what was bought later is the hold-out (default: the last day of the file)
  --unit week        in what time is counted: ${timeUnits.join(', ')} (default: week)
  --model bg-nbd     or mbg-nbd, in which customers may be lost after their first purchase already (default: bg-nbd)
  --horizon 39       forecast over so many units (default: up to the last day of the file, or 12 months where none is after --until)
  --months 12        months of lifetime value (default: 12)
  --discount 0.01    interest of a month (default: 0.01)
  --customers f.csv  also writes a row for each customer
  --decimal-mark     point or comma, where the file does not show it
  --help             this text
Purchases of a customer on one day are one transaction, their values summed. A negative value is a refund. Gamma-Gamma is fitted to the mean
value of repeat transactions, the first left out. The answer is JSON on stdout, notes are on stderr.
Ends with 0, also where the log says too little and the answer is {"refused": why}; with 2 where the file cannot be read.`;

const flagNames = ['in', 'until', 'unit', 'model', 'horizon', 'months', 'discount', 'customers', 'decimal-mark'] as const;

const readFlags = () => {
  refuseKeptFlags([...flagNames], 'npm run clv -- --in log.csv --until 1997-09-30 --unit week');
  return parseArgs({
    options: {
      ...(Object.fromEntries(flagNames.map((name) => [name, { type: 'string' }])) as {
        [name in (typeof flagNames)[number]]: { type: 'string' };
      }),
      help: { type: 'boolean', default: false },
    },
  }).values;
};

/** One of a list. Throws with the list. */
function oneOf<Name extends string>(flag: string, value: string, names: readonly Name[]): Name {
  const found = names.find((name) => name === value);
  if (!found) throw new Error(`--${flag} ${value} is not known; known are ${names.join(', ')}.`);
  return found;
}

function numberOf(flag: string, text: string, isGood: (value: number) => boolean, what: string): number {
  const value = Number(text);
  if (text.trim() === '' || !Number.isFinite(value) || !isGood(value)) throw new Error(`--${flag} ${text} is not ${what}.`);
  return value;
}

function dayOfFlag(text: string): string {
  try {
    return readDay(text);
  } catch (error) {
    throw new Error(`--until ${(error as Error).message}.`);
  }
}

const columnsOfCustomers = [
  'customer',
  'frequency',
  'recency',
  'age',
  'meanValue',
  'probabilityAlive',
  'expectedPurchases',
  'expectedSpending',
  'lifetimeValue',
  'lower95',
  'upper95',
];

const csvCell = (value: string | number | null | undefined): string => {
  const text = typeof value === 'string' ? escapeFormula(value) : String(value ?? '');
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
};

async function main(): Promise<void> {
  const flags = readFlags();
  if (flags.help) return console.log(USAGE);
  const {
    in: path,
    unit = 'week',
    model = 'bg-nbd',
    months = '12',
    discount = '0.01',
    horizon,
    customers: customersFile,
  } = flags;
  if (!path) throw new Error('--in is missing: name the file of purchases, --in log.csv.');
  if (!existsSync(path) || statSync(path).isDirectory()) throw new Error(`${path} is no file: name a .csv or .csv.gz with --in.`);
  const mark = flags['decimal-mark'];
  const options = {
    unit: oneOf<TimeUnit>('unit', unit, timeUnits),
    model: oneOf<PurchaseModel>('model', model, purchaseModels),
    months: numberOf(
      'months',
      months,
      (value) => Number.isInteger(value) && value > 0 && value <= 120,
      'a number of months from 1 to 120',
    ),
    monthlyDiscount: numberOf(
      'discount',
      discount,
      (value) => value >= 0 && value < 1,
      'an interest from 0 to below 1, such as 0.01',
    ),
    horizon:
      horizon === undefined
        ? undefined
        : numberOf('horizon', horizon, (value) => value > 0 && value <= 10_000, 'a number of units above 0'),
  };
  const givenUntil = flags.until === undefined ? undefined : dayOfFlag(flags.until);
  const log = await readPurchaseLog(
    path,
    mark === undefined ? undefined : markWords[oneOf('decimal-mark', mark, Object.keys(markWords) as (keyof typeof markWords)[])],
  );
  if (!log.purchases.length) throw new Error(`${path} has titles and no row: there is nothing to learn from.`);
  const last = log.purchases.reduce((latest, { day }) => laterOf(latest, day), '');
  if (givenUntil === undefined) console.error(`Observed until ${last}, the last day of the file; --until names another.`);
  const until = givenUntil ?? last;
  if (until > last)
    console.error(`The file ends on ${last}, before --until ${until}: the days between count as days without purchases.`);
  const { answer, notes, customers } = answerOf(log, { ...options, until });
  for (const note of notes) console.error(note);
  console.log(JSON.stringify(answer, null, 2));
  if (!customersFile) return;
  const rows = customers.map((row) => columnsOfCustomers.map((column) => csvCell(row[column])).join(','));
  writeFileSync(customersFile, `${[columnsOfCustomers.join(','), ...rows].join('\n')}\n`);
  console.error(`${customers.length} customers are in ${customersFile}.`);
}

await main().catch((error: Error) => {
  console.error(`${error.message}\nnpm run clv -- --help says what it takes.`);
  process.exitCode = 2;
});
