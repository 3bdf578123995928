/** Joining, and everything that can be wrong about it, on either side. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { drawSecret, requestRecord, secretPoint } from '@answerable/core/presentation/issuance';
import { withConnection } from '@answerable/kit/database';
import { signInHeadless } from '@answerable/practice-identity-provider/headless';
import { recordBinding } from '@answerable/protocol/enrolment/binding';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage, verifyingKeyOf } from '@answerable/protocol/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createBrowser } from './browser.ts';
import { startTrialNetwork, type TrialNetwork } from './testing/trial-network.ts';
import { enrolAs, proveWho, visitForum } from './visit.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await startTrialNetwork();
});
afterAll(() => network?.close());

type Json = Record<string, unknown>;

const post = async (path: string, body: unknown): Promise<{ status: number; code?: string }> => {
  const response = await fetch(`${network.origin('registrar')}${path}`, {
    method: 'POST',
    // A connection of its own: an oversized body ends it.
    headers: { 'content-type': 'application/json', connection: 'close' },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, ...((await response.json()) as Json) };
};

const countOf = async (name: string, table: string): Promise<number> =>
  withConnection(network.databases[name]!.url, async (run) =>
    Number((await run(`select count(*)::int as n from ${table}`))[0]!.n),
  );

describe('a credential', () => {
  it('of the last period is still shown in the time of grace, and is renewed after it', async () => {
    const wallet = network.wallet();
    await enrolAs({ person: 'hounder' }, wallet);
    const isForum = ({ href }: URL) => href.startsWith(network.forum.redirectUri);
    const signUp = (slot: number, handle: string) =>
      visitForum(network.forum, wallet, { way: 'new', slot, handle }, createBrowser(), isForum);
    const { epoch } = await wallet.look();
    const { epochSeconds, graceSeconds } = network.policy;
    const nowSeconds = network.clock.now().getTime() / 1000;
    network.clock.advance({ seconds: epochSeconds - (nowSeconds % epochSeconds) + 1 });
    await signUp(1, 'in_grace');
    expect((await wallet.look()).epoch).toBe(epoch);
    network.clock.advance({ seconds: graceSeconds });
    await signUp(2, 'after_grace');
    expect((await wallet.look()).epoch).toBe(epoch! + 1);
    await expect(signUp(3, 'one_too_many')).rejects.toMatchObject({ code: 'accounts_exhausted' });
    await forgetRecords();
  });
});

describe('a person', () => {
  it('joins, and signs up and in at a forum', async () => {
    const wallet = network.wallet();
    const expected = { name: 'Priya Marlowe', birthDate: '1989-04-12' };
    const end = await enrolAs({ person: 'hounded' }, wallet, { expected });
    expect(end).toMatchObject({ end: 'joined', identity: { ...expected } });
    const situation = await wallet.look();
    expect(situation).toMatchObject({ holds: 'credential', ready: true, wordsSet: false });
    expect(situation.attributes).toEqual({
      over_13: 'yes',
      over_16: 'yes',
      over_18: 'yes',
      residence: 'gb',
      assurance: 'medium',
      reset_recent: 'no',
      name: '',
    });
    const isForum = ({ href }: URL) => href.startsWith(network.forum.redirectUri);
    const browser = createBrowser();
    const up = await visitForum(
      network.forum,
      wallet,
      { way: 'new', slot: 1, handle: 'priya_bakes' },
      browser,
      isForum,
    );
    expect(new URL(up.url).searchParams.get('code')).toBeTruthy();
    const again = await visitForum(
      network.forum,
      wallet,
      { way: 'sign-in', slot: 1 },
      createBrowser(),
      isForum,
    );
    expect(new URL(again.url).searchParams.get('code')).toBeTruthy();
    const inbox = await wallet.readInbox({ gateway: 'gateway', platform: 'forum', slot: 1 });
    expect(inbox).toMatchObject({ standing: 'good', items: [] });
    await expect(
      visitForum(network.forum, wallet, { way: 'new', slot: 1, handle: 'priya_twice' }),
    ).rejects.toMatchObject({ code: 'slot_taken' });
    expect(await wallet.findNotices()).toMatchObject({ notices: [] });
  });

  it('who lives elsewhere, and who is fifteen, are described as such', async () => {
    const [abroad, young] = [network.wallet(), network.wallet()];
    await enrolAs({ person: 'abroad' }, abroad);
    await enrolAs({ person: 'young' }, young);
    expect((await abroad.look()).attributes).toMatchObject({ residence: 'elsewhere' });
    expect((await young.look()).attributes).toMatchObject({ over_13: 'yes', over_16: 'no', over_18: 'no' });
  });

  it('who joins twice is known, also with a fresh wallet', async () => {
    await enrolAs({ person: 'neighbour' }, network.wallet());
    await expect(enrolAs({ person: 'neighbour' }, network.wallet())).rejects.toMatchObject({
      code: 'person_known',
    });
  });

  it('who stops at the provider is told so, and can begin again', async () => {
    const wallet = network.wallet();
    const stopped = enrolAs({ person: 'newcomer', outcome: 'stopped' }, wallet);
    await expect(stopped).rejects.toMatchObject({ code: 'evidence_denied' });
    const failed = enrolAs({ person: 'newcomer', outcome: 'failed' }, wallet);
    await expect(failed).rejects.toMatchObject({ code: 'evidence_document' });
    expect(await enrolAs({ person: 'newcomer' }, wallet)).toMatchObject({ end: 'joined' });
  });

  it('who signs up three times at one instant becomes one record', async () => {
    const before = await countOf('registrar', 'record');
    const ends = await Promise.allSettled(
      [1, 2, 3].map(() => enrolAs({ person: 'whistleblower' }, network.wallet())),
    );
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    for (const end of ends)
      if (end.status === 'rejected') expect(end.reason).toMatchObject({ code: 'person_known' });
    expect(await countOf('registrar', 'record')).toBe(before + 1);
  });

  it('who signs up with both documents at one instant becomes one record', async () => {
    const before = await countOf('registrar', 'record');
    const ends = await Promise.allSettled([
      enrolAs({ person: 'journalist' }, network.wallet()),
      enrolAs({ person: 'journalist', account: 'second' }, network.wallet()),
    ]);
    expect(ends.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    const refused = ends.find(({ status }) => status === 'rejected') as PromiseRejectedResult;
    expect(refused.reason).toMatchObject({ code: 'person_unsure' });
    expect(await countOf('registrar', 'record')).toBe(before + 1);
  });

  it('whose answer was lost asks again and has the same record', async () => {
    let lost = false;
    const losing: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (lost || !String(url).endsWith('/enrolment/record')) return response;
      lost = true;
      throw new TypeError('connection reset');
    };
    const wallet = network.wallet({ fetch: losing });
    const { authorizationUrl } = await wallet.beginEnrolment('join');
    const back = await proveWho(authorizationUrl, { person: 'closeted' });
    await expect(wallet.finishEnrolment(back)).rejects.toMatchObject({ code: 'unavailable' });
    expect(await wallet.finishEnrolment(back)).toMatchObject({ end: 'joined' });
  });

  it('whose answer was lost for good begins again with the same secret', async () => {
    const losing: typeof fetch = async (url, init) => {
      const response = await fetch(url, init);
      if (String(url).endsWith('/enrolment/record')) throw new TypeError('connection reset');
      return response;
    };
    const first = network.wallet({ fetch: losing });
    await expect(enrolAs({ person: 'survivor' }, first)).rejects.toMatchObject({ code: 'unavailable' });
    const before = await countOf('registrar', 'record');
    const again = network.wallet({ state: (await first.state())! });
    expect(await enrolAs({ person: 'survivor' }, again)).toMatchObject({ end: 'joined' });
    expect(await countOf('registrar', 'record')).toBe(before);
  });
});

describe('the registrar, ended and started again', () => {
  it('between sign-in and record asks for a new sign-in: nothing of the person was written', async () => {
    const wallet = network.wallet();
    const { authorizationUrl } = await wallet.beginEnrolment('join');
    const back = await proveWho(authorizationUrl, { person: 'hounder' });
    await network.restartRegistrar();
    await expect(wallet.finishEnrolment(back)).rejects.toMatchObject({ code: 'session_unknown' });
  });

  it('between record and receipt still brings the leaf into the log', async () => {
    let restarted = false;
    const restarting: typeof fetch = async (url, init) => {
      if (!restarted && String(url).endsWith('/enrolment/receipt')) {
        restarted = true;
        await network.restartRegistrar();
      }
      return fetch(url, init);
    };
    const wallet = network.wallet({ fetch: restarting });
    expect(await enrolAs({ person: 'hounder' }, wallet)).toMatchObject({ end: 'joined' });
    expect(restarted).toBe(true);
    await forgetRecords();
  });
});

/** A commitment that the registrar would take for this wallet's session. */
async function commitmentOf(wallet: ReturnType<TrialNetwork['wallet']>): Promise<Json> {
  const { id, secret } = (await wallet.state())!.session!;
  const { request } = requestRecord(fromBase64url(secret!), recordBinding(network.policy.registrar.name, id));
  return {
    commitmentWithProof: toBase64url(request.commitmentWithProof),
    bindingProof: toBase64url(request.bindingProof),
  };
}

