/** One request to open an account, as far as the desk carries it: who may ask, in which order, and what is refused. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { toBase64url } from '@answerable/core/bytes';
import type { PublicKeySet } from '@answerable/core/ceremony/key';
import { drawSharedKey } from '@answerable/core/escrow/scenario';
import { checkShape } from '@answerable/kit/read-json';
import { type Served, serve } from '@answerable/kit/serve';
import {
  type AuthorityAsk,
  type CaseDelivery,
  caseDelivery,
  type FiledCase,
  filedDisclosure,
  filingRequest,
} from '@answerable/protocol/disclosure/filing';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { ed25519 } from '@noble/curves/ed25519.js';
import { Hono } from 'hono';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type DeskWorld, deskWorld, snapshot } from '../testing/desk-world.ts';
import { idOf, subOf } from '../testing/example-case.ts';
import { connectorToken, domainToken } from '../testing/fake-neighbours.ts';

const secrets = new Map<string, Uint8Array>();
const secretOf = (name: string): Uint8Array => {
  if (!secrets.has(name)) secrets.set(name, ed25519.utils.randomSecretKey());
  return secrets.get(name)!;
};
const bytes = (n: number): string => toBase64url(new Uint8Array(n).fill(7));
const author = subOf('x');

let world: DeskWorld;
let others: Served;
let filings = 0;
let logged = false;
let guardianOff = false;
const delivered = new Map<string, CaseDelivery>();
const replies: { guardian: string; reply: string }[] = [];
const letters: { item: { kind: string; caseId: string; body: string } }[] = [];

beforeAll(async () => {
  others = await serve(theOthers(), { port: 0 });
  world = await deskWorld('desk-disclosure', { gateway: { origin: others.origin, token: domainToken } });
  await world.report([snapshot('post/threat', author, 'I will come for you.')], {}, connectorToken);
});
afterAll(async () => {
  await world.close();
  await others.close();
});

/** Gateway, logbook and three guardians on one address, as far as the desk sees them. */
function theOthers(): Hono {
  const app = new Hono();
  app.post('/desk/persons', (c) => c.json({ persons: [{ sub: author, person: 1 }] }));
  app.post('/desk/inbox', async (c) => {
    letters.push(await c.req.json());
    return c.json({ accounts: 1 });
  });
  app.post('/desk/commitments', (c) => c.json({ logKey: idOf('head') }));
  app.post('/desk/filings', async (c) => {
    const request = checkShape(await c.req.json(), filingRequest);
    filings += 1;
    return c.json(filedOf(request.caseId, request.ask));
  });
  const notFound = () =>
    new Response('{"code":"not_found"}', {
      status: 404,
      headers: { 'content-type': 'application/problem+json' },
    });
  app.get('/entries/by-key/:key', (c) => (logged ? c.json({ index: 41 }) : notFound()));
  app.get('/entries/:index/proof', (c) => c.text('c2sp.org/tlog-proof@v1\nindex 41\n\ncheckpoint\n'));
  app.post('/:guardian/cases', async (c) => {
    if (guardianOff) return new Response('', { status: 502 });
    delivered.set(c.req.param('guardian'), checkShape(await c.req.json(), caseDelivery));
    return c.json({}, 201);
  });
  app.post('/:guardian/cases/:caseId/reply', async (c) => {
    replies.push({ ...(await c.req.json()), guardian: c.req.param('guardian') });
    return c.json({}, 201);
  });
  return app;
}

function filedOf(caseId: string, ask: FiledCase['ask']): FiledCase {
  const filing: FiledCase['filing']['message'] = {
    v: 1,
    caseId,
    platform: 'commons',
    gateway: 'gateway',
    authority: ask.message.authority,
    ground: ask.message.ground,
    orderHash: bytes(32),
    itemHash: bytes(32),
    ciphertextHash: bytes(32),
    admissionHash: bytes(32),
    noticeCommitment: bytes(32),
    heardUntil: '2026-11-30T08:00:00.000Z',
    noticeDay: '2027-05-23T08:00:00.000Z',
    trustPolicy: bytes(32),
  };
  return {
    filing: signMessage(secretOf('gateway'), messageLabels.filingMessage, filing),
    salt: bytes(32),
    logKey: idOf('entry'),
    ask,
    packages: ['g1', 'g2', 'g3'].map((guardian) => ({ guardian, sealed: bytes(100) })),
  };
}

