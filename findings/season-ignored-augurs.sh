#!/usr/bin/env bash
# Does a forecast that was asked for with a season have one?
# @bsull/augurs 0.10.2: AutoETS(7, 'ZZZ'), a season of seven values and every component to be chosen, fits without an error and forecasts a
# flat line, the same as 'ZZN' (no season wanted); only a season that is prescribed ('ZZA') is refused. MSTL of the same package repeats the
# week. A shop whose Saturdays sell thrice as much is told the same number for every day.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @bsull/augurs@0.10.2
cat >ask.mjs <<'JS'
import { readFileSync } from 'node:fs';
import { AutoETS, initSync as initEts } from '@bsull/augurs/ets';
import { initSync as initMstl, MSTL } from '@bsull/augurs/mstl';
const folder = 'node_modules/@bsull/augurs';
initEts({ module: readFileSync(`${folder}/ets_bg.wasm`) });
initMstl({ module: readFileSync(`${folder}/mstl_bg.wasm`) });
const week = [100, 90, 95, 105, 120, 300, 210];
// Twenty weeks with a little noise that repeats every eleven days.
const sold = Array.from({ length: 140 }, (_, day) => week[day % 7] + ((day * day) % 11));
const range = (numbers) => Math.round(Math.max(...numbers) - Math.min(...numbers));
for (const specification of ['ZZN', 'ZZZ', 'ZZA', 'AAA']) {
  const model = new AutoETS(7, specification);
  let answer;
  try {
    model.fit(sold);
    answer = range(model.predict(7).point) < 20 ? 'no week' : 'a week';
  } catch (error) {
    answer = `refused: ${error.message ?? error}`;
  }
  console.log(`AutoETS(7, '${specification}')`, answer);
}
const model = MSTL.ets([7]);
model.fit(sold);
console.log('MSTL([7])', range(model.predict(7).point) > 150 ? 'a week' : 'no week');
JS
seen=$(node ask.mjs)
echo "node $(node --version), @bsull/augurs 0.10.2: what a forecast of seven days has, of a shop with a week"
echo "$seen"
expected="AutoETS(7, 'ZZN') no week
AutoETS(7, 'ZZZ') no week
AutoETS(7, 'ZZA') refused: no model found
AutoETS(7, 'AAA') refused: no model found
MSTL([7]) a week"
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
echo 'as found: a season that may be chosen never is, without a word'
