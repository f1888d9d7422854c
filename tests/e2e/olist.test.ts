/**
 * Do the numbers that the API gives for real sellers agree with SQL over the files, for every seller and day?
 * All 1,276 take minutes: those with the most orders are compared, unless OLIST_SELLERS=all (or a number) says otherwise.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Runtime, startRuntime } from '../../local/main.ts';
import { roundsOf } from '../rounds.ts';
import { benchData } from '../samples/bench-data.ts';
import { olistTruth, type TrueNumber } from './olist-truth.ts';

const folder = benchData('olist');
const allSellers = 1276;
const wanted = process.env.OLIST_SELLERS === 'all' ? allSellers : Number(process.env.OLIST_SELLERS ?? roundsOf('olist'));
const minutes = 60_000;
const range = { from: '2016-09-01', to: '2018-12-31' };
const names = ['orders', 'units', 'grossSales', 'shippingCharged', 'delivered', 'onTimeDeliveryRate', 'reviews'];

interface Point {
  at: string;
  value: number | null;
  numerator?: number;
  denominator?: number;
}

interface Answer {
  lagSeconds: number;
  series: { name: string; points: Point[] }[];
}

/** A point as the truth names its numbers: a ratio as its parts. */
function numbersOf(name: string, point: Point): { measure: string; value: number }[] {
  if (name !== 'onTimeDeliveryRate') return [{ measure: name, value: point.value ?? Number.NaN }];
  return [
    { measure: 'onTime', value: point.numerator ?? Number.NaN },
    { measure: 'due', value: point.denominator ?? Number.NaN },
  ];
}

describe.skipIf(!folder)(`Olist, from files to reports${folder ? '' : ' (skipped: BENCH_DATA has no olist/)'}`, () => {
  if (folder && wanted < allSellers)
    console.error(`OLIST: ${wanted} of ${allSellers} sellers are compared; OLIST_SELLERS=all compares every one.`);
  const dataDir = mkdtempSync(join(tmpdir(), 'olist-'));
  let runtime: Runtime;
  let token: string;

  beforeAll(async () => {
    runtime = await startRuntime({ port: 0, dataDir });
    token = await runtime.token({ roles: ['analyst'], expiresIn: 3600 });
  }, 3 * minutes);

  afterAll(async () => {
    await runtime?.stop();
    rmSync(dataDir, { recursive: true, maxRetries: 5 });
  }, minutes);

  async function ask(seller: string): Promise<Answer> {
    const query = new URLSearchParams({ names: names.join(), grain: 'day', ...range });
    const response = await fetch(`${runtime.url}/v1/creators/${seller}/kpis?${query}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    if (response.status === 429) return pause(500).then(() => ask(seller));
    if (!response.ok) throw new Error(`${seller}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }

  /** Asks once everything that was accepted is applied. */
  async function askWhenApplied(seller: string): Promise<Answer> {
    for (;;) {
      const answer = await ask(seller);
      if (answer.lagSeconds === 0) return answer;
      await pause(500);
    }
  }

  test('the import accepts every event', { timeout: 10 * minutes }, async () => {
    const flags = ['--data-dir', dataDir, '--creators', String(wanted)];
    const child = spawn(process.execPath, ['commands/import.ts', 'olist', folder ?? '', ...flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let summary = '';
    child.stdout.on('data', (text) => {
      summary += text;
    });
    const [code] = await once(child, 'exit');
    expect(summary).toMatch(/^accepted [1-9]\d+\nrejected 0\nskipped {2}89\n/);
    if (wanted === allSellers) expect(summary).toContain('accepted 40008');
    expect(code).toBe(0);
  });

  test('every number of every seller on every day is that of the files', { timeout: 60 * minutes }, async () => {
    const keyOf = ({ seller, day, measure }: Omit<TrueNumber, 'value'>) => `${seller} ${day} ${measure}`;
    const numbers = await olistTruth(folder ?? '', wanted);
    const truth = new Map(numbers.map((number) => [keyOf(number), number.value]));
    const sellers = [...new Set(numbers.map(({ seller }) => seller))];
    expect(sellers).toHaveLength(wanted);
    const wrong: string[] = [];
    let compared = 0;
    for (const seller of sellers)
      for (const { name, points } of (await askWhenApplied(seller)).series) {
        expect(points).toHaveLength(852);
        for (const point of points)
          for (const { measure, value } of numbersOf(name, point)) {
            const key = keyOf({ seller, day: point.at, measure });
            compared++;
            if (value !== (truth.get(key) ?? 0)) wrong.push(`${key}: ${value}, in the files ${truth.get(key) ?? 0}`);
            truth.delete(key);
          }
      }
    expect(wrong.slice(0, 20)).toEqual([]);
    // What is left lies outside the range or was never answered.
    expect([...truth.keys()].slice(0, 20)).toEqual([]);
    expect(compared).toBe(wanted * 852 * 8);
  });
});