/** The registrar's tables without this network's people: so that one person can join again and again. */
async function forgetRecords(): Promise<void> {
  await withConnection(network.databases.registrar!.url, (run) =>
    run('truncate evidence_account, tag, leaf, batch, record_key, session, record cascade'),
  );
}

describe('the registrar refuses', () => {
  it('a code that was used, and one of another browser', async () => {
    const wallet = network.wallet();
    const { authorizationUrl } = await wallet.beginEnrolment('join');
    const callback = await signInHeadless({ authorizationUrl, person: 'hounder' });
    const first = await fetch(callback, { redirect: 'manual' });
    expect(first.headers.get('location')).toContain('#/enrolled?session=');
    const second = await fetch(callback, { redirect: 'manual' });
    expect(await second.json()).toMatchObject({ code: 'session_unknown' });
    const session = (await wallet.state())!.session!.id;
    await expect(
      wallet.finishEnrolment({ session, code: toBase64url(new Uint8Array(16)) }),
    ).rejects.toMatchObject({ code: 'wrong_browser' });
    await expect(
      wallet.finishEnrolment({ session: toBase64url(new Uint8Array(16)), code: session }),
    ).rejects.toMatchObject({ code: 'wrong_browser' });
  });

  it('a record for who sent their own address to somebody else and never saw the code', async () => {
    const thief = network.wallet();
    const { authorizationUrl } = await thief.beginEnrolment('join');
    await fetch(await signInHeadless({ authorizationUrl, person: 'hounder' }), { redirect: 'manual' });
    const { id, key } = (await thief.state())!.session!;
    const call = (step: string, body: Json) =>
      post(
        `/enrolment/${step}`,
        signMessage(fromBase64url(key), messageLabels.walletCall, { session: id, call: step, body }),
      );
    const proofs = await commitmentOf(thief);
    expect(await call('record', proofs)).toMatchObject({ code: 'wrong_browser' });
    expect(await call('review', {})).toMatchObject({ code: 'wrong_browser' });
    expect(await countOf('registrar', 'record')).toBe(0);
  });

  it('evidence that was given to another wallet key', async () => {
    const [victim, thief] = [network.wallet(), network.wallet()];
    const { authorizationUrl } = await victim.beginEnrolment('join');
    const begun = await thief.beginEnrolment('join');
    const victims = new URL(await signInHeadless({ authorizationUrl, person: 'hounder' }));
    // The thief brings the victim's code to their own session.
    victims.searchParams.set('state', new URL(begun.authorizationUrl).searchParams.get('state')!);
    const answer = await fetch(victims, { redirect: 'manual' });
    // The code was asked for with the victim's challenge; without one the nonce would not be the thief's.
    expect(answer.headers.get('location')).toContain('refusal=session_unknown');
  });

  it('a session that is over', async () => {
    const wallet = network.wallet();
    const { authorizationUrl } = await wallet.beginEnrolment('join');
    const callback = await signInHeadless({ authorizationUrl, person: 'hounder' });
    network.clock.advance({ hours: 2 });
    const answer = await fetch(callback, { redirect: 'manual' });
    expect(await answer.json()).toMatchObject({ code: 'session_unknown' });
  });

  it('calls that another key signed, and calls out of order', async () => {
    const wallet = network.wallet();
    await wallet.beginEnrolment('join');
    const { id, key } = (await wallet.state())!.session!;
    const call = (name: string, body: unknown, by: Uint8Array) =>
      signMessage(by, messageLabels.walletCall, { session: id, call: name, body });
    const own = fromBase64url(key);
    expect(await post('/enrolment/receipt', call('receipt', {}, new Uint8Array(32).fill(7)))).toMatchObject({
      code: 'signature_refused',
    });
    expect(await post('/enrolment/receipt', call('receipt', {}, own))).toMatchObject({
      code: 'session_state',
    });
    expect(await post('/recall/keys', call('recall-open', {}, own))).toMatchObject({ code: 'session_state' });
  });

  it('what is not of the expected shape', async () => {
    const good = {
      purpose: 'join',
      route: 'login',
      walletKey: verifyingKeyOf(new Uint8Array(32).fill(1)),
      walletOrigin: network.policy.wallets[0],
      secretPoint: toBase64url(secretPoint(drawSecret())),
    };
    const identity = Buffer.from('c0' + '00'.repeat(47), 'hex').toString('base64url');
    const notOnCurve = Buffer.from('a0' + '00'.repeat(46) + '01', 'hex').toString('base64url');
    for (const bad of [
      { ...good, secretPoint: identity },
      { ...good, secretPoint: notOnCurve },
      { ...good, secretPoint: good.secretPoint.slice(1) },
      { ...good, secretPoint: undefined },
      { ...good, purpose: 'return' },
      { ...good, purpose: 'rejoin' },
      { ...good, route: undefined },
      { ...good, route: '' },
      { ...good, route: 'Login' },
      { ...good, extra: 1 },
      '{"purpose":',
      '[]',
    ])
      expect(await post('/enrolment', bad)).toMatchObject({ status: 400, code: 'malformed' });
    for (const route of ['nowhere', 'constructor'])
      expect(await post('/enrolment', { ...good, route })).toMatchObject({ code: 'route_unknown' });
    expect(await post('/enrolment', { ...good, walletOrigin: 'http://evil.example' })).toMatchObject({
      code: 'party_unknown',
    });
    expect(await post('/enrolment', { ...good, extra: 'x'.repeat(600_000) })).toMatchObject({
      code: 'body_too_large',
    });
    expect((await fetch(`${network.origin('registrar')}/health`)).status).toBe(200);
  });

  it('a credential to who does not know the secret of the record', async () => {
    const wallet = network.wallet();
    await enrolAs({ person: 'hounder' }, wallet);
    const { holding } = (await wallet.state())!;
    const other = network.wallet();
    const challenge = await post('/issuance/challenge', { recordPoint: holding!.recordPoint });
    expect(challenge.status).toBe(200);
    const proof = {
      commitmentWithProof: toBase64url(new Uint8Array(112)),
      bindingProof: toBase64url(new Uint8Array(96)),
    };
    const { nonce } = challenge as unknown as { nonce: string };
    const body = { recordPoint: holding!.recordPoint, nonce, ...proof };
    expect([400, 403]).toContain((await post('/issuance', body)).status);
    expect(await post('/issuance', body)).toMatchObject({ code: 'nonce_expired' });
    await expect(other.renew()).rejects.toMatchObject({ code: 'person_unknown' });
    await wallet.renew();
  });
});
