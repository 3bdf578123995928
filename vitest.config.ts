// Two kinds of room: `pure` needs nothing but the code; `living` gets a real PostgreSQL (and, where it
// asks for one, a real browser). Clocks in living tests are practice clocks of seconds.
import { defineConfig } from 'vitest/config';

const exclude = ['**/node_modules/**', '**/dist/**', 'data/**'];

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: [
            'packages/{core,log,protocol,connector}/**/*.test.ts',
            'apps/**/*.test.ts',
            'test/house/**/*.test.ts',
          ],
          exclude,
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'living',
          include: [
            'packages/kit/**/*.test.{ts,tsx}',
            'services/**/*.test.{ts,tsx}',
            'practice/**/*.test.{ts,tsx}',
            'test/{flows,personas,privacy,faults,interop,browser}/**/*.test.ts',
          ],
          exclude,
          testTimeout: 60_000,
          hookTimeout: 60_000,
          globalSetup: ['test/postgres.global.ts'],
        },
      },
    ],
    maxWorkers: 2,
  },
});
