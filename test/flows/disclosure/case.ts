/** People, accounts and cases of a trial network, made as registrar, wallet, gateway and desk make them. */

import { signAsk } from '@answerable/authority/engine/ask-for-account';
import { signShareAsk } from '@answerable/authority/engine/parts';
import { fromBase64url, toBase64url, utf8 } from '@answerable/core/bytes';
import { sealTo } from '@answerable/core/escrow/envelope';
import { identityLeaf, sealIdentity } from '@answerable/core/escrow/sealed-identity';
import type { Credential } from '@answerable/core/presentation/credential';
import { prove } from '@answerable/core/presentation/prove';
import { sealBucketItem } from '@answerable/core/presentation/record';
import { EPOCH, enrol } from '@answerable/core/presentation/scenario';
import { verifyPresentation } from '@answerable/core/presentation/verify';
import { randomBytes } from '@answerable/core/rng';
import { dayOf } from '@answerable/kit/clock';
import { callJson } from '@answerable/kit/http-client';
import { leafHash, rootOfHashes } from '@answerable/log/verify/merkle';
import { inclusionProof } from '@answerable/log/verify/prove';
import { accountProofBytes, signInBytes } from '@answerable/protocol/admission/account-proof';
import type { NewAccount } from '@answerable/protocol/admission/answer';
import { admissionQuestion } from '@answerable/protocol/admission/question';
import { type AdmissionRequest, admissionRequestHash } from '@answerable/protocol/admission/request';
import { commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import {
  admissionHash,
  ciphertextHash,
  filingCommitment,
  itemHash,
  noticeCommitment,
  orderHash,
  packageSealInfo,
} from '@answerable/protocol/disclosure/case-file';
import type {
  AdmissionRecord,
  AuthorityAsk,
  CaseDelivery,
  CasePackage,
  FiledDisclosure,
  Filing,
} from '@answerable/protocol/disclosure/filing';
import {
  type LoggedApproval,
  type RecordItem,
  type SealedShare,
  sealedShare,
} from '@answerable/protocol/disclosure/opening';
import { messageLabels } from '@answerable/protocol/labels';
import { type Signed, signMessage } from '@answerable/protocol/signed';
import { trustPolicyHash } from '@answerable/protocol/trust-policy';
import { ed25519 } from '@noble/curves/ed25519.js';
import { z } from 'zod';
import { eventually, type TrialNetwork } from './network.ts';

export const draw = (bytes: number): string => toBase64url(randomBytes(bytes));

export interface Person {
  name: string;
  credential: Credential;
  recordKey: Uint8Array;
}

export function newPerson(network: TrialNetwork, name: string): Person {
  return { name, ...enrol(network.issuer) };
}

export interface SealOptions {
  /** changes what was sealed, as a dishonest registrar would */
  alter?: (sealed: Uint8Array) => Uint8Array;
  /** whose record key the leaf names */
  recordKey?: Uint8Array;
}

/** Seals and logs who a person is, among two others of the batch. */
export async function sealAndLog(
  network: TrialNetwork,
  { name, credential, recordKey }: Person,
  { alter = (sealed) => sealed, recordKey: named = recordKey }: SealOptions = {},
): Promise<RecordItem> {
  const document = {
    v: 1,
    name,
    birthDate: '1990-01-01',
    evidence: 'passport (medium)',
    enrolled: '2026-11-01',
  };
  const openingKey = fromBase64url(network.policy.opening.publicKey);
  const sealed = alter(sealIdentity(openingKey, named, utf8(JSON.stringify(document))).sealed);
  const [tag, salt] = [randomBytes(32), randomBytes(32)];
  const leaf = identityLeaf({ tag, salt, recordKey: named, entropy: credential.entropy, sealed });
  const hashes = [randomBytes(32), leaf, randomBytes(32)].map(leafHash);
  const entryIndex = await network.submit(network.registrar, {
    v: 1,
    kind: 'record-root',
    root: toBase64url(rootOfHashes(hashes)),
    leaves: hashes.length,
  });
  const batchProof = await inclusionProof(
    async ([a, b]) => rootOfHashes(hashes.slice(a, b)),
    1,
    hashes.length,
  );
  return {
    v: 1,
    entropy: toBase64url(credential.entropy),
    identity: { sealed: toBase64url(sealed), tag: toBase64url(tag), salt: toBase64url(salt) },
    receipt: {
      leafIndex: 1,
      leaves: hashes.length,
      batchProof: batchProof.map(toBase64url),
      entryIndex,
      entryProof: await network.proofOf(entryIndex),
    },
  };
}

export const bucketItem = (recordKey: Uint8Array, item: RecordItem): string =>
  toBase64url(sealBucketItem(recordKey, utf8(JSON.stringify(item))));

export interface Account {
  record: AdmissionRecord;
  escrow: Uint8Array;
  accountSecret: Uint8Array;
}

/** Takes a person in at Commons, having seen the newest checkpoint; `scope` is what a dishonest gateway would say. */
export async function takeIn(
  network: TrialNetwork,
  person: Person,
  grounds = ['threat-to-life'],
  scope: Partial<AdmissionRequest['scope']> = {},
): Promise<Account> {
  const { policy, gateway } = network;
  const { size, root } = await network.log.latest();
  const request: AdmissionRequest = {
    v: 1,
    request: draw(16),
    gateway: gateway.name,
    scope: { protocol: 'openid', kind: 'platform', origin: gateway.origin, platform: 'commons', ...scope },
    nonce: draw(16),
    expires: '2026-11-23T12:00:00Z',
    platformPolicy: {
      v: 1,
      platform: 'commons',
      title: 'Commons',
      accountsMax: 3,
      disclose: ['over_13'],
      grounds,
      sanctionsHoldThePerson: true,
      resetNeedsModerator: false,
    },
    trustPolicy: trustPolicyHash(policy),
  };
  const accountSecret = randomBytes(32);
  const facts = {
    epoch: EPOCH,
    checkpoint: { size, root: toBase64url(root) },
    accountKey: toBase64url(ed25519.getPublicKey(accountSecret)),
    noticeHandle: draw(32),
  };
  const question = admissionQuestion(policy, request, facts);
  const octets = prove(person.credential, question);
  const presentation = toBase64url(octets);
  const proofBytes = accountProofBytes(admissionRequestHash(request), presentation);
  const answer: NewAccount = {
    kind: 'new-account',
    request: request.request,
    slot: 1,
    ...facts,
    presentation,
    accountProof: toBase64url(ed25519.sign(proofBytes, accountSecret)),
    handle: 'somebody',
  };
  const { signature: requestSignature } = signMessage(
    gateway.signing.seed,
    messageLabels.admissionRequest,
    request,
  );
  const record: AdmissionRecord = {
    v: 1,
    request,
    requestSignature,
    answer,
    day: dayOf(network.clock.now()),
  };
  return { record, escrow: verifyPresentation(octets, question).escrow, accountSecret };
}

export interface TrialCase {
  filed: FiledDisclosure;
  ask: Signed<AuthorityAsk>;
  casePackage: CasePackage;
  delivery(guardian: number): CaseDelivery;
}

export interface CaseChanges {
  filing?: Partial<Filing>;
  casePackage?: Partial<CasePackage>;
  ask?: Partial<AuthorityAsk>;
  /** what the authority signed and sent, in place of one made here */
  signedAsk?: Signed<AuthorityAsk>;
  /** leaves the filing out of the log and brings the proof of another entry */
  unlogged?: boolean;
}

/** Files a case about `account`, as gateway and desk do; `changes` are what a dishonest one would do. */
export async function fileCase(
  network: TrialNetwork,
  account: Account,
  changes: CaseChanges = {},
): Promise<TrialCase> {
  const { policy, gateway, authority, clock } = network;
  const caseId = changes.filing?.caseId ?? draw(16);
  const posted = clock.now().toISOString();
  const item = {
    locator: changes.signedAsk?.message.item ?? 'post/4711',
    text: 'I know where you live, and I will come.',
    posted,
  };
  const signed = signAsk(authority, {
    platform: 'commons',
    ground: changes.ask?.ground ?? 'threat-to-life',
    order: { reference: 'C-17/26', text: 'The coroner asks who wrote this.', day: '2026-11-23' },
    item: item.locator,
  });
  const ask =
    changes.signedAsk ??
    signMessage(authority.keys.signingSecret, messageLabels.authorityAsk, {
      ...signed.message,
      ...changes.ask,
    });
  const requestHash = draw(32);
  const casePackage: CasePackage = {
    v: 1,
    caseId,
    admission: account.record,
    signIn: {
      requestHash,
      day: dayOf(clock.now()),
      signature: toBase64url(ed25519.sign(signInBytes(requestHash), account.accountSecret)),
    },
    item,
    noticeOpening: draw(32),
    ...changes.casePackage,
  };
  const later = (seconds: number) => new Date(clock.now().getTime() + seconds * 1000).toISOString();
  const filing: Filing = {
    v: 1,
    caseId,
    platform: 'commons',
    gateway: gateway.name,
    authority: authority.keys.name,
    ground: ask.message.ground,
    orderHash: orderHash(ask.message.order),
    itemHash: itemHash(item),
    ciphertextHash: ciphertextHash(account.escrow),
    admissionHash: admissionHash(account.record),
    noticeCommitment: noticeCommitment(account.record.answer.noticeHandle, casePackage.noticeOpening),
    heardUntil: later(policy.limits.hearingSeconds),
    noticeDay: later(policy.limits.noticeSeconds),
    trustPolicy: trustPolicyHash(policy),
    ...changes.filing,
  };
  const salt = draw(32);
  const filed: FiledDisclosure = {
    filing: signMessage(gateway.signing.seed, messageLabels.filingMessage, filing),
    salt,
    filingProof: changes.unlogged ? await network.proofOf(0) : await logFiling(network, filing, salt),
  };
  network.filings.set(caseId, filed);
  return {
    filed,
    ask,
    casePackage,
    delivery: (guardian) => ({ ...filed, ask, sealed: sealPackage(network, casePackage, guardian) }),
  };
}

/** Logs a filing's commitment as its gateway does; the proof. */
export async function logFiling(network: TrialNetwork, filing: Filing, salt: string): Promise<string> {
  const entry = commitmentEntryOf(filingCommitment(filing, salt));
  return network.proofOf(await network.submit(network.gateway, entry));
}

function sealPackage({ policy }: TrialNetwork, casePackage: CasePackage, guardian: number): string {
  const { name, sealingKey } = policy.opening.guardians[guardian]!;
  const info = packageSealInfo(name, casePackage.caseId);
  return toBase64url(sealTo(fromBase64url(sealingKey), info, utf8(JSON.stringify(casePackage))));
}

export const deliver = (network: TrialNetwork, guardian: number, delivery: CaseDelivery): Promise<unknown> =>
  callJson(`${network.guardians[guardian]!.config.origin}/cases`, { body: delivery, schema: z.unknown() });

/** A case filed, delivered to all three, and heard. */
export async function heardCase(network: TrialNetwork, account: Account): Promise<TrialCase> {
  const one = await fileCase(network, account);
  await Promise.all([0, 1, 2].map((i) => deliver(network, i, one.delivery(i))));
  await hear(network);
  return one;
}

/** Lets the hearing pass; the log moves on with the clock before anybody looks at it. */
export async function hear(
  network: TrialNetwork,
  seconds = network.policy.limits.hearingSeconds + 1,
): Promise<void> {
  network.clock.advance({ seconds });
  const now = network.clock.now().getTime() / 1000;
  await eventually(async () => {
    const { cosignatures } = await network.log.latest();
    if (cosignatures.filter(({ time }) => (time ?? 0) >= now).length < 2)
      throw new Error('not cosigned since');
  });
}

/** What the holder of `account` says in the hearing of a case, as their wallet signs it. */
export function replyOf(network: TrialNetwork, account: Account, caseId: string, reply: string) {
  const drawn = { nonce: draw(16), at: network.clock.now().toISOString() };
  const { accountKey } = account.record.answer;
  const call = { kind: 'hearing', caseId, reply };
  const message = { gateway: network.gateway.name, accountKey, ...drawn, call };
  const { signature } = signMessage(account.accountSecret, messageLabels.accountCall, message);
  return { reply, seal: { ...drawn, signature } };
}

export interface Staff {
  get(path: string): Promise<Response>;
  post(path: string, body: unknown): Promise<Response>;
  /** as a page's form does, without following where it leads */
  postForm(path: string, fields: Record<string, string>): Promise<Response>;
}

/** Somebody of a guardian, signed in by a link. */
export const staffOf = ({ guardians }: TrialNetwork, guardian: number): Promise<Staff> =>
  enter(guardians[guardian]!.running);

/** Somebody who works where `running` runs. */
export async function enter(running: { origin: string; staffLink(name: string): string }): Promise<Staff> {
  // After a restart the first try may meet a connection that is no more.
  const entered = await eventually(() => fetch(running.staffLink('somebody'), { redirect: 'manual' }));
  const cookie = entered.headers.get('set-cookie')?.split(';')[0] ?? '';
  const session = await fetch(`${running.origin}/api/session`, { headers: { cookie } });
  const { csrf } = (await session.json()) as { csrf: string };
  return {
    get: (path) => fetch(running.origin + path, { headers: { cookie } }),
    post: (path, body) =>
      fetch(running.origin + path, {
        method: 'POST',
        headers: { cookie, 'x-csrf-token': csrf, 'content-type': 'application/json' },
        body: JSON.stringify(body),
      }),
    postForm: (path, fields) =>
      fetch(running.origin + path, {
        method: 'POST',
        headers: { cookie },
        body: new URLSearchParams({ ...fields, csrf }),
        redirect: 'manual',
      }),
  };
}

/** The guardians named approve, and the log has it. */
export async function approve(
  network: TrialNetwork,
  { filed }: TrialCase,
  guardians: number[],
): Promise<void> {
  const { caseId } = filed.filing.message;
  await Promise.all(
    guardians.map(async (i) => {
      const staff = await staffOf(network, i);
      const answer = await staff.post(`/api/cases/${caseId}/judgement`, { decision: 'approve' });
      if (!answer.ok) throw new Error(`not approved: ${answer.status} ${await answer.text()}`);
      const { origin } = network.guardians[i]!.config;
      await eventually(() => callJson(`${origin}/cases/${caseId}/approval`, { schema: z.unknown() }));
    }),
  );
}

/** Asks one guardian with the approvals given, whoever they are from. */
export async function askOne(
  network: TrialNetwork,
  guardian: number,
  one: TrialCase,
  approvals: readonly LoggedApproval[],
  filed = one.filed,
): Promise<SealedShare> {
  const { caseId } = one.filed.filing.message;
  const body = signShareAsk(network.authority, { caseId, authority: 'coroner', ...filed, approvals });
  const url = `${network.guardians[guardian]!.config.origin}/cases/${caseId}/shares`;
  return callJson(url, { body, schema: sealedShare });
}
