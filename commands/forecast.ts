/** What comes next in each of many series? Reads rows of histories, writes a forecast or a refusal for each. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { forecast } from '../shared/insight/forecast/forecast.ts';
import { type ForecastRow, readRows } from './forecast-rows.ts';
import { refuseKeptFlags } from './npm-flags.ts';

const USAGE = `npm run forecast -- --in rows.json --out forecasts.json [flags]
A forecast with intervals of 80 and 95 % for every series of a file, or a sentence why there is none.
  --in rows.json         a list of {"id", "period", "freq", "h", "train": [1.5, null, 2]}, or {"rows": [...]}
                         h: how many values ahead; freq: values a season, a number or a list, 1 for none;
                         null: a value that is not known. Other fields are not read.
  --out forecasts.json   a list of {"id", "method", "mean", "lower80", "upper80", "lower95", "upper95"} or {"id", "refused"}
  --hot                  the fast method: Theta alone, intervals by its own model
  --help                 this text
How it forecasts: docs/02-implementation/forecasts.md`;

const flags = readFlags();
if (flags.help) console.log(USAGE);
else run();

function readFlags() {
  try {
    refuseKeptFlags(['in', 'out', 'hot'], 'npm run forecast -- --in rows.json --out forecasts.json');
    const { values } = parseArgs({
      options: {
        in: { type: 'string' },
        out: { type: 'string' },
        hot: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    if (!values.help && !values.in) throw new Error('Name the file of series with --in rows.json.');
    if (!values.help && !values.out) throw new Error('Name the file to write with --out forecasts.json.');
    return values;
  } catch (reason) {
    return leave(`${(reason as Error).message}\n${USAGE}`);
  }
}

function answer({ id, periods, horizon, train }: ForecastRow) {
  const found = forecast({ values: train, periods, horizon, mode: flags.hot ? 'hot' : 'full' });
  if ('refused' in found) return { id, refused: found.refused };
  const { method, mean, interval80, interval95 } = found;
  const intervals = {
    lower80: interval80.lower,
    upper80: interval80.upper,
    lower95: interval95.lower,
    upper95: interval95.upper,
  };
  return { id, method, mean, ...intervals };
}

function run(): void {
  const read = readRows(readIn(flags.in ?? ''), flags.in ?? '');
  const rows = typeof read === 'string' ? leave(read) : read;
  const began = performance.now();
  let said = began;
  const answers = rows.map((row, i) => {
    if (performance.now() - said > 2000) {
      said = performance.now();
      console.error(`${i} of ${rows.length} series …`);
    }
    return answer(row);
  });
  try {
    writeFileSync(flags.out ?? '', `[\n${answers.map((one) => JSON.stringify(one)).join(',\n')}\n]\n`);
  } catch (reason) {
    leave(`${flags.out} can not be written (${(reason as Error).message}): name another file with --out.`);
  }
  const refused = answers.filter((one) => 'refused' in one).length;
  const seconds = ((performance.now() - began) / 1000).toFixed(1);
  console.log(`${rows.length - refused} forecasts, ${refused} refused, in ${seconds} s: ${flags.out}`);
}

function readIn(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (reason) {
    return leave(`${file} can not be read (${(reason as Error).message}): name a file of series with --in.`);
  }
}

function leave(message: string): never {
  console.error(message);
  process.exit(1);
}
