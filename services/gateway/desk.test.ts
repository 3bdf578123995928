import { randomBytes } from 'node:crypto';
import { openFrom } from '@answerable/core/escrow/envelope';
import type { Credential } from '@answerable/core/presentation/credential';
import { withConnection } from '@answerable/kit/database';
import { freePort } from '@answerable/kit/free-port';
import { serve } from '@answerable/kit/serve';
import {
  accountSub,
  filingCommitment,
  noticeCommitment,
  packageSealInfo,
} from '@answerable/protocol/disclosure/case-file';
import { type AuthorityAsk, casePackage, filedCase } from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { openSigned, signMessage } from '@answerable/protocol/signed';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { postJson, type Scene, startScene, token } from './testing/scene.ts';
import { signCall } from './testing/wallet.ts';

let scene: Scene;
let closeOthers: () => Promise<void>;
const logouts: string[] = [];
const passedOn: { path: string; bearer: string | undefined; body: unknown }[] = [];

beforeAll(async () => {
  const port = await freePort();
  const app = new Hono();
  app.post('/logout', async (c) => {
    const form = await c.req.parseBody();
    const payload = String(form.logout_token).split('.')[1]!;
    logouts.push(JSON.parse(Buffer.from(payload, 'base64url').toString()).sub);
    return c.body(null, 200);
  });
  app.post('/holder/:what', async (c) => {
    passedOn.push({ path: c.req.path, bearer: c.req.header('authorization'), body: await c.req.json() });
    return c.json({});
  });
  const served = await serve(app, { port });
  closeOthers = served.close;
  const others = `http://localhost:${port}`;
  scene = await startScene({ deskOrigin: others, platform: { backchannelLogoutUri: `${others}/logout` } });
});
afterAll(async () => {
  await scene?.close();
  await closeOthers?.();
});

const id = () => randomBytes(16).toString('base64url');
const row = (text: string, values: unknown[] = []) =>
  withConnection(scene.databaseUrl, (run) => run(text, values));
const subs = async () => (await row('select sub from account')).map(({ sub }) => sub as string);

async function personWith(accounts: number): Promise<{ person: Credential; subs: string[] }> {
  const before = new Set(await subs());
  const person = scene.network.enrol();
  for (let slot = 1; slot <= accounts; slot++) await scene.admit(person, { slot });
  return { person, subs: (await subs()).filter((sub) => !before.has(sub)) };
}

const call = async (person: Credential, what: Parameters<typeof signCall>[3], slot = 1) => {
  const { scope } = (await scene.arrive()).request.message;
  const response = await postJson(
    { fetch },
    `${scene.config.origin}/account/calls`,
    signCall(person, scope, 'gateway', what, slot),
  );
  return { status: response.status, body: await response.json() };
};

describe('numbers per person within a case', () => {
  it('are one for three accounts of one person, stable, and another in another case', async () => {
    const [one, other] = [await personWith(3), await personWith(1)];
    const ask = (caseId: string) => scene.desk('persons', { caseId, subs: [...one.subs, ...other.subs] });
    const caseId = id();
    const { persons } = (await ask(caseId)).body as unknown as { persons: { sub: string; person: number }[] };
    const numberOf = (sub: string) => persons.find((p) => p.sub === sub)!.person;
    expect(new Set(one.subs.map(numberOf)).size).toBe(1);
    expect(numberOf(other.subs[0]!)).not.toBe(numberOf(one.subs[0]!));
    expect((await ask(caseId)).body).toEqual({ persons });
    const elsewhere = await Promise.all([id(), id(), id()].map(ask));
    expect(elsewhere.some(({ body }) => JSON.stringify(body) !== JSON.stringify({ persons }))).toBe(true);
  });

  it('are for the desk only', async () => {
    expect((await scene.desk('persons', { caseId: id(), subs: [] }, 'x'.repeat(40))).status).toBe(401);
  });
});