function writePolicy(path: string): void {
  const party = (name: string, origin = others.origin) => ({
    name,
    title: name,
    origin,
    signingKey: toBase64url(ed25519.getPublicKey(secretOf(name))),
  });
  const openingKey = drawSharedKey('opening', 2, 3).keys;
  const tagKey = drawSharedKey('tag', 2, 3).keys;
  const share = (prefix: string, n: number, keys: PublicKeySet) => ({
    ...party(`${prefix}${n}`, others.origin),
    index: n,
    verificationKey: toBase64url(keys.verificationKeys[n - 1]!),
  });
  const three = [1, 2, 3];
  const policy: TrustPolicy = {
    v: 1,
    network: 'practice',
    serial: 1,
    previous: null,
    effective: '2026-11-01',
    schema: 'answerable-person-1',
    epochSeconds: 3600,
    graceSeconds: 60,
    registrar: { ...party('registrar'), issuerKey: bytes(96) },
    evidence: [],
    referees: false,
    opening: {
      threshold: 2,
      publicKey: toBase64url(openingKey.publicKey),
      transcript: bytes(32),
      guardians: three.map((n) => ({
        ...share('g', n, openingKey),
        sealingKey: bytes(32),
        origin: guardians[n - 1]!.origin,
      })),
    },
    tags: {
      threshold: 2,
      publicKey: toBase64url(tagKey.publicKey),
      transcript: bytes(32),
      keepers: three.map((n) => share('k', n, tagKey)),
    },
    log: { name: 'log', origin: others.origin, verifierKey: 'log+1+x' },
    witnesses: { quorum: 0, list: [] },
    gateways: [{ ...party('gateway'), platforms: ['commons'] }],
    wallets: [others.origin],
    releases: { publisher: 'publisher', signingKey: bytes(32) },
    authorities: [
      { ...party('court'), sealingKey: bytes(32) },
      { ...party('police'), sealingKey: bytes(32) },
    ],
    grounds: [{ id: 'threat-to-life', title: 'Threat to life', authorities: ['court'] }],
    limits: {
      recallBudget: 10,
      recallPerDay: 3,
      resetWaitSeconds: 60,
      hearingSeconds: 60,
      noticeSeconds: 60,
      checkpointAgeSeconds: 600,
    },
  };
  const names = ['registrar', 'g1', 'g2', 'g3', 'k1', 'k2', 'k3', 'gateway', 'court', 'police'];
  const signatures = names.map((name) => ({
    party: name,
    signature: signMessage(secretOf(name), messageLabels.trustPolicy, policy).signature,
  }));
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, JSON.stringify({ policy, signatures }));
}

let guardians: Served[] = [];
function guardianAlone(name: string): Hono {
  const inner = theOthers();
  const app = new Hono();
  app.all('*', (c) => {
    const url = new URL(c.req.url);
    return inner.fetch(new Request(`http://x/${name}${url.pathname}`, c.req.raw));
  });
  return app;
}

async function ask(more: Partial<AuthorityAsk> = {}, signer = more.authority ?? 'court') {
  const message: AuthorityAsk = {
    v: 1,
    ask: idOf('ask-1'),
    authority: 'court',
    platform: 'commons',
    ground: 'threat-to-life',
    order: { reference: 'HC-2026-17', text: 'Order of the High Court.', day: '2026-11-22' },
    item: 'post/threat',
    ...more,
  };
  const signed = signMessage(secretOf(signer), messageLabels.authorityAsk, message);
  const response = await fetch(`${world.origin}/disclosures`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(signed),
  });
  return { status: response.status, body: await response.json() };
}
const show = async (caseId: string) => {
  const response = await fetch(`${world.origin}/disclosures/${caseId}`);
  return { status: response.status, body: await response.json() };
};

