#!/usr/bin/env bash
# Are days and months of a seller's CSV export told apart?
# DuckDB 1.5.6 and 2.0.1 detect the format of a date column file by file. US exports of videos and creators write the day alone, month first
# (10/06/2026). A file whose days are all at most 12 is read as day first, in silence; the next export, in which the 13th occurs, is read as
# month first. The same video was posted on 10 June in the one and on 6 October in the other, and both loads succeed.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
printf 'Video ID,Post date\r\n7301,10/05/2026\r\n7302,10/06/2026\r\n' >first-week.csv
printf 'Video ID,Post date\r\n7302,10/06/2026\r\n7303,10/13/2026\r\n' >second-week.csv
cat >ask.py <<'PY'
import duckdb
for name in ["first-week.csv", "second-week.csv"]:
    found = duckdb.sql(f"""SELECT strftime("Post date", '%Y-%m-%d') FROM '{name}' WHERE "Video ID" = 7302""").fetchall()
    print(duckdb.__version__, name, "video 7302 is of", found[0][0])
PY
seen=''
for package in duckdb==1.5.6 duckdb==2.0.1; do
  python3 -m venv "python-$package"
  "python-$package/bin/pip" install --quiet --disable-pip-version-check "$package"
  seen+="$("python-$package/bin/python" ask.py)"$'\n'
done
printf '%s' "$seen"
expected='1.5.6 first-week.csv video 7302 is of 2026-06-10
1.5.6 second-week.csv video 7302 is of 2026-10-06
2.0.1 first-week.csv video 7302 is of 2026-06-10
2.0.1 second-week.csv video 7302 is of 2026-10-06
'
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
echo 'as found: one video, two days'
