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
});
afterAll(() => network?.close());

async function answerOf(by: DeviceWallet, slot = 1): Promise<NewAccount> {
  const { text } = await askedBy(network.forum, createBrowser());
  const { answer } = await by.answerRequest(text, { way: 'new', slot, handle: `wren_${slot}` });
  return answer as NewAccount;
}
const sizeNow = async (): Promise<number> =>
  Number((await (await fetch(`${network.origin('logbook')}/checkpoint`)).text()).split('\n')[1]);

async function until(what: () => Promise<boolean>): Promise<void> {
  await expect.poll(what).toBe(true);
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

describe('a delay that a person chose', () => {
  it('is enforced, is over in time, and is undone only on purpose', async () => {
    await wallet.waitBeforeUse(3);
    const { waitUntil } = await wallet.look();
    expect(Date.parse(waitUntil!) - network.clock.now().getTime()).toBeGreaterThan(2 * 86_400_000);
    await expect(answerOf(wallet)).rejects.toMatchObject({ name: 'StillWaiting' });
    const early = network.wallet({ state: (await wallet.state())! });
    await expect(answerOf(early)).rejects.toMatchObject({ name: 'StillWaiting' });
    await early.stopWaiting();
    expect(await answerOf(early)).toMatchObject({ kind: 'new-account' });
  });
  it('holds no sign-in to an account that exists', async () => {
    const { text } = await askedBy(network.forum, createBrowser());
    expect((await wallet.answerRequest(text, { way: 'sign-in', slot: 1 })).answer.kind).toBe('sign-in');
  });
  it.each([0, -1, 1.5, 400, Number.NaN])('is not of %d days', async (days) => {
    await expect(wallet.waitBeforeUse(days)).rejects.toBeInstanceOf(RangeError);
  });
});

describe('a name to be seen under', () => {
  const asked = async () => (await askedBy(network.forum, createBrowser())).text;
  it('is proposed: the same for the same account, another for another, and one more on demand', async () => {
    const text = await asked();
    const names = [
      await wallet.proposeName(text, 1, 0),
      await wallet.proposeName(text, 1, 1),
      await wallet.proposeName(text, 2, 0),
    ];
    expect(new Set(names).size).toBe(3);
    for (const name of names) expect(name).toMatch(/^([bdlmnrstvw][aeiou]){4}\d\d$/);
    expect(await wallet.proposeName(await asked(), 1, 0)).toBe(names[0]);
  });
  it('is remembered as marks: at its own place it is no news, and no word of it lies in the state', async () => {
    await wallet.stopWaiting();
    await answerOf(wallet);
    const state = (await wallet.state())!;
    expect(await wallet.usedElsewhere(await asked(), 'wren_1')).toBe(false);
    expect(await wallet.usedElsewhere(await asked(), 'never_used')).toBe(false);
    expect(JSON.stringify(state)).not.toMatch(/wren|forum/);
    // The same marks, of another place: as they would be had the name gone there.
    const handles = state.handles!.map((mark) => ({ ...mark, place: mark.name }));
    const moved = network.wallet({ state: { ...state, handles } });
    expect(await moved.usedElsewhere(await asked(), 'wren_1')).toBe(true);
    expect(await moved.usedElsewhere(await asked(), 'never_used')).toBe(false);
  });
});

describe('what the wallet counts', () => {
  it('is read once, kept, and read on from there', async () => {
    const fetched: string[] = [];
    const fetching: typeof fetch = async (url, init) => {
      fetched.push(String(url));
      return fetch(url, init);
    };
    const { tally: _none, ...state } = (await wallet.state())!;
    const counting = network.wallet({ state, fetch: fetching });
    expect(await counting.counts()).toBeUndefined();
    while (!(await counting.surveyLog()));
    const counts = (await counting.counts())!;
    expect(counts).toMatchObject({ opened: 0, refused: { least: 0, most: 0 } });
    expect(counts.people).toBeGreaterThanOrEqual(2);
    expect(counts.read).toBeGreaterThan(8);
    const bundles = () => fetched.filter((url) => url.includes('/tile/entries/000')).length;
    expect(bundles()).toBeGreaterThan(0);
    const kept = (await counting.state())!;
    expect(kept.tally).toMatchObject({ of: kept.holding!.recordPoint, own: [] });
    expect(
      await network.wallet({ state: kept, fetch: () => Promise.reject(new Error('offline')) }).counts(),
    ).toEqual(counts);
  });
  it('has the refusals of guardians, with every quarter that is over', async () => {
    const quarterAhead = { days: 100 };
    network.clock.advance(quarterAhead);
    await until(async () => {
      while (!(await wallet.surveyLog()));
      return (await wallet.counts())!.silent.length === 0;
    });
  });
});
