/** A name in a credential: only for who asks, from evidence just shown, for one credential, and never unasked. */
import { fromBase64url } from '@answerable/core/bytes';
import { decodeCredential } from '@answerable/core/presentation/credential';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeviceWallet, startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, proveWho } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork();
});
afterAll(() => network?.close());

const shown = { person: 'survivor' };
const nameIn = async (wallet: DeviceWallet) =>
  decodeCredential(fromBase64url((await wallet.state())!.holding!.credential)).attributes.name;
async function askForName(wallet: DeviceWallet, named = true) {
  const { authorizationUrl } = await wallet.beginEnrolment('return', undefined, named);
  return wallet.finishEnrolment(await proveWho(authorizationUrl, shown));
}
/** Everything that leaves passes here; what goes to the issuance can be changed on its way. */
const meddling =
  (change: (body: Record<string, unknown>) => void): typeof fetch =>
  (url, init) => {
    if (!String(url).endsWith('/issuance')) return fetch(url, init);
    const body = JSON.parse(String(init?.body));
    change(body);
    return fetch(url, { ...init, body: JSON.stringify(body) });
  };

describe('a name', () => {
  let wallet: DeviceWallet;
  beforeAll(async () => {
    wallet = network.wallet();
    await enrolAs(shown, wallet);
  });

  it('is not in a credential by itself, and not after coming back for something else', async () => {
    expect(await nameIn(wallet)).toBe('');
    expect(await askForName(wallet, false)).toEqual({ end: 'returned' });
    expect(await nameIn(wallet)).toBe('');
  });

  it('is there for who asks and shows once more who they are; the next credential is blank again', async () => {
    expect(await askForName(wallet)).toEqual({ end: 'returned', named: true });
    expect(await nameIn(wallet)).toMatch(/^\S+ \S+/);
    await wallet.renew();
    expect(await nameIn(wallet)).toBe('');
  });

  it('is not given to who shows nothing anew: a renewal that asks for it stays blank', async () => {
    const asking = network.wallet({
      state: (await wallet.state())!,
      fetch: meddling((b) => (b.named = true)),
    });
    await asking.renew();
    expect(await nameIn(asking)).toBe('');
  });

  it.each([
    ['put in though nobody asked', false, (body: Record<string, unknown>) => (body.named = true)],
    ['left out though it was asked for', true, (body: Record<string, unknown>) => delete body.named],
  ])('%s is doubted, and the credential of before stays', async (_name, named, change) => {
    const other = network.wallet({ state: (await wallet.state())!, fetch: meddling(change) });
    await expect(askForName(other, named)).rejects.toMatchObject({ name: 'Distrust' });
    expect(await nameIn(other)).toBe('');
  });

  it('is not in the record that the registrar keeps', async () => {
    await askForName(wallet);
    const name = await nameIn(wallet);
    const { record } = await wallet.showRecord();
    expect(JSON.stringify(record)).not.toContain(name);
    expect(record.attributes.name ?? '').toBe('');
  });
});
