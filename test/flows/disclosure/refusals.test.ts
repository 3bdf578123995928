/** What a guardian's software refuses, whoever asks for it and in whatever order. */
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { type GuardianTables, migrations } from '@answerable/guardian/schema';
import { createStore } from '@answerable/guardian/store';
import { openDatabase } from '@answerable/kit/database';
import { callJson } from '@answerable/kit/http-client';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { approvalCommitment, commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import { filingCommitment } from '@answerable/protocol/disclosure/case-file';
import { type LoggedApproval, sealedShare } from '@answerable/protocol/disclosure/opening';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { collectApprovals } from '../../../apps/authority/engine/collect-approvals.ts';
import { combineShares } from '../../../apps/authority/engine/combine-shares.ts';
import { signShareAsk } from '../../../apps/authority/engine/parts.ts';
import { requestIdentityShares, requestShares } from '../../../apps/authority/engine/request-shares.ts';
import {
  type Account,
  approve,
  type CaseChanges,
  deliver,
  draw,
  fileCase,
  hear,
  heardCase,
  logFiling,
  newPerson,
  type Person,
  sealAndLog,
  staffOf,
  type TrialCase,
  takeIn,
} from './case.ts';
import { foundTrialNetwork, type TrialNetwork } from './network.ts';

let network: TrialNetwork;
let person: Person;
let account: Account;
let other: Account;
beforeAll(async () => {
  network = await foundTrialNetwork();
  person = newPerson(network, 'Ada Example');
  await sealAndLog(network, person);
  account = await takeIn(network, person);
  other = await takeIn(network, newPerson(network, 'Bea Example'));
});
afterAll(() => network.close());

const approvalsOf = async (one: TrialCase) =>
  (await collectApprovals(network.authority, one.filed)).approvals;
const sharesOf = async (one: TrialCase, approvals: readonly LoggedApproval[]) =>
  requestShares(network.authority, one.filed, approvals);
/** Asks one guardian with the approvals given, whoever they are from. */
async function askOne(
  guardian: number,
  one: TrialCase,
  approvals: readonly LoggedApproval[],
  filed = one.filed,
) {
  const { caseId } = one.filed.filing.message;
  const body = signShareAsk(network.authority, { caseId, authority: 'coroner', ...filed, approvals });
  const url = `${network.guardians[guardian]!.config.origin}/cases/${caseId}/shares`;
  return callJson(url, { body, schema: sealedShare });
}
const refused = (code: string) => expect.objectContaining({ code });
async function expectNothingKept(one: TrialCase) {
  const staff = await staffOf(network, 0);
  expect((await staff.get(`/api/cases/${one.filed.filing.message.caseId}`)).status).toBe(404);
}

describe('a delivery is refused, and nothing of it kept, when', () => {
  it.each<[string, CaseChanges | (() => CaseChanges), string]>([
    ['the log does not have the filing', {}, 'not_logged'],
    [
      'the item is not what was filed',
      { casePackage: { item: { locator: 'post/4711', text: 'Hello.', posted: '2026-11-23T10:00:00Z' } } },
      'admission_refused',
    ],
    ['the item is not what was asked about', { ask: { item: 'post/1' } }, 'admission_refused'],
    [
      'the account file is another account’s',
      () => ({ casePackage: { admission: other.record } }),
      'admission_refused',
    ],
    [
      'the ciphertext was swapped for another account’s',
      () => ({ filing: { ciphertextHash: draw(32) } }),
      'admission_refused',
    ],
    ['the notice could not be opened later', { filing: { noticeCommitment: draw(32) } }, 'admission_refused'],
    [
      'the sign-in is not the account’s',
      () => ({ casePackage: { signIn: { requestHash: draw(32), day: '2020-01-01', signature: draw(64) } } }),
      'admission_refused',
    ],
    ['the person never agreed to the ground', { ask: { ground: 'court-order' } }, 'ground_not_in_force'],
    ['the ground is for nobody', { ask: { ground: 'no-longer' } }, 'ground_not_in_force'],
    ['the authority is unknown', { filing: { authority: 'somebody' } }, 'ground_not_in_force'],
    ['the order is not what the authority signed', { filing: { orderHash: draw(32) } }, 'signature_refused'],
    ['the gateway is not of this platform', { filing: { platform: 'lantern' } }, 'party_unknown'],
    ['it rests on another trust policy', { filing: { trustPolicy: draw(32) } }, 'policy_mismatch'],
  ])('%s', async (_name, changes, code) => {
    // All but the first are refused before the log is looked at, so nothing need be logged for them.
    const given = typeof changes === 'function' ? changes() : changes;
    const one = await fileCase(network, account, { ...given, unlogged: true });
    await expect(deliver(network, 0, one.delivery(0))).rejects.toEqual(refused(code));
    await expectNothingKept(one);
  });

  it('the presentation was altered, at any of its parts', async () => {
    const octets = fromBase64url(account.record.answer.presentation);
    for (const at of [0, 5, 60, 110, 160, octets.length - 1]) {
      const bytes = octets.slice();
      bytes[at]! ^= 1;
      const answer = { ...account.record.answer, presentation: toBase64url(bytes) };
      const altered = { ...account, record: { ...account.record, answer } };
      const one = await fileCase(network, altered, { unlogged: true });
      await expect(deliver(network, 0, one.delivery(0))).rejects.toEqual(refused('admission_refused'));
    }
  });

  it('the filing’s signature is another party’s, or the package is another guardian’s', async () => {
    const one = await fileCase(network, account);
    const forged = signMessage(
      network.desk.signing.seed,
      messageLabels.filingMessage,
      one.filed.filing.message,
    );
    await expect(deliver(network, 0, { ...one.delivery(0), filing: forged })).rejects.toEqual(
      refused('signature_refused'),
    );
    await expect(deliver(network, 0, one.delivery(1))).rejects.toEqual(refused('admission_refused'));
    await expectNothingKept(one);
  });

  it('its proof has no cosignatures, forged ones, or those of an earlier checkpoint', async () => {
    const earlier = await fetchFrom(network.logbookUrl)('checkpoint');
    const one = await fileCase(network, account);
    const { filingProof } = one.filed;
    const isCosignature = (line: string) => line.startsWith('\u2014 127.0.0.1');
    const replayed = new TextDecoder().decode(earlier).split('\n').filter(isCosignature);
    const lines = filingProof.split('\n');
    const own = lines.filter((line) => !isCosignature(line));
    expect(lines.length - own.length).toBeGreaterThanOrEqual(2);
    const withLines = (given: string[]) => [...own.slice(0, -1), ...given, ''].join('\n');
    const forged = lines.filter(isCosignature).map((line) => line.replace(/.{8}$/, 'AAAAAAA='));
    for (const proof of [withLines([]), withLines(replayed), withLines(forged)])
      await expect(deliver(network, 0, { ...one.delivery(0), filingProof: proof })).rejects.toEqual(
        refused('not_logged'),
      );
    await expectNothingKept(one);
  });

  it('one case is to be about two accounts', async () => {
    const one = await fileCase(network, account);
    await deliver(network, 0, one.delivery(0));
    await deliver(network, 0, one.delivery(0));
    const { caseId } = one.filed.filing.message;
    const two = await fileCase(network, other, { filing: { caseId } });
    await expect(deliver(network, 0, two.delivery(0))).rejects.toEqual(refused('other_ciphertext'));
  });
});

describe('a judgement', () => {
  it('waits for the hearing, also when the filing says that it is over', async () => {
    const one = await fileCase(network, account, { filing: { heardUntil: '2020-01-01T00:00:00Z' } });
    await deliver(network, 0, one.delivery(0));
    const staff = await staffOf(network, 0);
    const path = `/api/cases/${one.filed.filing.message.caseId}/judgement`;
    const early = await staff.post(path, { decision: 'approve' });
    expect(await early.json()).toMatchObject({ code: 'hearing_open' });
    await hear(network);
    expect((await staff.post(path, { decision: 'approve' })).status).toBe(200);
    const again = await staff.post(path, { decision: 'refuse', reason: 'order-not-valid' });
    expect(await again.json()).toMatchObject({ code: 'already_decided' });
  });

  it('that refuses takes the account file with it, and opens nothing', async () => {
    const one = await heardCase(network, account);
    const { caseId } = one.filed.filing.message;
    const url = `${network.guardians[0]!.config.origin}/cases/${caseId}/reply`;
    await callJson(url, { body: { reply: 'It was a quotation.' }, schema: z.unknown() });
    const staff = await staffOf(network, 0);
    expect(await (await staff.get(`/cases/${caseId}`)).text()).toContain('It was a quotation.');
    await staff.post(`/api/cases/${caseId}/judgement`, { decision: 'refuse', reason: 'source-protection' });
    await approve(network, one, [1, 2]);
    const view = (await (await staff.get(`/api/cases/${caseId}`)).json()) as object;
    expect(view).toMatchObject({ state: 'refused', order: null, item: null, replies: [] });
    const { approvals, refusals } = await collectApprovals(network.authority, one.filed);
    expect(refusals).toEqual([{ guardian: 'guardian-1', reason: 'source-protection' }]);
    await expect(askOne(0, one, approvals)).rejects.toEqual(refused('case_refused'));
  });

  it('needs somebody of that guardian', async () => {
    const one = await heardCase(network, account);
    const { origin } = network.guardians[0]!.config;
    const { caseId } = one.filed.filing.message;
    const stranger = callJson(`${origin}/api/cases/${caseId}/judgement`, {
      body: { decision: 'approve' },
      schema: z.unknown(),
    });
    await expect(stranger).rejects.toEqual(refused('unauthorised'));
    expect((await fetch(`${origin}/operator/sign-in-links`, { method: 'POST' })).status).toBe(401);
  });
});

describe('a share', () => {
  it('is not given on one approval, on one counted twice, or without this guardian’s own', async () => {
    const one = await heardCase(network, account);
    await approve(network, one, [0]);
    const [first] = (await approvalsOf(one)) as [LoggedApproval];
    await expect(askOne(0, one, [first])).rejects.toEqual(refused('not_enough_approvals'));
    await expect(askOne(0, one, [first, first])).rejects.toEqual(refused('not_enough_approvals'));
    await approve(network, one, [1]);
    const both = await approvalsOf(one);
    await expect(askOne(2, one, both)).rejects.toEqual(refused('not_enough_approvals'));
    expect((await sharesOf(one, both)).every(({ ok }) => ok)).toBe(true);
  });

  it('is not given on approvals that are forged, unlogged, of another case, or older than the filing', async () => {
    const one = await heardCase(network, account);
    const two = await heardCase(network, account);
    await approve(network, one, [0, 1]);
    await approve(network, two, [1]);
    const [first, second] = (await approvalsOf(one)) as [LoggedApproval, LoggedApproval];
    const [elsewhere] = (await approvalsOf(two)) as [LoggedApproval];
    await expect(askOne(0, one, [first, elsewhere])).rejects.toEqual(refused('not_enough_approvals'));
    const forged = signMessage(
      network.desk.signing.seed,
      messageLabels.approvalMessage,
      second.approval.message,
    );
    await expect(askOne(0, one, [first, { ...second, approval: forged }])).rejects.toEqual(
      refused('signature_refused'),
    );
    await expect(askOne(0, one, [first, { ...second, salt: draw(32) }])).rejects.toEqual(
      refused('not_logged'),
    );
    await expect(askOne(0, one, [first, { ...second, proof: first.proof }])).rejects.toEqual(
      refused('not_logged'),
    );
  });

  it('is not given on an approval that came before the filing', async () => {
    const { seed } = await guardianSigning(1);
    const ready = await fileCase(network, account, { unlogged: true });
    const filing = ready.filed.filing.message;
    const approval = {
      v: 1 as const,
      caseId: filing.caseId,
      guardian: 'guardian-2',
      decision: 'approve' as const,
      reason: 'met' as const,
      filingCommitment: filingCommitment(filing, ready.filed.salt),
      day: '2026-11-23',
    };
    const salt = draw(32);
    const place = await network.submit(
      network.gateway,
      commitmentEntryOf(approvalCommitment(approval, salt)),
    );
    const late = { ...ready.filed, filingProof: await logFiling(network, filing, ready.filed.salt) };
    await deliver(network, 0, { ...ready.delivery(0), ...late });
    await hear(network);
    await approve(network, ready, [0]);
    const [own] = (await collectApprovals(network.authority, late)).approvals as [LoggedApproval];
    const early: LoggedApproval = {
      approval: signMessage(seed, messageLabels.approvalMessage, approval),
      salt,
      proof: await network.proofOf(place),
    };
    await expect(askOne(0, ready, [own, early], late)).rejects.toEqual(refused('not_enough_approvals'));
  });

  it('is for the account of the case and for the authority of the case', async () => {
    const one = await heardCase(network, account);
    const two = await heardCase(network, other);
    await approve(network, one, [0, 1]);
    const approvals = await approvalsOf(one);
    await expect(askOne(0, one, approvals, two.filed)).rejects.toEqual(refused('other_ciphertext'));
    const { caseId } = one.filed.filing.message;
    const message = { caseId, authority: 'coroner', ...one.filed, approvals };
    const stranger = signMessage(network.desk.signing.seed, messageLabels.shareAsk, message);
    const url = `${network.guardians[0]!.config.origin}/cases/${caseId}/shares`;
    await expect(callJson(url, { body: stranger, schema: sealedShare })).rejects.toEqual(
      refused('signature_refused'),
    );
  });

  it('asked for again, or often at once, is the same share; after a restart too', async () => {
    const one = await heardCase(network, account);
    await approve(network, one, [0, 1]);
    const approvals = await approvalsOf(one);
    const ask = async () => {
      const answers = await sharesOf(one, approvals);
      return answers.map((answer) => (answer.ok ? answer.value.share.share : answer.code));
    };
    const first = await ask();
    const many = await Promise.all(Array.from({ length: 4 }, ask));
    await network.restart(0);
    expect([...many, await ask()].every((points) => String(points) === String(first))).toBe(true);
  });

  it('recorded as given and not sent, because the power failed between, is sent when asked for again', async () => {
    const one = await heardCase(network, account);
    await approve(network, one, [0, 1]);
    const { databaseUrl } = network.guardians[0]!.config;
    const database = await openDatabase<GuardianTables>({ url: databaseUrl, migrations });
    await createStore(database).recordRelease(one.filed.filing.message.caseId, [1, 2]);
    await database.close();
    await network.restart(0);
    const answers = await sharesOf(one, await approvalsOf(one));
    expect(answers.map(({ ok }) => ok)).toEqual([true, true]);
  });

  it('that does not hold is named, and the rest open', async () => {
    const one = await heardCase(network, account);
    await approve(network, one, [0, 1, 2]);
    const answers = await sharesOf(one, await approvalsOf(one));
    const released = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
    const [a, b, c] = released as [(typeof released)[0], (typeof released)[0], (typeof released)[0]];
    const bad = { ...b, share: { ...b.share, share: a.share.share } };
    expect(combineShares(network.policy, one.filed, [a, bad, c])).toEqual({
      ok: true,
      value: person.recordKey,
      bad: ['guardian-2'],
    });
    const swapped = { ...b, escrow: toBase64url(other.escrow) };
    expect(combineShares(network.policy, one.filed, [a, swapped])).toEqual({
      ok: false,
      bad: ['guardian-2'],
      missing: 1,
    });
  });
});

describe('a second share', () => {
  async function opened(of: Account = account) {
    const one = await heardCase(network, of);
    await approve(network, one, [0, 1]);
    const answers = await sharesOf(one, await approvalsOf(one));
    const shares = answers.flatMap((answer) => (answer.ok ? [answer.value.share] : []));
    return { one, shares, caseId: one.filed.filing.message.caseId };
  }
  const codes = async (...args: Parameters<typeof requestIdentityShares>) =>
    (await requestIdentityShares(...args)).map((answer) => (answer.ok ? 'given' : answer.code));
  const no = (code: string) => [code, code];

  it('is not given for another record, a record sealed after the admission, or one named after another', async () => {
    const { shares, caseId } = await opened();
    const late = await sealAndLog(network, { ...person, name: 'Someone Framed' });
    expect(await codes(network.authority, caseId, shares, late)).toEqual(no('record_refused'));
    const stranger = await sealAndLog(network, newPerson(network, 'Somebody Else'));
    expect(await codes(network.authority, caseId, shares, stranger)).toEqual(no('record_refused'));
  });

  it('is given for one record of a case, again if asked again, and for no second one', async () => {
    const frame = newPerson(network, 'Cleo Example');
    const real = await sealAndLog(network, frame);
    const spare = await sealAndLog(network, { ...frame, name: 'Someone Framed' });
    const theirs = await takeIn(network, frame);
    const { shares, caseId } = await opened(theirs);
    expect(await codes(network.authority, caseId, shares, real)).toEqual(no('given'));
    expect(await codes(network.authority, caseId, shares, real)).toEqual(no('given'));
    expect(await codes(network.authority, caseId, shares, spare)).toEqual(no('share_released'));
  });

  it('is not given where the E0 of another account is handed in for a KEM point', async () => {
    const frame = newPerson(network, 'Dan Example');
    const alter = (sealed: Uint8Array) => {
      const forged = sealed.slice();
      forged.set(other.escrow.slice(0, 48));
      return forged;
    };
    const forged = await sealAndLog(network, frame, { alter });
    const theirs = await takeIn(network, frame);
    const { shares, caseId } = await opened(theirs);
    expect(await codes(network.authority, caseId, shares, forged)).toEqual(no('record_refused'));
  });

  it('is not given for a leaf that is not in the batch, or a batch that is not where it is said to be', async () => {
    const frame = newPerson(network, 'Eve Example');
    const item = await sealAndLog(network, frame);
    const theirs = await takeIn(network, frame);
    const { shares, caseId } = await opened(theirs);
    const salted = { ...item, identity: { ...item.identity, salt: draw(32) } };
    const moved = { ...item, receipt: { ...item.receipt, entryIndex: item.receipt.entryIndex - 1 } };
    for (const wrong of [salted, moved])
      expect(await codes(network.authority, caseId, shares, wrong)).toEqual(no('record_refused'));
    expect(await codes(network.authority, caseId, shares, item)).toEqual(no('given'));
  });

  it('is not given without t first shares that hold, nor by a guardian that gave none', async () => {
    const item = await sealAndLog(network, person);
    const { shares, caseId } = await opened();
    const [a, b] = shares as [(typeof shares)[0], (typeof shares)[0]];
    const bad = { ...b, share: a.share };
    expect(await codes(network.authority, caseId, [a, bad], item)).toEqual(no('not_enough_approvals'));
    const third = { ...b, guardian: 'guardian-3' };
    const answers = await requestIdentityShares(network.authority, caseId, [a, third], item);
    expect(answers[1]).toMatchObject({ ok: false, code: 'not_enough_approvals' });
  });
});

async function guardianSigning(i: number) {
  const { loadGuardianKeys } = await import('@answerable/guardian/keys');
  return loadGuardianKeys(network.guardians[i]!.config.dataDir).signing;
}
