/** What people decide in the wallet, before and after something leaves it. */
import { fromBase64url } from '@answerable/core/bytes';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { periodSeconds } from '@answerable/protocol/log/rounding';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from './browser.ts';
import { type DeviceWallet, startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { askedBy, enrolAs } from './visit.ts';

let network: TrialNetwork;
let wallet: DeviceWallet;
beforeAll(async () => {
  network = await startTrialNetwork();
  wallet = network.wallet();
  await enrolAs({ person: 'hounded' }, wallet);
}, 120_000);
afterAll(() => network?.close());

async function answerOf(by: DeviceWallet, slot = 1): Promise<NewAccount> {
  const { text } = await askedBy(network.forum, createBrowser());
  const { answer } = await by.answerRequest(text, { way: 'new', slot, handle: `wren_${slot}` });
  return answer as NewAccount;
}
const sizeNow = async (): Promise<number> =>
  Number((await (await fetch(`${network.origin('logbook')}/checkpoint`)).text()).split('\n')[1]);

async function until(what: () => Promise<boolean>): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (await what()) return;
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
  throw new Error('it never came');
}
/** The next period of the log's clock, and its first checkpoint published. */
async function nextPeriod(): Promise<void> {
  const length = periodSeconds(network.policy);
  const now = network.clock.now().getTime() / 1000;
  network.clock.advance({ seconds: length - (now % length) + 1 });
  const before = await sizeNow();
  await until(async () => (await sizeNow()) > before + 8);
}

describe('the checkpoint of an admission', () => {
  it('is the newest in the period of the enrolment: there is no other that covers it', async () => {
    const { checkpoint } = await answerOf(wallet);
    const { holding } = (await wallet.state())!;
    expect(checkpoint.size).toBeGreaterThan(holding!.receipt!.entryIndex);
  });
  it('is the same for two people who sign up at different times of one later period', async () => {
    const other = network.wallet();
    await enrolAs({ person: 'hounder' }, other);
    await nextPeriod();
    const first = await answerOf(wallet);
    const sizeThen = await sizeNow();
    await until(async () => (await sizeNow()) > sizeThen);
    const second = await answerOf(other);
    expect(second.checkpoint).toEqual(first.checkpoint);
    expect(first.checkpoint.size).toBeLessThan(sizeThen);
    // The control: the newest checkpoint of a log tells two times apart, as long as it grows.
    expect(await sizeNow()).not.toBe(sizeThen);
    expect(first.checkpoint.size).toBeGreaterThan((await other.state())!.holding!.receipt!.entryIndex);
  });
  it('is taken by the gateway, and is the newest again where the log shows none that holds', async () => {
    const sins: Record<string, (good: string) => Response> = {
      'none is shown': () => new Response('', { status: 404 }),
      'it is not signed': (good) => new Response(good.replace(/\n\n— .*/s, '\n\n')),
      'its root was changed': (good) =>
        new Response(good.replace(/\n[A-Za-z0-9+/=]{44}\n/, `\n${'A'.repeat(43)}=\n`)),
    };
    for (const [sin, spoil] of Object.entries(sins)) {
      const fetching: typeof fetch = async (url, init) =>
        String(url).endsWith('/checkpoint.rounded')
          ? spoil(await (await fetch(url, init)).text())
          : fetch(url, init);
      const state = (await wallet.state())!;
      const least = await sizeNow();
      const { checkpoint } = await answerOf(network.wallet({ state, fetch: fetching }));
      expect(checkpoint.size, sin).toBeGreaterThanOrEqual(least);
      expect(fromBase64url(checkpoint.root)).toHaveLength(32);
    }
  });
  it('of a recalled wallet is never one from before it knew the log', async () => {
    const { holding, ...state } = (await wallet.state())!;
    const { leaf: _leaf, receipt: _receipt, ...recalled } = holding!;
    const back = network.wallet({ state: { ...state, holding: recalled } });
    const least = await sizeNow();
    expect((await answerOf(back)).checkpoint.size).toBeGreaterThanOrEqual(least);
    expect((await answerOf(back)).checkpoint.size).toBeGreaterThanOrEqual(least);
    await nextPeriod();
    const shared = await answerOf(back);
    expect(shared.checkpoint.size).toBeLessThan(await sizeNow());
    expect(shared.checkpoint).toEqual((await answerOf(wallet)).checkpoint);
  });
});
