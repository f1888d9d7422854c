import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';
import { isFull } from './tests/rounds.ts';
import { messages } from './web/compile-messages.ts';

// Limits for a hang, not for speed: a machine with other work on it takes a multiple of the usual time.
const limit = isFull ? 1_800_000 : 300_000;
// Tests start dozens of processes that load the same modules: they compile them once.
const env = { NODE_COMPILE_CACHE: fileURLToPath(new URL('node_modules/.cache/compile', import.meta.url)) };
const common = { pool: 'forks', testTimeout: limit, hookTimeout: limit, env } as const;
/** Need modules of their own: they mock some of them. */
const alone = ['tests/functions/told-metrics.test.ts', 'tests/connections/planted-signatures.test.ts'];

export default defineConfig({
  test: {
    // More than two cores: much of the time is waiting for processes.
    maxWorkers: 3,
    projects: [
      { test: { ...common, name: 'alone', include: alone } },
      // Many files in one process: what they import is loaded once.
      {
        test: {
          ...common,
          name: 'service',
          include: ['tests/**/*.test.ts'],
          exclude: ['tests/web/**', ...alone],
          isolate: false,
          globalSetup: 'tests/servers.ts',
          setupFiles: 'tests/tidy.ts',
          // Copies of the sources with something changed: Node loads them as it would the sources.
          server: { deps: { external: [/\.build\//] } },
        },
      },
      // One runtime with the demo and one browser for all of them.
      {
        plugins: [messages()],
        test: {
          ...common,
          name: 'web',
          include: ['tests/web/**/*.test.ts'],
          globalSetup: 'tests/web/setup.ts',
          setupFiles: 'tests/web/english.ts',
          isolate: false,
        },
      },
    ],
  },
});