describe('a request to open an account', () => {
  it('waits until there is a trust policy', async () => {
    expect((await ask()).body.code).toBe('not_ready');
    guardians = await Promise.all(['g1', 'g2', 'g3'].map((name) => serve(guardianAlone(name), { port: 0 })));
    writePolicy(world.policyPath);
  });

  it.each([
    ['an authority that nobody listed', { authority: 'nobody' }, 'nobody', 'authority_unknown'],
    ['a signature of somebody else', {}, 'police', 'signature_refused'],
    ['a ground that is not its own', { authority: 'police' }, 'police', 'ground_not_in_force'],
    ['a ground that is not listed', { ground: 'curiosity' }, 'court', 'ground_not_in_force'],
    ['another platform', { platform: 'lantern' }, 'court', 'not_found'],
    ['an item that nobody knows', { item: 'post/none' }, 'court', 'not_found'],
    ['an item that is a path', { item: '../../../x' }, 'court', 'malformed'],
  ] as const)('is refused from or for %s', async (_name, more, signer, code) => {
    expect((await ask({ ...more, ask: idOf(code) }, signer)).body.code).toBe(code);
    expect(filings).toBe(0);
  });

  it('is filed once, and reaches nobody before the log has it', async () => {
    const { status, body } = await ask();
    expect(status).toBe(202);
    expect((await ask()).body).toEqual(body);
    expect((await ask({ item: 'post/other' })).body.code).toBe('already_decided');
    expect(filings).toBe(1);
    expect((await show(body.caseId)).body.code).toBe('not_ready');
    expect(delivered.size).toBe(0);
    expect(letters).toEqual([]);
  });

  it('then reaches every guardian with its proof, and the holder is told', async () => {
    const { caseId } = (await ask()).body;
    guardianOff = true;
    logged = true;
    world.clock.advance({ minutes: 2 });
    await expect.poll(() => letters.length).toBe(1);
    expect(delivered.size).toBe(0);
    guardianOff = false;
    // A try that was under way may have failed only now: each is made again when its time has come.
    const deliveredLater = () => {
      world.clock.advance({ minutes: 2 });
      return [...delivered.keys()].sort();
    };
    await expect.poll(deliveredLater).toEqual(['g1', 'g2', 'g3']);
    expect(delivered.get('g1')?.filingProof).toContain('index 41');
    expect(letters[0]).toMatchObject({ sub: author, item: { kind: 'hearing', caseId } });
    expect(letters[0]?.item.body).toContain('2026-11-30 08:00');
    const shown = await show(caseId);
    expect(filedDisclosure.safeParse(shown.body).success).toBe(true);
  });

  it('brings what the holder answers to the guardians, and nobody else’s words', async () => {
    const { caseId } = (await ask()).body;
    const stranger = await world.holder('replies', { caseId, sub: subOf('y'), reply: 'Me!' });
    expect(stranger.body.code).toBe('case_unknown');
    const reply = { caseId, sub: author, reply: 'It was a line from a play.' };
    expect((await world.holder('replies', reply)).status).toBe(200);
    expect((await world.holder('replies', reply)).status).toBe(200);
    await expect.poll(() => replies.map((one) => one.guardian).sort()).toEqual(['g1', 'g2', 'g3']);
    const clerk = await world.signIn('Moderator A');
    expect((await clerk.get('/requests')).body.requests).toMatchObject([
      { caseId, state: 'logged', delivered: expect.arrayContaining(['g1', 'g2', 'g3']) },
    ]);
    const headers = { cookie: clerk.cookie, accept: 'text/html' };
    const page = await (await fetch(`${world.origin}/requests`, { headers })).text();
    expect(page).toContain('Threat to life (threat-to-life)');
    for (const one of guardians) await one.close();
  });
});

describe('the head of a day', () => {
  it('is in the log with its proof once the log has it', async () => {
    logged = false;
    world.clock.advance({ days: 1 });
    await world.desk.tick();
    const days = async () =>
      (
        await (
          await fetch(`${world.origin}/public/heads`, { headers: { accept: 'application/json' } })
        ).json()
      ).days;
    await expect.poll(days).toMatchObject([{ day: '2026-11-23', proof: null }, { day: '2026-11-22' }]);
    logged = true;
    world.clock.advance({ minutes: 2 });
    await expect
      .poll(async () => {
        await world.desk.tick();
        return days();
      })
      .toMatchObject([{ proof: expect.stringContaining('tlog-proof') }, {}]);
  });
});
