/** How is Athena served in a thread of its own, so that a long query blocks nobody? */
import { type AthenaServerOptions, startAthena } from '../athena/server.ts';
import { serveThread } from './thread.ts';

await serveThread((options: AthenaServerOptions) => startAthena(options));
