/**
 * A network goes on after it was founded: somebody who joined with one gateway there signs up at a second one that
 * came in by a successor of the trust policy, with the same wallet and the same account at the first. Nothing that
 * too few signed, or that comes too soon, is taken by anybody.
 */
import { writeFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { start as startGateway } from '@answerable/gateway/start';
import { dayOf } from '@answerable/kit/clock';
import { freePort } from '@answerable/kit/free-port';
import { identityOf, type Operated, step } from '@answerable/kit/hold-ceremony';
import { silentJournal } from '@answerable/kit/journal';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { policySource, successorPath } from '@answerable/kit/policy-source';
import { submitPolicy } from '@answerable/kit/submit-policy';
import {
  composeSuccessor,
  gatherSuccessor,
  publishSuccessor,
  takeSuccessors,
} from '@answerable/kit/succession';
import { testDatabase } from '@answerable/kit/testing/test-database';
import { createBrowser } from '@answerable/practice-people/browser';
import { startTrialNetwork, type TrialNetwork } from '@answerable/practice-people/testing/trial-network';
import { askedBy, deliver, enrolAs, visitForum } from '@answerable/practice-people/visit';
import type { SignedAdmissionRequest } from '@answerable/protocol/admission/request';
import { signPolicyResponse } from '@answerable/protocol/party-identity';
import { requireNext } from '@answerable/protocol/trust-chain';
import type { TrustPolicy, TrustPolicyFile } from '@answerable/protocol/trust-policy';
import { acceptPolicy } from '@answerable/wallet/app/boundary/trust';
import { createFile } from 'answerable/gateway-settings';
import { agree, propose, publish } from 'answerable/network/succeed';
import { afterAll, beforeAll, expect, it } from 'vitest';

let network: TrialNetwork;
let first: TrustPolicy;
let path: string;
let newcomer: Operated;
const club = 'http://localhost:9/club';
const stops: (() => Promise<unknown>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

const operated = (name: string): Operated => ({
  origin: network.origin(name),
  operatorToken: network.operatorToken,
});
const today = () => dayOf(network.clock.now());
const sign = (party: Operated, policy: TrustPolicy) =>
  step(party, 'sign-policy', { policy }, signPolicyResponse);
const withClub = async (effective = today()) =>
  composeSuccessor(first, { effective, add: [await identityOf(newcomer)], leave: [] });

beforeAll(async () => {
  // For trying: whatever is announced binds on the same day.
  network = await startTrialNetwork({ successionSeconds: 0 });
  stops.push(() => network.close());
  first = network.policy;
  path = join(network.folder, 'trial-1.policy');
  const guardian = join(network.folder, 'guardian-1', 'keys', 'signing.key');
  await submitPolicy(first, { name: 'guardian-1', key: loadOrCreateSigningKey(guardian) });

  const database = await testDatabase('gateway-club');
  stops.push(() => database.drop());
  const port = await freePort();
  newcomer = { origin: `http://localhost:${port}`, operatorToken: network.operatorToken };
  const second = await startGateway(
    {
      name: 'gateway-club',
      title: 'The club’s gateway',
      mode: 'practice',
      host: '127.0.0.1',
      port,
      origin: newcomer.origin,
      dataDir: join(network.folder, 'gateway-club'),
      databaseUrl: database.url,
      policyPath: path,
      walletOrigin: first.wallets[0]!,
      platforms: [
        {
          name: 'club',
          clientId: 'club-client',
          clientSecret: 'secret-of-the-club-32-characters-long',
          redirectUris: [club],
          policy: {
            v: 1,
            platform: 'club',
            title: 'The Club',
            accountsMax: 1,
            disclose: ['over_13'],
            grounds: ['threat-to-life'],
            sanctionsHoldThePerson: true,
            resetNeedsModerator: false,
          },
        },
      ],
      domainToken: network.operatorToken,
      desk: { origin: first.wallets[0]! },
      operatorToken: network.operatorToken,
    },
    { clock: network.clock, journal: silentJournal },
  );
  stops.push(() => second.close());
});

const clubForum = () => ({
  signInUrl: `${newcomer.origin}/oidc/auth?${new URLSearchParams({
    client_id: 'club-client',
    redirect_uri: club,
    response_type: 'code',
    scope: 'openid',
    state: 'a-state-of-the-club',
    nonce: 'a-nonce-of-the-club',
  })}`,
});
const isBack =
  (at: string) =>
  ({ href }: URL) =>
    href.startsWith(at);

it('a gateway that comes in later takes in a person who joined before it was there', async () => {
  const before = network.wallet();
  await enrolAs({ person: 'hounded' }, before);
  const { forum } = network;
  await visitForum(
    forum,
    before,
    { way: 'new', slot: 1, handle: 'priya_bakes' },
    createBrowser(),
    isBack(forum.redirectUri),
  );
  // Not listed yet: nobody is sent to any wallet from there.
  await expect(visitForum(clubForum(), before, { way: 'new', slot: 1, handle: 'priya' })).rejects.toThrow();

  const proposal = join(network.folder, 'proposal.json');
  const asked1 = { policyPath: path, add: [newcomer.origin], leave: [], effective: today(), out: proposal };
  const words = await propose(asked1);
  expect(words).toContain(
    `gateway comes in: The club’s gateway (gateway-club) at ${newcomer.origin}, for club`,
  );
  await expect(propose(asked1)).rejects.toThrow('is there already');
  const policy = await withClub();
  expect(JSON.parse(await readFile(proposal, 'utf8'))).toEqual(policy);
  await sign(operated('guardian-1'), policy);
  const desk = { say: () => {}, pollMs: 1, agrees: async (text: string) => text === words };
  const gatewayConfig = settingsOfClub();
  await expect(
    agree({ file: proposal, data: '', gatewayConfig }, { ...desk, agrees: async () => false }),
  ).rejects.toThrow('Nothing was signed');
  await agree({ file: proposal, data: '', gatewayConfig }, desk);
  const said: string[] = [];
  expect(await publish(path, proposal, (line) => said.push(line))).toBe(false);
  expect(said).toEqual(['Not signed yet: Guardian 2, Guardian 3 (of the guardians 2 are needed).']);
  const early = await gatherSuccessor(first, policy);
  expect(early.missing).toEqual(['Guardian 2', 'Guardian 3']);
  await refusedEverywhere(early.file);

  // Somebody asks while the first policy is in force, and answers when the next one is.
  const asking = createBrowser();
  const asked = await askedBy(forum, asking);
  const late = await before.answerRequest(asked.text, { way: 'new', slot: 2, handle: 'priya_late' });

  await sign(operated('guardian-3'), policy);
  const { file, missing } = await gatherSuccessor(first, policy);
  expect(missing).toEqual([]);
  expect(await publish(path, proposal, (line) => said.push(line))).toBe(true);
  expect(await takeSuccessors(path)).toEqual([]);
  const whole = await publishSuccessor(first, file, 100);
  // Asked for again, the proof may be to a newer checkpoint; what it proves is the same.
  const kept = await fileAt(successorPath(path, 2));
  expect({ ...whole, logged: '' }).toEqual({ ...kept, logged: '' });
  for (const one of [whole, kept]) expect(requireNext(first, one)).toEqual(policy);

  // The wallet's host serves the first policy and what follows it; the wallet has pinned the first.
  const genesis = await fileAt(path);
  const pinned = acceptPolicy(undefined, genesis, network.clock.now());
  const followed = acceptPolicy(pinned, { ...genesis, successors: [whole] }, network.clock.now());
  const wallet = network.wallet({ state: (await before.state())!, policy: followed.policy });
  for (const one of [forum, clubForum()]) await expect.poll(() => askedUnder(one)).toBe(followed.hash);
  await visitForum(
    clubForum(),
    wallet,
    { way: 'new', slot: 1, handle: 'priya_club' },
    createBrowser(),
    isBack(club),
  );

  await expect(deliver(asked.at, late.answer, asking)).rejects.toMatchObject({ code: 'policy_mismatch' });
  const again = await visitForum(
    forum,
    wallet,
    { way: 'sign-in', slot: 1 },
    createBrowser(),
    isBack(forum.redirectUri),
  );
  expect(new URL(again.url).searchParams.get('code')).toBeTruthy();
  await visitForum(
    forum,
    wallet,
    { way: 'new', slot: 2, handle: 'priya_again' },
    createBrowser(),
    isBack(forum.redirectUri),
  );
  // Who joins from now on is one of the same network, under the same keys.
  const newest = network.wallet({ policy: followed.policy });
  await enrolAs({ person: 'neighbour' }, newest);
  await visitForum(
    clubForum(),
    newest,
    { way: 'new', slot: 1, handle: 'next_door' },
    createBrowser(),
    isBack(club),
  );
});

it('nobody takes one that binds before it was announced, or a second one of its serial', async () => {
  const yesterday = dayOf(new Date(network.clock.now().getTime() - 86_400_000));
  for (const policy of [
    await withClub(yesterday),
    await withClub(dayOf(new Date(Date.now() + 5 * 86_400_000))),
  ])
    for (const party of [operated('guardian-1'), operated('guardian-2'), newcomer])
      await expect(sign(party, policy)).rejects.toMatchObject({ code: 'policy_mismatch' });
});

/** As `answerable gateway init` writes them. */
function settingsOfClub(): string {
  const at = join(network.folder, 'gateway.json');
  const { port } = new URL(newcomer.origin);
  const token = network.operatorToken;
  createFile(at, {
    ...{ name: 'gateway-club', title: 'The club’s gateway', origin: newcomer.origin, host: '127.0.0.1' },
    ...{ port: Number(port), dataDir: '.', policyPath: 'trial-1.policy', platforms: [] },
    ...{ operatorToken: token, adminToken: token, domainToken: token, desk: { at: newcomer.origin } },
  });
  return at;
}

/** Under which policy a gateway asks now. */
async function askedUnder(forum: { signInUrl: string }): Promise<string | undefined> {
  const asked = await askedBy(forum, createBrowser()).catch(() => undefined);
  if (!asked) return undefined;
  const { message } = JSON.parse(Buffer.from(asked.text, 'base64url').toString()) as SignedAdmissionRequest;
  return message.trustPolicy;
}

const fileAt = async (at: string): Promise<TrustPolicyFile> =>
  JSON.parse(await readFile(at, 'utf8')) as TrustPolicyFile;

/** One guardian too few: the log, a service and a wallet say no. */
async function refusedEverywhere(file: TrustPolicyFile): Promise<void> {
  const answer = await fetch(`${first.log.origin}/trust-policies`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(file),
  });
  expect(await answer.json()).toMatchObject({ code: 'policy_mismatch' });
  await expect(publishSuccessor(first, file)).rejects.toMatchObject({ code: 'policy_mismatch' });
  const elsewhere = join(network.folder, 'elsewhere.policy');
  const genesis = await fileAt(path);
  writeFileSync(elsewhere, JSON.stringify(genesis));
  writeFileSync(successorPath(elsewhere, 2), JSON.stringify(file));
  expect(() => policySource(elsewhere).current()).toThrow(
    expect.objectContaining({ code: 'policy_mismatch' }),
  );
  expect(() => acceptPolicy(undefined, { ...genesis, successors: [file] })).toThrow(
    expect.objectContaining({ code: 'policy_refused' }),
  );
}
