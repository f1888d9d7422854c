/** How good, how sure and how fast are forecasts? Public series against published scores, statsforecast in the same run, a night of creators. */
import { accuracy } from './forecast/accuracy.ts';
import { nightly } from './forecast/nightly.ts';
import { realShops } from './forecast/real-shops.ts';
import { speed } from './forecast/speed.ts';

/** `creators`: the largest night; a tenth and a hundredth of it are measured too. */
export const forecastBench = async (creators: number) => ({
  ...accuracy(),
  ...(await realShops()),
  ...speed(),
  ...nightly([Math.round(creators / 100), Math.round(creators / 10), creators]),
});
