/** Devices that hold a person's secret, and what a wallet does by itself at times that it draws. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { decodeCredential } from '@answerable/core/presentation/credential';
import { withConnection } from '@answerable/kit/database';
import { issuerKeyAt } from '@answerable/protocol/trust-policy';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceWallet, startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, enrolWithWords, returnAs, visitForum } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork();
});
afterAll(() => network?.close());

const rows = (sql: string, values: unknown[] = []) =>
  withConnection(network.databases.registrar!.url, (run) => run(sql, values));
const issuerOf = async (wallet: DeviceWallet) => {
  const { credential } = (await wallet.state())!.holding!;
  return toBase64url(decodeCredential(fromBase64url(credential)).issuerKey);
};
const atForum = ({ href }: URL) => href.startsWith(network.forum.redirectUri);
const signUp = (wallet: DeviceWallet, handle: string, slot = 1) =>
  visitForum(network.forum, wallet, { way: 'new', slot, handle }, undefined, atForum);
const signIn = (wallet: DeviceWallet) =>
  visitForum(network.forum, wallet, { way: 'sign-in', slot: 1 }, undefined, atForum);

describe('devices', () => {
  let first: DeviceWallet;
  let second: DeviceWallet;
  let words: string[];
  beforeAll(async () => {
    first = network.wallet({ label: 'Phone' });
    words = await enrolWithWords({ person: 'journalist' }, first);
    second = network.wallet({ label: 'Library' });
    await returnAs({ person: 'journalist' }, second, words);
  });

  const listed = async (wallet: DeviceWallet) => (await wallet.showRecord()).devices;

  it('are listed by the names that their person gave them, which the registrar cannot read', async () => {
    await second.nameDevice('Work computer');
    const devices = await listed(first);
    expect(devices.map(({ label, here }) => [label, here]).sort()).toEqual([
      ['Phone', true],
      ['Work computer', false],
    ]);
    const kept = await rows('select label from device');
    for (const { label } of kept)
      expect(Buffer.from(String(label), 'base64url').toString('latin1')).not.toMatch(/phone|work|library/i);
  });

  it('are removed by another device: no renewals, and the wallet there wipes itself', async () => {
    const gone = (await listed(first)).find(({ here }) => !here)!;
    await first.removeDevice(gone.device);
    await expect(first.removeDevice(gone.device)).rejects.toMatchObject({ code: 'device_removed' });
    expect(await listed(first)).toHaveLength(1);
    const copy = network.wallet({ state: (await second.state())! });
    await expect(copy.renew()).rejects.toMatchObject({ code: 'device_removed' });
    expect(await copy.look()).toMatchObject({ holds: 'nothing', farewell: { why: 'removed' } });
    expect(JSON.stringify(await copy.state())).not.toContain('credential');
    expect(await second.lookIn()).toBe('removed');
    expect((await second.state())?.holding).toBeUndefined();
    await first.renew();
    // The words bring the person back on that device, as another one.
    await returnAs({ person: 'journalist' }, second, words);
    expect(await listed(first)).toHaveLength(2);
  });

  it('do not wipe themselves because a registrar says so', async () => {
    const state = (await first.state())!;
    const noise = toBase64url(new Uint8Array(64));
    const pretending =
      (removal: unknown): typeof fetch =>
      async (url, init) => {
        const response = await fetch(url, init);
        if (!String(url).endsWith('/record/look-in')) return response;
        return Response.json({ ...((await response.json()) as object), removal });
      };
    // Also not with the proof by which another device was removed.
    const [kept] = await rows(
      'select removal_nonce, removal_proof from device where removal_proof is not null',
    );
    for (const removal of [
      { nonce: toBase64url(new Uint8Array(16)), proof: noise },
      { nonce: kept!.removal_nonce, proof: kept!.removal_proof },
    ]) {
      const device = network.wallet({ state, fetch: pretending(removal) });
      expect(await device.lookIn()).toMatchObject({ standing: 'live' });
      expect(await device.look()).toMatchObject({ holds: 'credential' });
    }
  });

  it('that the record does not know get no renewal, and nobody registers a key that is not theirs', async () => {
    const { holding } = (await first.state())!;
    const { device: _none, ...without } = holding!;
    const bodies: Record<string, unknown>[] = [];
    const careless: typeof fetch = async (url, init) => {
      if (!String(url).endsWith('/issuance')) return fetch(url, init);
      const { device: _left, ...body } = JSON.parse(String(init?.body));
      bodies.push(body);
      return fetch(url, { ...init, body: JSON.stringify(body) });
    };
    const wallet = network.wallet({ state: { v: 1, holding: holding! }, fetch: careless });
    await expect(wallet.renew()).rejects.toMatchObject({ code: 'device_removed' });
    expect(bodies.length).toBeGreaterThan(0);
    const foreign: typeof fetch = (url, init) => {
      if (!String(url).endsWith('/devices')) return fetch(url, init);
      const body = JSON.parse(String(init?.body));
      body.call.possession = toBase64url(new Uint8Array(64));
      return fetch(url, { ...init, body: JSON.stringify(body) });
    };
    await expect(
      network.wallet({ state: { v: 1, holding: without }, fetch: foreign }).nameDevice('x'),
    ).rejects.toMatchObject({ code: 'presentation_refused' });
  });
});

describe('errands', () => {
  it('renew at a time drawn once for the epoch, within grace, and not before it', async () => {
    const wallet = network.wallet();
    await enrolAs({ person: 'newcomer' }, wallet);
    const { epoch } = await wallet.look();
    expect(await issuerOf(wallet)).toBe(issuerKeyAt(network.policy, epoch!));
    const toNext = 3600_000 - (network.clock.now().getTime() % 3600_000);
    network.clock.advance({ seconds: toNext / 1000 + 1 });
    const now = network.clock.now().getTime();
    await wallet.planErrands();
    const { renewal } = (await wallet.state())!.holding!.errands!;
    expect(renewal!.epoch).toBe(epoch! + 1);
    expect(renewal!.at).toBeGreaterThanOrEqual(now);
    expect(renewal!.at).toBeLessThan(now + 600_000);
    await wallet.planErrands();
    expect((await wallet.state())!.holding!.errands!.renewal).toEqual(renewal);
    if (renewal!.at > network.clock.now().getTime() + 2_000) {
      await wallet.doErrands();
      expect((await wallet.look()).epoch).toBe(epoch);
    }
    network.clock.advance({ seconds: 600 });
    await wallet.doErrands();
    expect((await wallet.look()).epoch).toBe(epoch! + 1);
    expect((await wallet.state())!.holding!.errands!.renewal).toBeUndefined();
    // The next epoch has another issuer key.
    expect(await issuerOf(wallet)).toBe(issuerKeyAt(network.policy, epoch! + 1));
    expect(issuerKeyAt(network.policy, epoch! + 1)).not.toBe(issuerKeyAt(network.policy, epoch!));
  });

  it('differ from wallet to wallet', async () => {
    const wallet = network.wallet();
    await enrolAs({ person: 'neighbour' }, wallet);
    const times = new Set<number>();
    network.clock.advance({ seconds: 3600 });
    const { errands: _drawn, ...holding } = (await wallet.state())!.holding!;
    for (let i = 0; i < 8; i++) {
      const one = network.wallet({ state: { v: 1, holding } });
      await one.planErrands();
      times.add((await one.state())!.holding!.errands!.renewal!.at);
    }
    expect(times.size).toBe(8);
  });

  it('that were missed bar nobody', async () => {
    const wallet = network.wallet();
    await enrolAs({ person: 'young' }, wallet);
    await signUp(wallet, 'away');
    network.clock.advance({ days: 90 });
    await signIn(wallet);
    await signUp(wallet, 'again', 2);
  });
});
