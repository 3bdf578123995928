/** The wallet in Chromium: what a person waits for. */
import { load } from '../measure.mjs';
import { benchProve } from './prove.ts';

console.log(`\nWallet, in a real Chromium without a window; ${load()}`);
await benchProve();
