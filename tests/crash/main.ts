/** Does the real code stay exact in hundreds of hostile worlds, and is each of its rules needed? `npm run worlds -- --help` */
import { parseArgs } from 'node:util';
import { startKpiTable } from '../make/kpi-table.ts';
import { findRed, isRed, playMany, type Total } from './play.ts';
import { type RuleName, ruleNames, ruleOf } from './rules.ts';

const help = `npm run worlds -- [seed] [runs] [--off=rule] [--all-rules] [--trace]

Plays seeded worlds against the real code on a DynamoDB server in memory: faults at every call, lost answers, late writes,
timed-out invocations that run on, batches cut anew, four lanes, a reshard, a new stream, a rolling deployment that changes
definitions, zone changes, lost records, quarantine, re-tellings. Then compares every cell of every total with what it should be.

  seed         first world (1)
  runs         how many (300; with --off or --all-rules the most that are tried for a rule: 60)
  --off=rule   switches a rule off and stops at the first world that goes wrong
  --all-rules  does that for every rule
  --trace      prints what happens, call by call

Rules:
${ruleNames.map((name) => `  ${name.padEnd(12)} ${ruleOf(name).says}`).join('\n')}`;

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    off: { type: 'string' },
    'all-rules': { type: 'boolean', default: false },
    trace: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
const [seed = 1, runs] = positionals.map(Number);
const begun = Date.now();
const write = (line: string): void => void process.stdout.write(`${line}\n`);
const seconds = (): string => `${Math.round((Date.now() - begun) / 1000)} s`;
// The functions log a line for every batch.
console.log = () => {};

const say = values.trace ? write : undefined;

function sum({ worlds, cells, wrong, broken, calls, failed, faults }: Total): string {
  const count = (n: number): string => n.toLocaleString('en');
  return (
    `${worlds} worlds, ${count(cells)} cells: ${wrong} wrong; ${broken} other promises broken; ` +
    `${count(failed)} failed attempts, ${count(faults)} faults in ${count(calls)} calls; ${seconds()}`
  );
}

async function playAll(): Promise<boolean> {
  const { client, table, stop } = await startKpiTable();
  let total: Total | undefined;
  for await (const played of playMany({ client, table }, seed, runs ?? 300, { say })) {
    total = played.total;
    if (isRed(played.outcome)) write([`seed ${played.seed}:`, ...played.outcome.wrong, ...played.outcome.broken].join('\n  '));
    if (total.worlds % 25 === 0) write(`… ${sum(total)}`);
  }
  await stop();
  if (total) write(sum(total));
  return total !== undefined && total.wrong + total.broken === 0;
}

async function showRed(names: RuleName[]): Promise<boolean> {
  let isEachRed = true;
  for (const off of names) {
    const { client, table, stop } = await startKpiTable();
    const red = await findRed({ client, table }, off, seed, runs ?? 60, say);
    await stop();
    isEachRed &&= red !== undefined;
    const what = red && (red.outcome.wrong[0] ?? red.outcome.broken[0]);
    write(
      `${off.padEnd(12)} ${red ? `seed ${red.seed}, world ${red.total.worlds}: ${what}` : 'nothing went wrong'} (${seconds()})`,
    );
  }
  return isEachRed;
}

const isRule = (name: string): name is RuleName => (ruleNames as string[]).includes(name);

let isAsItShould = true;
if (values.help || (values.off !== undefined && !isRule(values.off))) {
  write(help);
  isAsItShould = values.help;
} else if (values['all-rules']) isAsItShould = await showRed(ruleNames);
else if (values.off !== undefined && isRule(values.off)) isAsItShould = await showRed([values.off]);
else isAsItShould = await playAll();
process.exitCode = isAsItShould ? 0 : 1;
