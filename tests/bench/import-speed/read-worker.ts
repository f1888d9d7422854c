/** Reads and maps a file, or has DuckDB load it, in a process of its own: seconds, rows and the peak of memory as a line of JSON. */
import { DuckDBInstance } from '@duckdb/node-api';
import { newReport } from '../../../shared/sources/files/import-report.ts';
import { sellerCenterBatches } from '../../../shared/sources/seller-center/events.ts';
import { planImport } from '../../../shared/sources/seller-center/plan.ts';
import { peakMB } from '../memory.ts';

const [task = '', path = ''] = process.argv.slice(2);

const clocks = ['Created Time', 'Paid Time', 'RTS Time', 'Shipped Time', 'Delivered Time', 'Cancelled Time'];
const ids = ['Order ID', 'SKU ID', 'Package ID'];

/** A table of 65 columns whose ids are text, whose times are times, and whose numbers are numbers; tabs behind ids and times are cut off. */
const load = (file: string): string => `CREATE TABLE orders AS SELECT * REPLACE (
  ${clocks.map((name) => `try_strptime(rtrim("${name}", chr(9)), '%d/%m/%Y %H:%M:%S') AS "${name}"`).join(', ')},
  ${ids.map((name) => `rtrim("${name}", chr(9)) AS "${name}"`).join(', ')})
  FROM read_csv('${file.replaceAll("'", "''")}', types = {${[...clocks, ...ids].map((name) => `'${name}': 'VARCHAR'`).join(', ')}})`;

const now = Date.parse('2026-12-15T00:00:00Z');
/** Processor time of all threads (s): what other work on the machine takes is not in it. */
const cpu = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const seconds = async (work: () => Promise<void>): Promise<number> => {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
};
let rows = 0;
let survey = 0;
let taken = 0;
let busy = 0;
const idle = process.memoryUsage().rss / 1e6;
if (task === 'duckdb') {
  const database = await DuckDBInstance.create(':memory:');
  const connection = await database.connect();
  const before = cpu();
  taken = await seconds(async () => void (await connection.run(load(path))));
  busy = cpu() - before;
  const counted = await connection.runAndReadAll('SELECT count(*) FROM orders');
  rows = Number(counted.getRows()[0]?.[0]);
} else {
  const report = newReport();
  let plan: Awaited<ReturnType<typeof planImport>> | undefined;
  survey = await seconds(async () => {
    plan = await planImport([path], { market: 'ID', now });
  });
  const before = cpu();
  taken = await seconds(async () => {
    if (plan)
      for await (const events of sellerCenterBatches(plan, { report, now, isChecked: task === 'checked' })) rows += events.length;
  });
  busy = cpu() - before;
  rows = report.rows;
}
console.log(JSON.stringify({ rows, survey, seconds: taken, cpuSeconds: busy, idleMB: Math.round(idle), peakMB: peakMB() }));
process.exit(0);