describe('a bar on the person', () => {
  it('ends the sessions of all accounts, tells the platform, and refuses old and new accounts until lifted', async () => {
    const { person, subs: all } = await personWith(2);
    const sanction = id();
    const bar = { sanction, caseId: id(), sub: all[1], holds: 'person', step: 'bar', until: '2099-01-01' };
    const done = await scene.desk('sanctions', bar);
    expect(new Set((done.body as unknown as { accounts: string[] }).accounts)).toEqual(new Set(all));
    expect(logouts.filter((sub) => all.includes(sub)).sort()).toEqual([...all].sort());
    expect(await row('select 1 from oidc_state where account = any($1)', [all])).toEqual([]);
    expect((await scene.signIn(person)).body.code).toBe('barred');
    expect((await scene.admit(person, { slot: 3 })).body.code).toBe('barred');
    expect((await scene.desk('sanctions', bar)).body).toEqual(done.body);
    await scene.desk(`sanctions/${sanction}/lift`, {});
    expect((await scene.signIn(person)).body.resume).toBeDefined();
    expect((await scene.admit(person, { slot: 3 })).body.resume).toBeDefined();
  });

  it('is told to the platform later, if it could not be told at once', async () => {
    const { subs: all } = await personWith(1);
    await row(
      `insert into telling (act, lane, way, target, sub, notice, state, next_at)
       values ($1, 'sign-out', 'sign-out', 'forum', $2, '', 'pending', now() + interval '1 minute')`,
      [id(), all[0]],
    );
    await scene.restart();
    await expect.poll(() => logouts.includes(all[0]!)).toBe(true);
    await expect.poll(() => row(`select 1 from telling where state = 'pending'`)).toEqual([]);
  });
});

describe('a sanction on one account', () => {
  it('leaves the others, and a suspension ends by itself', async () => {
    const { person, subs: all } = await personWith(2);
    const first = (await row('select sub from account where sub = any($1) and slot = 1', [all]))[0]!.sub;
    const suspend = {
      sanction: id(),
      caseId: id(),
      sub: first,
      holds: 'account',
      step: 'suspend',
      until: '2099-01-01',
    };
    expect((await scene.desk('sanctions', suspend)).body).toEqual({ accounts: [first] });
    expect((await scene.signIn(person, 1)).body.code).toBe('suspended');
    expect((await scene.signIn(person, 2)).body.resume).toBeDefined();
    await row(`update sanction set until = '2020-01-01' where id = $1`, [suspend.sanction]);
    expect((await scene.signIn(person, 1)).body.resume).toBeDefined();
  });
});

