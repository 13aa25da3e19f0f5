import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    globalSetup: ['test/support/temporary-folder.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Browsers, signals and a database server beside the tests: a busy machine may make one of them late.
    retry: process.env['CI'] === undefined ? 0 : 1,
    pool: 'threads',
  },
});
