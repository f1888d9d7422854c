#!/usr/bin/env bash
# Is a downloaded order export read whole?
# Workbooks of TikTok Shop Seller Center say a wrong <dimension>: A1:U2, however many rows and columns follow. The element is a hint that the
# format makes optional. SheetJS (xlsx 0.18.5) takes it for the size of the sheet: it answers two of six rows and two of three columns, without
# a word, and its option `nodim` changes nothing. openpyxl 3.1.5 reads all of it, but the two rows alone with read_only=True, which its
# documentation advises for large files. Both answer the title row, so that what is left looks like an export with one order in it.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check openpyxl==3.1.5
npm init --yes >/dev/null
npm install --silent --no-audit --no-fund xlsx@0.18.5
cat >make.py <<'PY'
import re, zipfile, openpyxl
book = openpyxl.Workbook()
sheet = book.active
sheet.title = "OrderSKUList"
sheet.append(["Order ID", "Order Status", "Order Amount"])
for n in range(5):
    sheet.append([f"57646352000000000{n}", "Completed", "24.99"])
book.save("right.xlsx")
with zipfile.ZipFile("right.xlsx") as right, zipfile.ZipFile("export.xlsx", "w", zipfile.ZIP_DEFLATED) as export:
    for name in right.namelist():
        part = right.read(name)
        if name == "xl/worksheets/sheet1.xml":
            part, said = re.subn(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:B2"', part)
            assert said == 1
        export.writestr(name, part)
for read_only in (False, True):
    rows = list(openpyxl.load_workbook("export.xlsx", read_only=read_only)["OrderSKUList"].iter_rows(values_only=True))
    print(f"openpyxl {openpyxl.__version__} read_only={read_only}: {len(rows)} rows of {len(rows[0])} columns")
PY
cat >read.js <<'JS'
const xlsx = require('xlsx');
for (const options of [{}, { nodim: true }]) {
  const said = JSON.stringify(options);
  const rows = xlsx.utils.sheet_to_json(xlsx.readFile('export.xlsx', options).Sheets.OrderSKUList, { header: 1 });
  console.log(`xlsx ${xlsx.version} ${said}: ${rows.length} rows of ${rows[0].length} columns`);
}
JS
seen="$(python/bin/python make.py)"$'\n'"$(node read.js)"
echo "$seen"
expected='openpyxl 3.1.5 read_only=False: 6 rows of 3 columns
openpyxl 3.1.5 read_only=True: 2 rows of 2 columns
xlsx 0.18.5 {}: 2 rows of 2 columns
xlsx 0.18.5 {"nodim":true}: 2 rows of 2 columns'
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
echo 'as found: four orders of five are lost'
