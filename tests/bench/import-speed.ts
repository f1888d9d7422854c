/**
 * How fast do large exports of orders get in, and how much memory does it take? A million rows as CSV and as a workbook: read and mapped beside
 * DuckDB, imported by the page's way beside the import of another checkout.
 */
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { type LargeFile, writeCsv, writeXlsx } from './import-speed/files.ts';
import { median, rounded } from './statistics.ts';

const run = promisify(execFile);
const seed = 1;
const pairs = 3;

export interface ImportSpeedOptions {
  rows: number;
  /** Another checkout, whose import through the API is measured beside. */
  against?: string | undefined;
}

interface Read {
  rows: number;
  survey: number;
  seconds: number;
  /** Processor time of all threads. */
  cpuSeconds: number;
  idleMB: number;
  peakMB: number;
}

async function inProcess<T>(script: string, ...args: string[]): Promise<T> {
  const { stdout } = await run(process.execPath, ['--no-warnings', join(import.meta.dirname, 'import-speed', script), ...args], {
    maxBuffer: 1 << 24,
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '') as T;
}

/** Processor time a row (µs). */
const costOf = ({ rows, cpuSeconds }: Read): number => rounded((cpuSeconds / rows) * 1e6, 1);
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
    'read and mapped (CPU µs/row)': rounds.map(({ own }) => costOf(own)),
    'DuckDB into a typed table (CPU µs/row)': rounds.map(({ duckdb }) => costOf(duckdb)),
    'of DuckDB (median ratio)': ratio('own'),
    'of DuckDB, with every event checked': ratio('checked'),
  };
}

/** Durable events a second of another checkout, by its own section `import`: 20,000 events through POST /v1/events until all are in the table. */
async function otherImport(checkout: string, folder: string): Promise<number> {
  const json = join(folder, 'other.json');
  await run('npm', ['run', '--silent', 'bench', '--', '--only', 'import', '--json', json], { cwd: checkout, maxBuffer: 1 << 24 });
  const figures = JSON.parse(readFileSync(json, 'utf8')) as { import: Record<string, number> };
  return figures.import['durable (events/s)'] ?? Number.NaN;
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
      if (against) others.push(await otherImport(against, folder));
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
    if (others.length) note('the other checkout (durable events/s)', others);
    return figures;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
