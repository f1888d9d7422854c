#!/usr/bin/env bash
# Does a transpiled date_diff still count the same?
# Trino counts whole units that have passed (Trino 476, measured: 'day' from 1 January 23:00 to 2 January 01:00 is 0; 'month' from 15 January
# to 14 March is 1). DuckDB's function of the same name counts the boundaries that were crossed: 1 and 2; its `date_sub` counts whole units.
# @polyglot-sql/sdk 0.12.1 and sqlglot 30.30.0 both turn the one into the other unchanged, without a warning, so "days to deliver" grows by up
# to a day when a query moves. Trino does not run here: its two answers are stated from that run.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund @polyglot-sql/sdk@0.12.1 @duckdb/node-api@1.5.6-r.1
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check sqlglot==30.30.0
cat >ask.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { DuckDBInstance } from '@duckdb/node-api';
import { transpile } from '@polyglot-sql/sdk';
const database = await (await DuckDBInstance.create()).connect();
const answer = async (sql) => JSON.stringify((await database.runAndReadAll(sql)).getRowsJson().flat());
const program = 'import sys, sqlglot; print(sqlglot.transpile(sys.argv[1], read="trino", write="duckdb")[0])';
const asked = [
  "SELECT date_diff('day', TIMESTAMP '2026-01-01 23:00:00', TIMESTAMP '2026-01-02 01:00:00')",
  "SELECT date_diff('month', DATE '2026-01-15', DATE '2026-03-14')",
];
for (const sql of asked) {
  const polyglot = transpile(sql, 'trino', 'duckdb').sql[0];
  const sqlglot = execFileSync('python/bin/python', ['-c', program, sql], { encoding: 'utf8' }).trim();
  console.error(`${sql}\n  polyglot: ${polyglot}\n  sqlglot:  ${sqlglot}`);
  console.log('polyglot', await answer(polyglot), 'sqlglot', await answer(sqlglot));
}
JS
seen=$(node ask.mjs)
echo "$seen"
expected='polyglot ["1"] sqlglot ["1"]
polyglot ["2"] sqlglot ["2"]'
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
echo 'as found: 1 and 2 after transpiling, where Trino answers 0 and 1'
