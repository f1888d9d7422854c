/** What does it cost and how fast is it? Runs the measurements and prints a table and JSON: `npm run bench -- --help`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus, totalmem } from 'node:os';
import { parseArgs } from 'node:util';
import { bundles } from './bundles.ts';
import { clv } from './clv.ts';
import { dashboard } from './dashboard.ts';
import { tableExports } from './export-table.ts';
import { exportSpeed } from './exports.ts';
import { foldSpeed } from './fold-speed.ts';
import { forecastBench } from './forecast.ts';
import { freshness, importRate } from './freshness.ts';
import { importSpeed } from './import-speed.ts';
import { insight } from './insight.ts';
import { lake } from './lake.ts';
import { lakeQueries } from './lake-queries.ts';
import { latency } from './latency.ts';
import { openDashboard } from './open-dashboard.ts';
import { productTable } from './product-table.ts';
import { realTraffic } from './real-traffic.ts';
import { reconcileBacklog } from './reconcile-backlog.ts';
import { simulatedShop } from './simulated-shop.ts';
import { webhooks } from './webhooks.ts';
import { weight } from './weight.ts';
import { mixedDay, writeUnits } from './write-units.ts';

const { values } = parseArgs({
  options: {
    only: { type: 'string' },
    events: { type: 'string', default: '1000000' },
    orders: { type: 'string', default: '1000000' },
    'shop-orders': { type: 'string', default: '50000' },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '1' },
    head: { type: 'string', default: '45' },
    creators: { type: 'string', default: '1276' },
    minutes: { type: 'string', default: '5' },
    rate: { type: 'string', default: '0' },
    against: { type: 'string' },
    json: { type: 'string', default: '.build/bench.json' },
    help: { type: 'boolean', default: false },
  },
});

const sections: Record<string, () => unknown> = {
  'write-units': writeUnits,
  'mixed-day': mixedDay,
  'real-traffic': () => realTraffic({ creators: Number(values.creators), against: values.against }),
  fold: foldSpeed,
  bundles,
  import: importRate,
  'import-speed': () => importSpeed({ rows: Number(values.rows), against: values.against }),
  webhooks,
  freshness: () => freshness(Number(values.rate)),
  lake,
  'lake-queries': lakeQueries,
  exports: exportSpeed,
  dashboard,
  'product-table': productTable,
  'export-table': () => tableExports(Number(values.orders)),
  'reconcile-backlog': () =>
    reconcileBacklog({
      creators: Number(values.creators),
      rounds: Number(values.rounds),
      head: Number(values.head),
      against: values.against,
    }),
  memory: () => weight({ rounds: Number(values.rounds), against: values.against }),
  'open-dashboard': () => openDashboard({ minutes: Number(values.minutes), against: values.against }),
  'simulated-shop': () => simulatedShop(Number(values['shop-orders'])),
  insight: () => insight(Number(values.creators)),
  forecast: () => forecastBench(Number(values.creators)),
  clv,
  latency: () => latency({ events: Number(values.events), against: values.against }),
};

if (values.help) {
  console.log(`npm run bench -- [--only ${Object.keys(sections).join(',')}] [--events 1000000] [--orders 1000000] [--shop-orders 50000] [--rows 1000000] [--creators 1276 --rounds 1 --head 45 --minutes 5 --rate 400 --against ../checkout] [--json .build/bench.json]

Everything runs on this machine over loopback. Machines are noisy: medians and percentiles, and each section says how many samples.`);
  process.exit(0);
}
const chosen = values.only?.split(',') ?? Object.keys(sections);
const unknown = chosen.filter((name) => !sections[name]);
if (unknown.length) {
  console.error(`No section ${unknown.join(', ')}; known are ${Object.keys(sections).join(', ')}.`);
  process.exit(2);
}

const results: Record<string, unknown> = {
  date: new Date().toISOString(),
  node: process.version,
  cpus: cpus().length,
  cpu: cpus()[0]?.model,
  memoryGB: Math.round(totalmem() / 1e9),
};
for (const name of chosen) {
  console.log(`\n${name} …`);
  const figures = (await sections[name]?.()) as Record<string, unknown>;
  results[name] = figures;
  for (const [label, figure] of Object.entries(figures))
    console.log(`  ${label.padEnd(58)} ${typeof figure === 'object' ? JSON.stringify(figure).replaceAll('"', '') : figure}`);
}
mkdirSync('.build', { recursive: true });
writeFileSync(values.json, `${JSON.stringify(results, null, 2)}\n`);
console.log(`\nAs JSON: ${values.json}`);
process.exit(0);
