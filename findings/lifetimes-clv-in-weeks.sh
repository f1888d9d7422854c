#!/usr/bin/env bash
# How long are the twelve months of a lifetime value?
# lifetimes 0.11.3 takes `time=12` for months and steps 30 units of time a month, whatever the model was fitted in: its `freq` is "D" where
# nobody says otherwise, and a fitted model does not know its unit. Fitted in weeks, as its documentation does with CDNOW, twelve "months" are
# 360 weeks, nearly seven years, without a warning. With `freq="W"` they are twelve months.
# An invented shop of 2,000 customers who buy every ten weeks or so and seldom stop.
# Our fits carry their unit and take months (shared/insight/customers/time-unit.ts, tests/insight/customers/lifetime-value.test.ts).
set -euo pipefail
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv python
python/bin/pip install --quiet --disable-pip-version-check lifetimes==0.11.3 numpy==2.4.6 pandas==3.1.1 scipy==1.17.1 autograd==1.9.1
cat >ask.py <<'PY'
import warnings
warnings.filterwarnings('ignore')
import numpy as np
import pandas as pd
from lifetimes import BetaGeoFitter, GammaGammaFitter
random = np.random.default_rng(7)
rows = []
for customer in range(2000):
    rate, drop_out, age = random.gamma(2.0) / 20, random.beta(1, 40), 104 - random.uniform(0, 26)
    week, bought = 0.0, []
    while True:
        week += random.exponential(1 / rate)
        if week > age:
            break
        bought.append(week)
        if random.random() < drop_out:
            break
    spent = random.gamma(6.0 * max(1, len(bought))) * (20 / 6) / max(1, len(bought)) * random.gamma(8.0) / 8
    rows.append((len(bought), bought[-1] if bought else 0.0, age, spent))
shop = pd.DataFrame(rows, columns=['frequency', 'recency', 'T', 'money'])
back = shop[shop.frequency > 0]
purchases = BetaGeoFitter().fit(shop.frequency, shop.recency, shop['T'])
money = GammaGammaFitter().fit(back.frequency, back.money)
columns = (back.frequency, back.recency, back['T'])
spending = money.conditional_expected_average_profit(back.frequency, back.money)
year = (purchases.predict(365 / 7, *columns) * spending).sum()
print(f'52 weeks of purchases in money: {year:.0f}')
for label, options in (('as it is called', {}), ('with freq="W"', {'freq': 'W'})):
    value = money.customer_lifetime_value(purchases, *columns, back.money, time=12, discount_rate=0.0, **options).sum()
    print(f'twelve months, {label}: {value:.0f}, {value / year:.1f} times as much')
PY
seen=$(python/bin/python ask.py)
echo "$seen"
called=$(sed -n 's/.*as it is called: .*, \(.*\) times as much/\1/p' <<<"$seen")
grep -q 'with freq="W": .*, 1.0 times' <<<"$seen" && awk "BEGIN { exit !($called > 4) }" || {
  echo 'changed: expected more than 4 times as much as it is called, and 1.0 with freq="W"'
  exit 1
}
echo 'as found: twelve months of a model in weeks are 360 weeks'
