/**
 * Recall end to end: words typed on an empty device, keepers asked over HTTP with their databases, shares combined,
 * the record met again and a credential issued. Signing in at the evidence provider is outside the window. All
 * services in this one process, so it says more about the work than about the waiting.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startEmbeddedPostgres } from '@answerable/kit/embedded-postgres';
import { provisionDatabases } from '@answerable/kit/provision';
import { startTrialNetwork } from '@answerable/practice-people/testing/trial-network';
import { enrolAs, enrolWithWords } from '@answerable/practice-people/visit';
import { row, spread } from './measure.mjs';

const rounds = 30;
const warmUps = 3;
const person = 'hounded';

process.env.ANSWERABLE_MODE ??= 'practice';
for (const keepers of [
  { needed: 2, of: 3 },
  { needed: 3, of: 5 },
]) {
  const folder = mkdtempSync(join(tmpdir(), 'answerable-bench-recall-'));
  const { adminUrl, erase } = await startEmbeddedPostgres({ dataDir: join(folder, 'postgres') });
  const newDatabase = async (name: string) => {
    const secretsDir = join(folder, 'secrets');
    const urls = await provisionDatabases({ adminUrl, secretsDir, services: [name] });
    return { url: urls[name]!, drop: async () => {} };
  };
  const limits = { recallBudget: 1000, recallPerDay: 1000 };
  const network = await startTrialNetwork(limits, keepers, newDatabase);
  try {
    const words = await enrolWithWords({ person }, network.wallet());
    const times: number[] = [];
    for (let at = 0; at < warmUps + rounds; at++) {
      const device = network.wallet();
      await enrolAs({ person }, device, { purpose: 'return' });
      const begun = performance.now();
      const back = await device.recall(words);
      if (at >= warmUps) times.push(performance.now() - begun);
      await back.everyFault;
    }
    console.log(row(`answerable: recall, ${keepers.needed} of ${keepers.of} keepers`, spread(times)));
  } finally {
    await network.close();
    await erase();
    rmSync(folder, { recursive: true, force: true });
  }
}
