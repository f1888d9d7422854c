/** How is the lake asked from a terminal? SQL goes through Athena's API of the running embedded runtime. */
import { parseArgs } from 'node:util';
import { type AthenaRow, answerTo } from '../shared/lake/athena.ts';
import { refuseKeptFlags } from './npm-flags.ts';
import { openStores } from './stores.ts';

const USAGE = `npm run athena -- "select …" [value …] [flags]
  value              takes the place of a question mark; an SQL literal: "'c-1'" or 12
  --database NAME    where tables are looked for; without it, the lake's
  --workgroup NAME   whose rules hold; without it, the one of jobs: people's limits do not bind those who own the machine
  --data-dir .data   data folder of the running service
  --help             this text`;

try {
  await main();
} catch (reason) {
  console.error(reason instanceof Error ? reason.message : String(reason));
  process.exitCode = 1;
}

async function main(): Promise<void> {
  refuseKeptFlags(['database', 'workgroup', 'data-dir'], 'npm run athena -- "select 1" --data-dir .data');
  const { values: flags, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      database: { type: 'string' },
      workgroup: { type: 'string' },
      'data-dir': { type: 'string', default: '.data' },
      help: { type: 'boolean', default: false },
    },
  });
  const [sql, ...values] = positionals;
  if (flags.help || !sql) return console.log(USAGE);
  const { athena } = openStores(flags['data-dir']);
  const { database = athena.database, workgroup: workGroup = athena.workGroup } = flags;
  const { columns, rows, scannedBytes, milliseconds } = await answerTo(
    { ...athena, database, workGroup },
    sql,
    values.map(valueOfLiteral),
  );
  const all: AthenaRow[] = [];
  for await (const row of rows) all.push(row);
  for (const line of tableOf(columns, all)) console.log(line);
  console.error(`${all.length} rows, ${scannedBytes} bytes scanned, ${milliseconds} ms`);
}

/** The value of an SQL literal: text in quotes, its own quotes doubled, or a number. Throws where it is neither. */
function valueOfLiteral(literal: string): string | number {
  if (/^'([^']|'')*'$/.test(literal)) return literal.slice(1, -1).replaceAll("''", "'");
  if (/^-?\d+(\.\d+)?$/.test(literal)) return Number(literal);
  throw new Error(`${literal} is no SQL literal: write text in quotes, "'c-1'", and numbers as they are.`);
}

/** Rows under one another, each column as wide as its widest value; NULL is left empty. */
function tableOf(columns: string[], rows: AthenaRow[]): string[] {
  if (!columns.length) return [];
  const texts = [columns, ...rows.map((row) => columns.map((name) => row[name] ?? ''))];
  const widths = columns.map((_, i) => Math.max(...texts.map((row) => row[i]?.length ?? 0)));
  const [header = '', ...rest] = texts.map((row) =>
    row
      .map((text, i) => text.padEnd(widths[i] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  return [header, widths.map((width) => '-'.repeat(width)).join('  '), ...rest];
}
