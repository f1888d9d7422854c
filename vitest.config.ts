import { defineConfig } from 'vitest/config';

const common = { pool: 'forks', testTimeout: 60_000, hookTimeout: 120_000 } as const;

export default defineConfig({
  test: {
    maxWorkers: 2,
    projects: [
      { test: { ...common, name: 'service', include: ['tests/**/*.test.ts'], exclude: ['tests/web/**'] } },
      // One runtime with the demo for all of them, and a real browser.
      { test: { ...common, name: 'web', include: ['tests/web/**/*.test.ts'], globalSetup: 'tests/web/setup.ts' } },
    ],
  },
});
