/**
 * How many series of M3 monthly in a second of one core, against statsforecast on the same series in the same run? Rounds take turns, so that
 * another program on the machine meets all of them. Python comes into a virtual environment in a temporary folder, or from BENCH_PYTHON.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { forecast } from '../../../shared/insight/forecast/forecast.ts';
import { median, rounded } from '../statistics.ts';
import { type CompetitionRow, rowsOf } from './data.ts';

const statsforecast = 'statsforecast==2.1.1';
const every = 14;
const rounds = 5;

function withPython<Answer>(run: (python: string) => Answer): Answer | string {
  if (process.env.BENCH_PYTHON) return run(process.env.BENCH_PYTHON);
  const folder = mkdtempSync(join(tmpdir(), 'bench-python-'));
  try {
    const python = join(folder, 'bin', 'python');
    const steps: [string, string[]][] = [
      ['python3', ['-m', 'venv', folder]],
      [python, ['-m', 'pip', 'install', '--quiet', statsforecast]],
    ];
    for (const [command, args] of steps) {
      const { status, stderr, error } = spawnSync(command, args, { encoding: 'utf8' });
      if (status !== 0)
        return `skipped: ${command} ${args.join(' ')} failed (${error?.message ?? stderr.trim().split('\n').at(-1)})`;
    }
    return run(python);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function theirs(python: string, model: string, rows: CompetitionRow[]): number {
  const input = JSON.stringify({ model, season: 12, rows: rows.map(({ train, h }) => ({ train, h })) });
  const { stdout, stderr } = spawnSync(python, [join(import.meta.dirname, 'their_speed.py')], { input, encoding: 'utf8' });
  try {
    return rows.length / (JSON.parse(stdout) as { seconds: number }).seconds;
  } catch {
    throw new Error(`statsforecast did not answer: ${stderr.trim().split('\n').at(-1)}`);
  }
}

function ours(rows: CompetitionRow[], mode: 'full' | 'hot'): number {
  const ask = ({ train, freq, h }: CompetitionRow) => forecast({ values: train, periods: [freq], horizon: h, mode });
  const began = process.cpuUsage();
  rows.forEach(ask);
  const { user, system } = process.cpuUsage(began);
  return rows.length / ((user + system) / 1e6);
}

const spread = (rates: number[]) => ({
  median: rounded(median(rates)),
  least: rounded(Math.min(...rates)),
  most: rounded(Math.max(...rates)),
});

export function speed() {
  const all = rowsOf('m3_monthly');
  if (!all) return {};
  const rows = all.filter((_, i) => i % every === 0);
  for (const mode of ['full', 'hot'] as const) ours(rows, mode);
  return {
    'speed on M3 monthly, series/s of CPU': withPython((python) => {
      const rates: Record<'AutoETS' | 'AutoTheta' | 'full' | 'hot', number[]> = { AutoETS: [], AutoTheta: [], full: [], hot: [] };
      for (let round = 0; round < rounds; round++) {
        for (const model of ['AutoETS', 'AutoTheta'] as const) rates[model].push(theirs(python, model, rows));
        for (const mode of ['full', 'hot'] as const) rates[mode].push(ours(rows, mode));
      }
      const times = (a: keyof typeof rates, b: keyof typeof rates): number => rounded(median(rates[a]) / median(rates[b]), 1);
      return {
        series: rows.length,
        rounds,
        ...Object.fromEntries(Object.entries(rates).map(([name, found]) => [name, spread(found)])),
        hotOverAutoETS: times('hot', 'AutoETS'),
        hotOverAutoTheta: times('hot', 'AutoTheta'),
        fullOverAutoETS: times('full', 'AutoETS'),
        fullOverAutoTheta: times('full', 'AutoTheta'),
      };
    }),
  };
}
