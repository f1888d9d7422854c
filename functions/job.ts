/** How does a function run that nobody waits for? Opens its stores once, does the job, logs one line; a failure throws, so that it is tried again. */
import type { Context } from 'aws-lambda';
import { messageOf } from '../shared/errors.ts';
import { required } from './required.ts';

/**
 * A handler around a job: `open` gets the environment's variables by name, and the environment for what may be absent, at the first run; the job answers what is logged (at the
 * level it names, else info), and may ask how many milliseconds are left to it.
 */
export function serveJob<Dependencies, Event>(
  open: (variable: (name: string) => string, environment: NodeJS.ProcessEnv) => Dependencies,
  job: (dependencies: Dependencies, event: Event, millisecondsLeft: () => number) => Promise<{ [name: string]: unknown }>,
) {
  let dependencies: { opened: Dependencies } | undefined;
  return async (event: Event, context?: Pick<Context, 'getRemainingTimeInMillis'>): Promise<{ [name: string]: unknown }> => {
    dependencies ??= { opened: open((name) => required(process.env, name), process.env) };
    try {
      const done = await job(dependencies.opened, event, () => context?.getRemainingTimeInMillis() ?? Number.POSITIVE_INFINITY);
      console.log(JSON.stringify({ level: 'info', ...done }));
      return done;
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', message: messageOf(error) }));
      throw error;
    }
  };
}
