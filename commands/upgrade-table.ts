/** Brings a deployed table from items for each total to pages: `npm run upgrade-table -- --help`. */
import { parseArgs } from 'node:util';
import { openTable } from '../shared/store/table.ts';
import { upgradeTable } from '../shared/store/upgrade.ts';

const help = `npm run upgrade-table -- --table <name of the kpi table>

Writes the totals of every creator as pages, beside what is there. Aggregate must not run meanwhile: see docs/02-implementation/upgrade.md.
Region and credentials come from the environment. May be repeated. A data folder on this machine is upgraded by npm start.`;

const { values } = parseArgs({ options: { table: { type: 'string' }, help: { type: 'boolean', default: false } } });
if (values.help || !values.table) {
  console.log(help);
  process.exit(values.help ? 0 : 2);
}
let done = 0;
const count = await upgradeTable(openTable(values.table), () => {
  if (++done % 100 === 0) console.log(`${done} creators …`);
});
console.log(`${count} creators are upgraded.`);
