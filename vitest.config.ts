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
          // Chromium beside another room's load now and then answers nothing for a quarter of a minute, or cannot
          // draw. That, and nothing else, is asked once more; the report marks such a test with "retry".
          retry: {
            count: 1,
            condition: /^(page|locator|frame)\.\S+: Timeout \d+ms exceeded|Unable to capture screenshot/,
          },
          globalSetup: ['test/postgres.global.ts'],
        },
      },
    ],
    maxWorkers: 2,
  },
});
