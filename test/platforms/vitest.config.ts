// Real platforms: their own run, beside PostgreSQL as the living tests have it (npm run test:platforms).
import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/platforms/*.test.ts'],
    globalSetup: ['test/postgres.global.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    maxWorkers: 1,
  },
});