describe('the holder', () => {
  it('reads reasons and appeals with the account key alone, also when barred', async () => {
    const { person, subs: all } = await personWith(2);
    const caseId = id();
    await scene.desk('sanctions', {
      sanction: id(),
      caseId,
      sub: all[0],
      holds: 'person',
      step: 'bar',
      until: '2099-01-01',
    });
    const item = {
      kind: 'statement',
      caseId,
      day: '2026-11-23',
      title: 'Why',
      body: 'Because.',
      appealUntil: '2027-05-23',
    };
    const words = { message: id(), sub: all[0], holds: 'person', item };
    expect((await scene.desk('inbox', words)).body).toEqual({ accounts: 2 });
    await scene.desk('inbox', words);
    for (const slot of [1, 2]) {
      const { body } = await call(person, { kind: 'inbox' }, slot);
      expect(body).toEqual({ standing: 'barred', until: '2099-01-01', items: [item] });
    }
    const appeal = { kind: 'appeal', caseId, track: 'normal', grounds: 'It was not so.' } as const;
    expect((await call(person, appeal)).body).toEqual({ ok: true });
    expect(passedOn.at(-1)).toMatchObject({
      path: '/holder/appeals',
      bearer: `Bearer ${token}`,
      body: { caseId, track: 'normal', grounds: 'It was not so.' },
    });
    expect((await call(person, { kind: 'hearing', caseId, reply: 'Hear me.' })).body).toEqual({ ok: true });
    expect(passedOn.at(-1)!.path).toBe('/holder/replies');
    const wish = { kind: 'wish' as const, caseId, wish: 'leave-alone' as const };
    expect((await call(person, wish)).body).toEqual({ ok: true });
    expect(passedOn.at(-1)!.path).toBe('/holder/wishes');
    expect((await call(person, { ...wish, caseId: id() })).body.code).toBe('case_unknown');
  });

  it('is refused another case, another key, an old call and a repeated one', async () => {
    const { person } = await personWith(1);
    const { scope } = (await scene.arrive()).request.message;
    const address = `${scene.config.origin}/account/calls`;
    expect((await call(person, { kind: 'hearing', caseId: id(), reply: '' })).body.code).toBe('case_unknown');
    expect((await call(scene.network.enrol(), { kind: 'inbox' })).body.code).toBe('account_unknown');
    const signed = signCall(person, scope, 'gateway', { kind: 'inbox' });
    expect((await postJson({ fetch }, address, signed)).status).toBe(200);
    expect(await (await postJson({ fetch }, address, signed)).json()).toMatchObject({ code: 'nonce_spent' });
    const altered = { ...signed, message: { ...signed.message, call: { kind: 'close' } } };
    expect(await (await postJson({ fetch }, address, altered)).json()).toMatchObject({
      code: 'signature_refused',
    });
  });

  it('closes an account: it is over for good, and its place stays taken', async () => {
    const { person, subs: all } = await personWith(1);
    expect((await call(person, { kind: 'close' })).body).toEqual({ ok: true });
    expect(logouts).toContain(all[0]);
    expect((await scene.signIn(person)).body.code).toBe('account_closed');
    expect((await scene.admit(person)).body.code).toBe('slot_taken');
    expect((await call(person, { kind: 'inbox' })).body.standing).toBe('closed');
  });

  it('calls from a wallet of the policy across origins, and from no other page', async () => {
    const preflight = (origin: string) =>
      fetch(`${scene.config.origin}/account/calls`, {
        method: 'OPTIONS',
        headers: {
          origin,
          'access-control-request-method': 'POST',
          'access-control-request-headers': 'content-type',
        },
      });
    const allowed = (response: Response) => response.headers.get('access-control-allow-origin');
    expect(allowed(await preflight('http://localhost:4601'))).toBe('http://localhost:4601');
    expect(allowed(await preflight('http://localhost:4999'))).toBeNull();
  });
});

