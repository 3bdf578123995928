/** A registrar that lies to a wallet, in every part of what it says: each lie is found, and nothing is kept. */
import { toBase64url } from '@answerable/core/bytes';
import { drawIssuerKey, drawSecret, secretPoint } from '@answerable/core/presentation/issuance';
import { drawWholeKey } from '@answerable/core/presentation/scenario';
import { withConnection } from '@answerable/kit/database';
import { people } from '@answerable/practice-identity-provider/people';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork();
});
afterAll(() => network?.close());

type Json = Record<string, unknown>;
/** The network as a liar makes it: what comes back from `path` is changed. */
function changing(path: string, change: (answer: Json) => Json): typeof fetch {
  return async (url, init) => {
    const response = await fetch(url, init);
    if (!response.ok || new URL(String(url)).pathname !== path) return response;
    return Response.json(change((await response.json()) as Json));
  };
}

/** The registrar's tables without this network's people: so that one person can join again and again. */
async function forgetRecords(): Promise<void> {
  await withConnection(network.databases.registrar!.url, (run) =>
    run('truncate evidence_account, tag, leaf, batch, record_key, session, record cascade'),
  );
}

it('takes the truth: the same walk without a lie ends with a credential', async () => {
  const wallet = network.wallet({ fetch: changing('/enrolment/record', (answer) => answer) });
  expect(await enrolAs({ person: 'hounder' }, wallet)).toMatchObject({ end: 'joined' });
});

