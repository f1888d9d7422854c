#!/usr/bin/env bash
# Does the first instant of a shop's day depend on the machine that asks?
# dayjs 1.11.23 with its utc and timezone plugins: yes. `startOf('day')` of the same instant in the same shop zone gives other instants
# under another TZ of the process. Where a clock change repeats the hour before midnight (São Paulo, 18 February 2018), the start lies an
# hour early, in the day before: an order of that hour counts on both days, or on the wrong one. luxon 3.7.2 and moment-timezone 0.6.6 agree
# with the zone's rules under every TZ. Both days lie in the range of the public Olist orders.
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
npm init -y >/dev/null
npm install --silent --no-audit --no-fund dayjs@1.11.23 luxon@3.7.2 moment-timezone@0.6.6
cat >ask.mjs <<'JS'
import dayjs from 'dayjs';
import timezone from 'dayjs/plugin/timezone.js';
import utc from 'dayjs/plugin/utc.js';
import { DateTime } from 'luxon';
import moment from 'moment-timezone';
dayjs.extend(utc);
dayjs.extend(timezone);
const zone = 'America/Sao_Paulo';
for (const noon of ['2018-02-18T15:00:00Z', '2017-10-15T15:00:00Z'])
  console.log(
    noon.slice(0, 10),
    dayjs.utc(noon).tz(zone).startOf('day').toISOString().slice(0, 16),
    DateTime.fromISO(noon, { zone }).startOf('day').toUTC().toISO().slice(0, 16),
    moment.tz(noon, zone).startOf('day').toISOString().slice(0, 16),
  );
JS
echo "node $(node --version); columns: shop day, start by dayjs, by luxon, by moment-timezone (UTC)"
seen=$(for machine in UTC America/New_York; do TZ=$machine node ask.mjs | sed "s|^|$machine |"; done)
echo "$seen"
expected='UTC 2018-02-18 2018-02-18T02:00 2018-02-18T03:00 2018-02-18T03:00
UTC 2017-10-15 2017-10-15T03:00 2017-10-15T03:00 2017-10-15T03:00
America/New_York 2018-02-18 2018-02-18T03:00 2018-02-18T03:00 2018-02-18T03:00
America/New_York 2017-10-15 2017-10-15T02:00 2017-10-15T03:00 2017-10-15T03:00'
[ "$seen" = "$expected" ] || { echo "changed: expected"; echo "$expected"; exit 1; }
echo 'as found: dayjs differs by the zone of the machine'
