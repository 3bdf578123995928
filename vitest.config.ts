// Two kinds of room: `pure` needs nothing but the code; `living` gets a real PostgreSQL (and, where it
// asks for one, a real browser). Clocks in living tests are practice clocks of seconds.
import { defineConfig } from 'vitest/config';
import { LongestFirst } from './test/order.ts';

const exclude = ['**/node_modules/**', '**/dist/**', 'data/**'];

/**
 * How long a test waits for what must come, at most: long, because a machine full of tests is slow now and then, and
 * whoever waits goes on as soon as it is there.
 */
const expectPoll = { poll: { timeout: 60_000 } };

export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'pure',
          include: [
            'packages/{core,log,protocol,connector,nodebb-plugin-answerable}/**/*.test.ts',
            'apps/**/*.test.ts',
            'test/house/**/*.test.ts',
          ],
          exclude,
          testTimeout: 120_000,
          expect: expectPoll,
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
          testTimeout: 300_000,
          hookTimeout: 300_000,
          expect: expectPoll,
          setupFiles: ['test/patience.ts'],
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
    // One more than there are cores: a network at its clocks' pace, or a browser, leaves one idle now and then.
    maxWorkers: 3,
    sequence: { sequencer: LongestFirst },
  },
});
