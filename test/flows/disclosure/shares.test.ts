/** Shares that a guardian does not give, whoever asks and in whatever order; and those it gives, once and again. */

import { collectApprovals } from '@answerable/authority/engine/collect-approvals';
import { combineShares } from '@answerable/authority/engine/combine-shares';
import { requestIdentityShares, requestShares } from '@answerable/authority/engine/request-shares';
import { toBase64url } from '@answerable/core/bytes';
import { type GuardianTables, migrations } from '@answerable/guardian/schema';
import { createStore } from '@answerable/guardian/store';
import { openDatabase } from '@answerable/kit/database';
import { callJson } from '@answerable/kit/http-client';
import { approvalCommitment, commitmentEntryOf } from '@answerable/protocol/disclosure/bindings';
import { filingCommitment } from '@answerable/protocol/disclosure/case-file';
import { type LoggedApproval, sealedShare } from '@answerable/protocol/disclosure/opening';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type Account,
  approve,
  askOne,
  deliver,
  draw,
  fileCase,
  hear,
  heardCase,
  logFiling,
  newPerson,
  type Person,
  sealAndLog,
  type TrialCase,
  takeIn,
} from './case.ts';
import { foundTrialNetwork, type TrialNetwork } from './network.ts';

let network: TrialNetwork;
let person: Person;
let account: Account;
let other: Account;
/** agreed to by the first two guardians */
let agreed: TrialCase;
/** agreed to by all three */
let unanimous: TrialCase;
beforeAll(async () => {
  network = await foundTrialNetwork();
  person = newPerson(network, 'Ada Example');
  await sealAndLog(network, person);
  account = await takeIn(network, person);
  other = await takeIn(network, newPerson(network, 'Bea Example'));
  agreed = await heardCase(network, account);
  unanimous = await heardCase(network, account);
  await Promise.all([approve(network, agreed, [0, 1]), approve(network, unanimous, [0, 1, 2])]);
});
afterAll(() => network.close());

const approvalsOf = async (one: TrialCase) =>
  (await collectApprovals(network.authority, one.filed)).approvals;
const sharesOf = async (one: TrialCase, approvals: readonly LoggedApproval[]) =>
  requestShares(network.authority, one.filed, approvals);
const refused = (code: string) => expect.objectContaining({ code });

describe('a share', () => {
  it('is not given on one approval, on one counted twice, or without this guardian’s own', async () => {
    const both = await approvalsOf(agreed);
    const [first] = both as [LoggedApproval];
    for (const few of [[first], [first, first]])
      await expect(askOne(network, 0, agreed, few)).rejects.toEqual(refused('not_enough_approvals'));
    await expect(askOne(network, 2, agreed, both)).rejects.toEqual(refused('not_enough_approvals'));
    expect((await sharesOf(agreed, both)).every(({ ok }) => ok)).toBe(true);
  });

  it('is not given on approvals that are forged, unlogged or of another case', async () => {
    const one = agreed;
    const [first, second] = (await approvalsOf(one)) as [LoggedApproval, LoggedApproval];
    const [, elsewhere] = (await approvalsOf(unanimous)) as [LoggedApproval, LoggedApproval];
    await expect(askOne(network, 0, one, [first, elsewhere])).rejects.toEqual(
      refused('not_enough_approvals'),
    );
    const forged = signMessage(
      network.desk.signing.seed,
      messageLabels.approvalMessage,
      second.approval.message,
    );
    await expect(askOne(network, 0, one, [first, { ...second, approval: forged }])).rejects.toEqual(
      refused('signature_refused'),
    );
    await expect(askOne(network, 0, one, [first, { ...second, salt: draw(32) }])).rejects.toEqual(
      refused('not_logged'),
    );
    await expect(askOne(network, 0, one, [first, { ...second, proof: first.proof }])).rejects.toEqual(
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
    await expect(askOne(network, 0, ready, [own, early], late)).rejects.toEqual(
      refused('not_enough_approvals'),
    );
  });

  it('is for the account of the case and for the authority of the case', async () => {
    const one = agreed;
    const two = await fileCase(network, other, { unlogged: true });
    const approvals = await approvalsOf(one);
    await expect(askOne(network, 0, one, approvals, two.filed)).rejects.toEqual(refused('other_ciphertext'));
    const { caseId } = one.filed.filing.message;
    const message = { caseId, authority: 'coroner', ...one.filed, approvals };
    const stranger = signMessage(network.desk.signing.seed, messageLabels.shareAsk, message);
    const url = `${network.guardians[0]!.config.origin}/cases/${caseId}/shares`;
    await expect(callJson(url, { body: stranger, schema: sealedShare })).rejects.toEqual(
      refused('signature_refused'),
    );
  });

  it('asked for again, or often at once, is the same share; after a restart too', async () => {
    const one = agreed;
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
    const one = unanimous;
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
  async function opened(of?: Account) {
    const one = of ? await heardCase(network, of) : agreed;
    if (of) await approve(network, one, [0, 1]);
    const answers = await sharesOf(one, await approvalsOf(one));
    const shares = answers.flatMap((answer) => (answer.ok ? [answer.value.share] : []));
    return { one, shares, caseId: one.filed.filing.message.caseId };
  }
  const codes = async (...args: Parameters<typeof requestIdentityShares>) =>
    (await requestIdentityShares(...args)).map((answer) => (answer.ok ? 'given' : answer.code));
  const no = (code: string) => [code, code];

  it('is not given for another record, or one sealed after the admission', async () => {
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