describe('a wallet refuses a registrar', () => {
  const person = 'hounder';
  const begun = (fetch: typeof globalThis.fetch) => network.wallet({ fetch }).beginEnrolment('join');
  const address = (change: (url: URL) => void) =>
    changing('/enrolment', (answer) => {
      const url = new URL(String(answer.authorizationUrl));
      change(url);
      return { ...answer, authorizationUrl: url.href };
    });

  it.each([
    ['another nonce', (url: URL) => url.searchParams.set('nonce', 'somebody-elses')],
    ['a second nonce', (url: URL) => url.searchParams.append('nonce', 'somebody-elses')],
    ['no nonce', (url: URL) => url.searchParams.delete('nonce')],
    ['another client', (url: URL) => url.searchParams.set('client_id', 'another')],
    [
      'a request object that asks for another nonce',
      (url: URL) => putRequest(url, { nonce: 'somebody-elses' }),
    ],
    ['a request object that names no nonce', (url: URL) => putRequest(url, { nonce: undefined })],
    ['a request object of another client', (url: URL) => putRequest(url, { client_id: 'another' })],
    ['a request object that cannot be read', (url: URL) => url.searchParams.set('request', 'a.b.c')],
    [
      'a request that lies elsewhere',
      (url: URL) => url.searchParams.set('request_uri', 'https://registrar.example/request'),
    ],
    ['another provider', (url: URL) => Object.assign(url, { host: 'provider.example' })],
  ])('that sends the person away with %s', async (_sin, change) => {
    await expect(begun(address(change))).rejects.toMatchObject({ name: 'Distrust', doubt: 'nonce' });
  });

  it('takes a request object that asks for what the address asks', async () => {
    const { authorizationUrl } = await begun(address((url) => putRequest(url, {})));
    expect(new URL(authorizationUrl).searchParams.has('request')).toBe(true);
  });

  it('that gives a code to read out, where an address was asked for', async () => {
    const { session } = await begun(fetch);
    const readOut = changing('/enrolment', () => ({ session, code: 'K7QF-2MXP' }));
    await expect(begun(readOut)).rejects.toMatchObject({ name: 'Distrust', doubt: 'answer' });
  });

  /** Joins with lies in the answer to `record`. The person is new each time: the record is not kept. */
  const lie = async (change: (answer: Json) => Json, policy = network.policy) => {
    await forgetRecords();
    const wallet = network.wallet({ fetch: changing('/enrolment/record', change), policy });
    const end = await enrolAs({ person }, wallet).catch((error: unknown) => error);
    expect((await wallet.look()).holds).toBe('nothing');
    return end;
  };
  const grant = (change: (grant: Json) => Json) => (answer: Json) => ({
    ...answer,
    grant: change(answer.grant as Json),
  });
  const attribute = (values: Json) =>
    grant((given) => ({ ...given, attributes: { ...(given.attributes as Json), ...values } }));
  const otherPoint = () => toBase64url(secretPoint(drawSecret()));

  it.each<[string, (answer: Json) => Json]>([
    ['hangs the person on another R', (answer) => ({ ...answer, recordPoint: otherPoint() })],
    ['says another ε', grant((given) => ({ ...given, entropy: toBase64url(drawSecret()) }))],
    ['says ε is zero', grant((given) => ({ ...given, entropy: toBase64url(new Uint8Array(32)) }))],
    ['marks with an odd flag', attribute({ over_18: 'Yes' })],
    ['marks with an odd residence', attribute({ residence: 'gb-4711' })],
    ['marks with a name', attribute({ name: 'marked' })],
    ['marks with a field of its own', attribute({ shoe_size: '44' })],
    ['signed something else', attribute({ over_16: 'no' })],
    ['serves an epoch of its own', grant((given) => ({ ...given, epoch: Number(given.epoch) + 1 }))],
  ])('that %s', async (_sin, change) => {
    expect(await lie(change)).toMatchObject({ name: 'Distrust', party: 'registrar' });
  });

  it('that seals somebody else’s name', async () => {
    await forgetRecords();
    const wallet = network.wallet();
    const expected = { name: 'Somebody Else', birthDate: people.find(({ id }) => id === person)!.birthDate };
    await expect(enrolAs({ person }, wallet, { expected })).rejects.toMatchObject({
      doubt: 'sealed identity',
    });
  });

  it('that does not open what it sealed', async () => {
    const sealRandomness = toBase64url(drawSecret());
    expect(await lie((answer) => ({ ...answer, sealRandomness }))).toMatchObject({
      doubt: 'sealed identity',
    });
  });

  it('with another issuer key, or another opening key, than the policy has', async () => {
    const { policy } = network;
    const issuerKey = toBase64url(drawIssuerKey().publicKey);
    const otherIssuer = { ...policy, registrar: { ...policy.registrar, issuerKey } };
    expect(await lie((answer) => answer, otherIssuer)).toMatchObject({ doubt: 'credential' });
    const publicKey = toBase64url(drawWholeKey().publicKey);
    const otherOpening = { ...policy, opening: { ...policy.opening, publicKey } };
    expect(await lie((answer) => answer, otherOpening)).toMatchObject({ doubt: 'sealed identity' });
  });

  it('that shows a receipt of something else', async () => {
    await forgetRecords();
    const swap = changing('/enrolment/receipt', (receipt) => ({
      ...receipt,
      leafIndex: 1,
      leaves: 2,
      batchProof: [toBase64url(new Uint8Array(32))],
    }));
    await expect(enrolAs({ person }, network.wallet({ fetch: swap }))).rejects.toMatchObject({
      name: 'Distrust',
      doubt: 'receipt',
    });
  });

  it('that changes ε or a flag at a renewal', async () => {
    await forgetRecords();
    const wallet = network.wallet();
    await enrolAs({ person }, wallet);
    const state = (await wallet.state())!;
    const entropy = toBase64url(drawSecret());
    const changed = changing('/issuance/challenge', (answer) => ({ ...answer, entropy }));
    await expect(network.wallet({ state, fetch: changed }).renew()).rejects.toMatchObject({
      doubt: 'record',
    });
    const flagged = changing('/issuance', (answer) => ({
      ...answer,
      attributes: { ...(answer.attributes as Json), residence: 'elsewhere' },
    }));
    await expect(network.wallet({ state, fetch: flagged }).renew()).rejects.toMatchObject({
      doubt: 'credential',
    });
  });
});

/** Adds a request object that says what the address says, but for `changed`. */
function putRequest(url: URL, changed: Json): void {
  const said = { ...Object.fromEntries(url.searchParams), ...changed };
  url.searchParams.set('request', ['{}', JSON.stringify(said), ''].map(encoded).join('.'));
}

const encoded = (text: string): string => Buffer.from(text).toString('base64url');
