/** What does poll-shops do? By the clock it starts a run for each connected shop; a run reads what has changed there, and starts another where its time is over. */
import { type PollEvent, pollShops } from '../../shared/connections/poll-shops.ts';
import { openStart } from '../../shared/jobs/start.ts';
import { openConnectors } from '../connectors.ts';
import { serveJob } from '../job.ts';
import { metric } from '../metric.ts';

export const handler = serveJob(
  (variable, environment) => ({ ...openConnectors(environment), start: openStart(variable('AWS_LAMBDA_FUNCTION_NAME')) }),
  async (stores, event: PollEvent, millisecondsLeft) => {
    const outcome = await pollShops(stores, event, millisecondsLeft);
    if (typeof outcome.late === 'number' && outcome.late > 0) console.log(metric('LateShops', outcome.late));
    return outcome;
  },
);
