/** What does poll-shops do? By the clock it starts a run for each connected shop; a run reads what has changed there, and starts another where its time is over. */
import { type PollEvent, pollShops } from '../../shared/connections/poll-shops.ts';
import { openStart } from '../../shared/jobs/start.ts';
import { openConnectors } from '../connectors.ts';
import { serveJob } from '../job.ts';

export const handler = serveJob(
  (variable, environment) => ({ ...openConnectors(environment), start: openStart(variable('AWS_LAMBDA_FUNCTION_NAME')) }),
  (stores, event: PollEvent, millisecondsLeft) => pollShops(stores, event, millisecondsLeft),
);
