"""Seconds of CPU that statsforecast takes for series read from stdin, one process, one thread, after a warm-up."""
import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "NUMBA_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ[name] = "1"

import numpy as np
import statsforecast
from statsforecast.models import AutoETS, AutoTheta

asked = json.load(sys.stdin)
rows = [(np.array(row["train"], dtype=np.float64), row["h"]) for row in asked["rows"]]
model = {"AutoETS": AutoETS, "AutoTheta": AutoTheta}[asked["model"]]
for values, horizon in rows[:3]:
    model(season_length=asked["season"]).forecast(y=values, h=horizon)
began = time.process_time()
for values, horizon in rows:
    model(season_length=asked["season"]).forecast(y=values, h=horizon)
print(json.dumps({"seconds": time.process_time() - began, "version": statsforecast.__version__}))
