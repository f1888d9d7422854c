/**
 * How fast do large exports of orders get in, and how much memory does it take? A million rows as CSV and as a workbook: read and mapped beside
 * DuckDB, imported by the page's way beside the import of another checkout.
 */
import { execFile, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LargeFile, writeCsv, writeXlsx } from './import-speed/files.ts';
import { writeShop } from './shop-files.ts';
import { median, rounded } from './statistics.ts';

const run = promisify(execFile);
const seed = 1;
const pairs = 3;
/** Events of the other checkout's import. */
const otherEvents = 20_000;

export interface ImportSpeedOptions {
  rows: number;
  /** Another checkout, whose import of CSV files is measured beside. */
  against?: string | undefined;
}

interface Read {
  rows: number;
  survey: number;
  seconds: number;
  idleMB: number;
  peakMB: number;
}

async function inProcess<T>(script: string, ...args: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ['--no-warnings', join(import.meta.dirname, 'import-speed', script), ...args], {
    maxBuffer: 1 << 24,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

const rate = ({ rows, seconds }: Read): number => rounded(rows / seconds, 0);

/** Rows a second of reading and mapping, of DuckDB loading the same file, and the median of their ratios: in turn, pair by pair. */
async function beside(csv: LargeFile): Promise<Record<string, unknown>> {
  const rounds: { own: Read; checked: Read; duckdb: Read }[] = [];
  for (let i = 0; i < pairs; i++)
    rounds.push({
      own: await inProcess<Read>('read-worker.ts', 'mapped', csv.path),
      duckdb: await inProcess<Read>('read-worker.ts', 'duckdb', csv.path),
      checked: await inProcess<Read>('read-worker.ts', 'checked', csv.path),
    });
  const ratio = (of: 'own' | 'checked') => rounded(median(rounds.map((round) => rate(round[of]) / rate(round.duckdb))), 2);
  return {
    'read and mapped (rows/s)': rounds.map(({ own }) => rate(own)),
    'with every event checked (rows/s)': rounds.map(({ checked }) => rate(checked)),
    'looked through before (rows/s)': rounds.map(({ own }) => rounded(own.rows / own.survey, 0)),
    'DuckDB into a typed table (rows/s)': rounds.map(({ duckdb }) => rate(duckdb)),
    'of DuckDB (median ratio)': ratio('own'),
    'of DuckDB, with every event checked': ratio('checked'),
  };
}

/** Runs a command of a checkout until it says something; answers what it said. */
async function started(checkout: string, args: string[], says: RegExp) {
  const child = spawn('npm', ['run', '--silent', ...args], { cwd: checkout, detached: true, stdio: ['ignore', 'pipe', 'pipe'] });
  let said = '';
  await new Promise<void>((resolve, reject) => {
    const hear = (text: Buffer) => {
      said += String(text);
      if (says.test(said)) resolve();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.once('exit', (code) =>
      says.test(said) ? resolve() : reject(new Error(`npm run ${args[0]} ended with ${code}:\n${said}`)),
    );
  });
  return { child, said: () => said };
}

/** Events a second of a checkout's command `import -- csv`, from its start until all is counted. */
async function otherImport(checkout: string): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'import-other-'));
  const [dataDir, files] = [join(folder, 'data'), join(folder, 'files')];
  writeShop(files, otherEvents, Date.now());
  const service = await started(
    checkout,
    ['start', '--', '--port', '0', '--no-open', '--empty', '--data-dir', dataDir],
    /^ready /m,
  );
  try {
    const began = performance.now();
    const { said } = await started(checkout, ['import', '--', 'csv', files, '--data-dir', dataDir], /counted ([\d,]+) of \1; /);
    const seconds = (performance.now() - began) / 1000;
    const events = Number(/counted ([\d,]+) of \1; /.exec(said())?.[1]?.replaceAll(',', ''));
    return events / seconds;
  } finally {
    const ended = new Promise((resolve) => service.child.once('exit', resolve));
    process.kill(-(service.child.pid ?? 0), 'SIGINT');
    await ended;
    rmSync(folder, { recursive: true, force: true });
  }
}

type Imported = Record<string, number>;

export async function importSpeed({ rows, against }: ImportSpeedOptions): Promise<Record<string, unknown>> {
  const folder = mkdtempSync(join(tmpdir(), 'import-speed-'));
  const figures: Record<string, unknown> = {};
  const note = (name: string, figure: unknown) => {
    figures[name] = figure;
    console.log(`  ${name}: ${JSON.stringify(figure)}`);
  };
  try {
    const file = async (write: typeof writeCsv, count: number): Promise<LargeFile> => {
      const own = join(folder, String(count));
      mkdirSync(own, { recursive: true });
      return write(own, count, seed);
    };
    const few = Math.min(10_000, rows);
    const csv = await file(writeCsv, rows);
    const xlsx = await file(writeXlsx, rows);
    for (const [name, figure] of Object.entries(await beside(csv))) note(name, figure);
    for (const [kind, large, small] of [
      ['CSV', csv, await file(writeCsv, few)],
      ['XLSX', xlsx, await file(writeXlsx, few)],
    ] as const)
      for (const each of [small, large]) {
        const { rows: read, seconds, survey, idleMB, peakMB } = await inProcess<Read>('read-worker.ts', 'checked', each.path);
        note(`${kind}, ${read} rows read and mapped`, {
          seconds: rounded(survey + seconds),
          idleMB,
          peakMB,
          aboveMB: peakMB - idleMB,
        });
      }
    const others: number[] = [];
    const measureOther = async () => {
      if (against) others.push(rounded(await otherImport(against), 0));
    };
    await measureOther();
    for (const [kind, large] of [
      ['CSV', csv],
      ['XLSX', xlsx],
    ] as const) {
      const imported = await inProcess<Imported>('import-file.ts', JSON.stringify(large));
      note(`${kind}, ${rows} rows imported`, imported);
      await measureOther();
      if (others.length) {
        const other = median(others);
        const of = (name: string) => rounded((imported[name] ?? 0) / other, 1);
        note(`${kind}, times the other checkout`, {
          load: of('durable (events/s)'),
          'dry run included': of('durable, dry run included (events/s)'),
        });
      }
    }
    if (others.length) note('the other checkout, counted (events/s)', others);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
