/** What happens to files that must not be taken as they are? Each is tried as a seller would give it, with and without its market. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { MarketCode } from '../../../shared/sources/seller-center/rules/markets.ts';
import { importFiles, ofEntity, sum } from './imported.ts';

const exportedAt = Date.parse('2026-11-30T00:00:00Z');

interface Expected {
  rows?: number;
  orders?: number;
  grossSales?: number;
  moneyScale?: number;
}

async function tryOne(path: string, market: MarketCode | undefined, encoding?: 'windows-1252'): Promise<string[]> {
  const as = `${market ? `as ${market}` : 'without a market'}${encoding ? `, --encoding ${encoding}` : ''}`;
  try {
    const imported = await importFiles([path], { market, exportedAt, encoding });
    const orders = ofEntity(imported, 'order');
    const lines = orders.flatMap(({ data }) => data.lines as { quantity: number; unitPrice: number }[]);
    const gross = sum(lines.map(({ quantity, unitPrice }) => quantity * unitPrice));
    const settlements = [
      ...ofEntity(imported, 'settlement').map(({ data }) => data.settledAmount),
      ...ofEntity(imported, 'adjustment').map(({ data }) => data.amount),
    ];
    const statuses = [...new Set(orders.map(({ data }) => data.status))].join(', ');
    const days = [...new Set(orders.flatMap(({ data }) => (data.placedAt ? [String(data.placedAt).slice(0, 10)] : [])))].sort();
    return [
      `  ${as}: ${orders.length} orders (${statuses}), gross ${gross} minor units, ${settlements.length} settlements of ${sum(settlements.map(Number))} minor units${days.length ? `, days ${days[0]} to ${days.at(-1)}` : ''}`,
      ...[...imported.report.wrong, ...imported.report.notes].map(
        ([what, { count, examples }]) => `     ${count} × ${what}: ${examples[0]}`,
      ),
    ];
  } catch (error) {
    return [`  ${as}: REFUSED ${(error as Error).message}`];
  }
}

const attempts: { [begins: string]: [market: MarketCode | undefined, encoding?: 'windows-1252'][] } = {
  '01': [['ID']],
  '02': [[undefined], ['TH']],
  '03': [['US']],
  '04': [['ID']],
  '05': [[undefined], ['VN']],
  '06': [[undefined]],
  '07': [['BR'], ['BR', 'windows-1252']],
  '08': [['VN']],
  '09': [[undefined]],
  '10': [['ID']],
};

/** One paragraph a file: what must be, and what was. The statement of another shop is tried beside orders of the market too, where they are there. */
export async function tryWrong(folder: string): Promise<string[]> {
  const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8')) as {
    [name: string]: Expected & { must: string };
  };
  const told: string[] = [];
  for (const name of readdirSync(folder)
    .filter((each) => /\.(csv|xlsx)$/.test(each))
    .sort()) {
    const { must, ...numbers } = expected[name] ?? { must: '' };
    told.push(`${name} ${JSON.stringify(numbers)}`, `  must: ${must}`);
    for (const [market, encoding] of attempts[name.slice(0, 2)] ?? [[undefined]])
      told.push(...(await tryOne(join(folder, name), market, encoding)));
    if (name.startsWith('09')) told.push(...(await besideOrders(join(folder, name), join(folder, '..'))));
  }
  return told;
}

async function besideOrders(path: string, root: string): Promise<string[]> {
  const market = existsSync(join(root, 'TH')) ? 'TH' : 'ID';
  const orders = readdirSync(join(root, market)).filter(
    (name) => /^(All order|Semua pesanan|Tất cả|Todos|.*order)-?.*\.csv$/i.test(name) && !/return|affiliate/i.test(name),
  );
  const paths = [path, ...orders.map((name) => join(root, market, name))];
  const answer = await importFiles(paths, { market: 'TH', exportedAt }).then(
    () => 'taken',
    (error: Error) => `REFUSED ${error.message}`,
  );
  return [`  beside orders of ${market}: ${answer}`];
}
