/** Cases that a guardian's people never see, and judgements that it does not take. */

import { createServer } from 'node:http';
import { collectApprovals } from '@answerable/authority/engine/collect-approvals';
import { fromBase64url, toBase64url } from '@answerable/core/bytes';
import { callJson } from '@answerable/kit/http-client';
import { decodeEntry } from '@answerable/log/verify/entry';
import { fetchFrom } from '@answerable/log/verify/fetch-from';
import { messageLabels } from '@answerable/protocol/labels';
import { signMessage } from '@answerable/protocol/signed';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { z } from 'zod';
import {
  type Account,
  approve,
  askOne,
  type CaseChanges,
  deliver,
  draw,
  fileCase,
  hear,
  heardCase,
  newPerson,
  type Person,
  replyOf,
  sealAndLog,
  staffOf,
  type TrialCase,
  takeIn,
} from './case.ts';
import { eventually, foundTrialNetwork, type TrialNetwork } from './network.ts';

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

  it.each([
    ['the other protocol, as a second pseudonym of one person', { protocol: 'atproto' as const }],
    ['another origin', { origin: 'https://elsewhere.example' }],
  ])('the account is of %s', async (_name, scope) => {
    const elsewhere = await takeIn(network, person, ['threat-to-life'], scope);
    const one = await fileCase(network, elsewhere, { unlogged: true });
    await expect(deliver(network, 0, one.delivery(0))).rejects.toEqual(refused('admission_refused'));
    await expectNothingKept(one);
    // In the scope that the trust policy gives, the same file is refused only because it is not logged.
    const right = await fileCase(network, account, { unlogged: true });
    await expect(deliver(network, 0, right.delivery(0))).rejects.toEqual(refused('not_logged'));
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

describe('the holder is heard', () => {
  it('and nobody in their place: whoever knows of the case has not their voice, nor takes the room for it', async () => {
    const one = await fileCase(network, account);
    await deliver(network, 0, one.delivery(0));
    const { caseId } = one.filed.filing.message;
    const elsewhere = (await fileCase(network, account)).filed.filing.message.caseId;
    const url = `${network.guardians[0]!.config.origin}/cases/${caseId}/reply`;
    const say = (body: object) => callJson(url, { body, schema: z.unknown() });
    const own = replyOf(network, account, caseId, 'Hear me.');
    const lies = Array.from({ length: 6 }, (_, i) => ({ reply: `I did it, and agree. ${i}` }));
    const forged: object[] = [
      ...lies,
      ...lies.map((lie) => replyOf(network, other, caseId, lie.reply)),
      { ...own, reply: 'I agree.' },
      replyOf(network, account, elsewhere, 'Of another case.'),
      { ...own, seal: { ...own.seal, at: '2026-01-01T00:00:00Z' } },
    ];
    for (const body of forged) await expect(say(body)).rejects.toEqual(refused('signature_refused'));
    await say(own);
    const staff = await staffOf(network, 0);
    const view = (await (await staff.get(`/api/cases/${caseId}`)).json()) as object;
    expect(view).toMatchObject({ replies: ['Hear me.'] });
  });

  it('five times, and once more with what was said already, as it comes when an answer was lost', async () => {
    const one = await fileCase(network, account);
    await deliver(network, 0, one.delivery(0));
    const { caseId } = one.filed.filing.message;
    const url = `${network.guardians[0]!.config.origin}/cases/${caseId}/reply`;
    const say = (words: string) =>
      callJson(url, { body: replyOf(network, account, caseId, words), schema: z.unknown() });
    for (const n of [1, 2, 3, 4, 5]) await say(`Words ${n}.`);
    await expect(say('Words 6.')).rejects.toEqual(refused('too_many_requests'));
    await say('Words 5.');
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
    const body = replyOf(network, account, caseId, 'It was a quotation.');
    await callJson(url, { body, schema: z.unknown() });
    const staff = await staffOf(network, 0);
    expect(await (await staff.get(`/cases/${caseId}`)).text()).toContain('It was a quotation.');
    await staff.post(`/api/cases/${caseId}/judgement`, { decision: 'refuse', reason: 'source-protection' });
    await approve(network, one, [1, 2]);
    const view = (await (await staff.get(`/api/cases/${caseId}`)).json()) as object;
    expect(view).toMatchObject({ state: 'refused', order: null, item: null, replies: [] });
    const { approvals } = await eventually(async () => {
      const judged = await collectApprovals(network.authority, one.filed);
      expect(judged.refusals).toEqual([{ guardian: 'guardian-1', reason: 'source-protection' }]);
      return judged;
    });
    await expect(askOne(network, 0, one, approvals)).rejects.toEqual(refused('case_refused'));
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

/** A guardian that shows something that does not hold when others look for its approval. */
async function lieAbout(port: number, caseId: string): Promise<() => Promise<void>> {
  const message = {
    v: 1,
    caseId,
    guardian: 'guardian-3',
    decision: 'approve',
    reason: 'met',
    filingCommitment: draw(32),
    day: '2026-11-23',
  };
  const proof = 'c2sp.org/tlog-proof@v1\nindex 0\n\nx\n';
  const lie = JSON.stringify({ approval: { message, signature: draw(64) }, salt: draw(32), proof });
  const liar = createServer((_request, response) => {
    response.writeHead(200, { 'content-type': 'application/json' }).end(lie);
  });
  await new Promise<void>((resolve) => liar.listen(port, '127.0.0.1', resolve));
  return async () => {
    liar.closeAllConnections();
    await new Promise((resolve) => liar.close(resolve));
  };
}

describe('a notice', () => {
  it('is published by whoever agreed, asked for a share or not, whatever another shows to keep them silent; and not where too few agreed', async () => {
    const lone = await heardCase(network, account);
    const { caseId: loneId } = lone.filed.filing.message;
    const one = await heardCase(network, account);
    const { caseId } = one.filed.filing.message;
    await Promise.all([approve(network, one, [0, 2]), approve(network, lone, [0])]);
    const staff = await staffOf(network, 0);
    const early = await staff.post(`/cases/${caseId}/notice`, {});
    expect(await early.json()).toMatchObject({ code: 'notice_too_early' });
    let place = 0;
    await network.restart(1, async () => {
      const stop = await lieAbout(network.guardians[1]!.config.port, caseId);
      await hear(network, network.policy.limits.noticeSeconds);
      place = await eventually(async () => {
        const view = (await (await staff.get(`/api/cases/${caseId}`)).json()) as {
          noticePlace: number | null;
        };
        if (view.noticePlace === null) throw new Error('no notice yet');
        return view.noticePlace;
      }).finally(stop);
    });
    const { entry } = await network.log.included(place);
    expect(decodeEntry(entry)).toMatchObject({
      kind: 'disclosure-notice',
      guardian: 'guardian-1',
      handle: account.record.answer.noticeHandle,
    });
    const alone = await staff.post(`/cases/${loneId}/notice`, {});
    expect(await alone.json()).toMatchObject({ code: 'move_not_allowed' });
  });
});