describe('a filing', () => {
  const askOf = (changed: Partial<AuthorityAsk> = {}) => {
    const message: AuthorityAsk = {
      v: 1,
      ask: id(),
      authority: 'authority',
      platform: 'forum',
      ground: 'threat-to-life',
      order: { reference: '1', text: 'An order.', day: '2026-11-23' },
      item: 'post/1',
      ...changed,
    };
    return signMessage(scene.network.authority.seed, messageLabels.authorityAsk, message);
  };
  /** Posted now, and so not on the day before a sign-in of today. */
  const itemNow = () => ({ locator: 'post/1', text: 'I will.', posted: new Date().toISOString() });

  it('seals the whole admission to each guardian and is committed to the log before it answers', async () => {
    const { person, subs: all } = await personWith(1);
    await scene.signIn(person);
    const request = { caseId: id(), sub: all[0], ask: askOf(), item: itemNow() };
    const { status, body } = await scene.desk('filings', request);
    expect(status).toBe(200);
    const filed = filedCase.parse(body);
    const gatewayKey = scene.network.policy.gateways[0]!.signingKey;
    const filing = openSigned(gatewayKey, messageLabels.filingMessage, filed.filing);
    expect(scene.network.log.submissions).toContainEqual({
      party: 'gateway',
      key: filed.logKey,
      entry: { v: 1, kind: 'commitment', commitment: filingCommitment(filing, filed.salt) },
    });
    const secret = scene.network.guardianSecrets[1]!;
    const info = packageSealInfo('guardian-2', request.caseId);
    const sealed = Buffer.from(filed.packages[1]!.sealed, 'base64url');
    const file = casePackage.parse(JSON.parse(Buffer.from(openFrom(secret, info, sealed)).toString()));
    expect(accountSub(file.admission)).toBe(all[0]);
    expect(file.signIn).not.toBeNull();
    expect(filing.noticeCommitment).toBe(
      noticeCommitment(file.admission.answer.noticeHandle, file.noticeOpening),
    );
    expect(() => openFrom(secret, packageSealInfo('guardian-1', request.caseId), sealed)).toThrow();
    expect((await scene.desk('filings', request)).body).toEqual(body);
    expect(scene.network.log.submissions.filter(({ key }) => key === filed.logKey)).toHaveLength(1);
  });

  it.each([
    ['an authority that is not listed', { authority: 'somebody' }, 'authority_unknown'],
    ['a ground that is not in force', { ground: 'curiosity' }, 'ground_not_in_force'],
    ['an account of another platform', { platform: 'lantern' }, 'account_unknown'],
  ])('is refused for %s', async (_name, changed, code) => {
    const { subs: all } = await personWith(1);
    const { body } = await scene.desk('filings', {
      caseId: id(),
      sub: all[0],
      ask: askOf(changed),
      item: itemNow(),
    });
    expect(body).toMatchObject({ code });
  });

  it('is refused without the authority’s signature, and for a second account in one case', async () => {
    const [one, two] = [await personWith(1), await personWith(1)];
    const forged = { ...askOf(), signature: 'A'.repeat(86) };
    const refused = await scene.desk('filings', {
      caseId: id(),
      sub: one.subs[0],
      ask: forged,
      item: itemNow(),
    });
    expect(refused.body).toMatchObject({ code: 'signature_refused' });
    const caseId = id();
    await scene.desk('filings', { caseId, sub: one.subs[0], ask: askOf(), item: itemNow() });
    const second = await scene.desk('filings', { caseId, sub: two.subs[0], ask: askOf(), item: itemNow() });
    expect(second.body).toMatchObject({ code: 'other_ciphertext' });
  });
});

describe('the census', () => {
  it('goes to the log once a day with the number of distinct pseudonyms', async () => {
    await scene.restart();
    const given = () => scene.network.log.submissions.filter(({ entry }) => entry.kind === 'census');
    await expect.poll(() => given().length).toBe(1);
    await scene.restart();
    expect(given()).toHaveLength(1);
    expect(given()[0]!.entry).toMatchObject({ party: 'gateway', counts: expect.any(Object) });
  });
});

describe('a commitment of the desk', () => {
  const commitment = 'A'.repeat(43);

  it('goes into the log once, however often it is asked', async () => {
    const request = { id: id(), commitment };
    const answers = await Promise.all(Array.from({ length: 10 }, () => scene.desk('commitments', request)));
    const keys = new Set(answers.map(({ body }) => body.logKey));
    expect(keys.size).toBe(1);
    const [key] = keys;
    const found = () => scene.network.log.submissions.filter((one) => one.key === key);
    await expect.poll(() => found().length).toBe(1);
    expect(found()[0]!.entry).toEqual({ v: 1, kind: 'commitment', commitment });
    const other = await scene.desk('commitments', { ...request, commitment: 'B'.repeat(42) + 'A' });
    expect(other.body.logKey).toBe(key);
  });

  it.each([
    ['without an id', { commitment }],
    ['that is too long', { id: 'A'.repeat(22), commitment: 'A'.repeat(44) }],
    ['with words beside it', { id: 'A'.repeat(22), commitment, words: 'x' }],
  ])('%s is refused', async (_sin, request) => {
    expect((await scene.desk('commitments', request)).body).toMatchObject({ code: 'malformed' });
  });
});
