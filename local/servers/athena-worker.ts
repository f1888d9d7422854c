/** How is Athena served in a thread of its own, so that a long query blocks nobody? */
import type { EngineProcessOptions } from '../athena/engine-process.ts';
import { startAthena } from '../athena/server.ts';
import { serveThread } from './thread.ts';

await serveThread((options: EngineProcessOptions) => startAthena(options));
