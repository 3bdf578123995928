/** The wallet in Chromium: what a person waits for. The network runs as processes of their own beside it. */
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { launch } from '@answerable/practice-constellation/launch';
import { load } from '../measure.mjs';
import { openChromium } from './chromium.ts';
import { benchFirstLoad } from './first-load.ts';
import { benchProve } from './prove.ts';
import { benchSignIn } from './sign-in.ts';

console.log(`\nWallet, in a real Chromium without a window; ${load()}`);
await benchProve();
const network = await launch({
  dataDir: mkdtempSync(join(tmpdir(), 'answerable-bench-network-')),
  ports: 'free',
  separate: true,
  ephemeral: true,
});
const browser = await openChromium();
try {
  console.log(`  the practice network is up, a process for each trust domain; ${load()}`);
  await benchFirstLoad(browser, network);
  await benchSignIn(browser, network);
} finally {
  await browser.close();
  await network.close();
}
