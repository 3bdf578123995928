/** One account, in public: from the ask to the one name and the notice, with every step in its order. */

import { collectApprovals } from '@answerable/authority/engine/collect-approvals';
import { combineShares, openIdentity } from '@answerable/authority/engine/combine-shares';
import { fetchFiling } from '@answerable/authority/engine/fetch-filing';
import { findRecords } from '@answerable/authority/engine/find-record';
import { requestIdentityShares, requestShares } from '@answerable/authority/engine/request-shares';
import { toBase64url } from '@answerable/core/bytes';
import { decodeEntry } from '@answerable/log/verify/entry';
import { noticeCommitment } from '@answerable/protocol/disclosure/case-file';
import { afterAll, beforeAll, expect, it } from 'vitest';
import {
  approve,
  bucketItem,
  heardCase,
  newPerson,
  type Person,
  sealAndLog,
  staffOf,
  takeIn,
} from './case.ts';
import { eventually, foundTrialNetwork, type TrialNetwork } from './network.ts';

let network: TrialNetwork;
let person: Person;
beforeAll(async () => {
  network = await foundTrialNetwork();
  person = newPerson(network, 'Ada Example');
});
afterAll(() => network.close());

it('two of three guardians open one account, on the record, for the authority alone', async () => {
  const { authority, policy } = network;
  const item = await sealAndLog(network, person);
  const stranger = newPerson(network, 'Somebody Else');
  network.bucket.push(bucketItem(stranger.recordKey, item), bucketItem(person.recordKey, item));
  const account = await takeIn(network, person);
  const one = await heardCase(network, account);
  const { caseId } = one.filed.filing.message;

  const filed = await fetchFiling(authority, network.desk.origin, caseId);
  expect(await collectApprovals(authority, filed)).toMatchObject({ approvals: [], refusals: [] });
  await approve(network, one, [0, 2]);
  const judged = await collectApprovals(authority, filed);
  expect(judged.waiting).toEqual([{ guardian: 'guardian-2', code: 'not_judged' }]);

  const answers = await requestShares(authority, filed, judged.approvals);
  const released = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  const opened = combineShares(policy, filed, released);
  expect(opened).toEqual({ ok: true, value: person.recordKey, bad: [] });

  const records = await findRecords(authority, person.recordKey);
  expect(records).toEqual([item]);
  const second = await requestIdentityShares(
    authority,
    caseId,
    released.map(({ share }) => share),
    records[0]!,
  );
  const shares = second.flatMap((answer) => (answer.ok ? [answer.value] : []));
  expect(openIdentity(policy, filed, person.recordKey, item, shares)).toMatchObject({
    ok: true,
    value: { name: 'Ada Example', birthDate: '1990-01-01' },
    bad: [],
  });

  const staff = await staffOf(network, 0);
  const early = await staff.post(`/cases/${caseId}/notice`, {});
  expect(((await early.json()) as { code: string }).code).toBe('notice_too_early');
  network.clock.advance({ seconds: policy.limits.noticeSeconds });
  const place = await eventually(async () => {
    const view = (await (await staff.get(`/api/cases/${caseId}`)).json()) as { noticePlace: number | null };
    if (view.noticePlace === null) throw new Error('no notice yet');
    return view.noticePlace;
  });
  const { entry } = await network.log.included(place);
  const notice = decodeEntry(entry);
  expect(notice).toMatchObject({
    kind: 'disclosure-notice',
    platform: 'commons',
    authority: 'coroner',
    ground: 'threat-to-life',
    guardian: 'guardian-1',
    handle: account.record.answer.noticeHandle,
  });
  expect(noticeCommitment(String(notice.handle), String(notice.opening))).toBe(
    filed.filing.message.noticeCommitment,
  );
  expect((notice.approvals as number[]).every((index) => index > (notice.filing as number))).toBe(true);

  // Nobody asked the second guardian, so it has given nothing and has nothing to publish.
  const idle = await staffOf(network, 1);
  const view = await idle.get(`/api/cases/${caseId}`);
  expect(await view.json()).toMatchObject({ state: 'waiting', noticePlace: null });
});

it('shows its people the case in plain words, and nothing that joins it to anything else', async () => {
  const account = await takeIn(network, person);
  const one = await heardCase(network, account);
  const { caseId } = one.filed.filing.message;
  const staff = await staffOf(network, 1);
  const html = await (await staff.get(`/cases/${caseId}`)).text();
  expect(html).toContain('I know where you live');
  expect(html).toContain('The coroner asks who wrote this.');
  expect(html).toContain('2 of 3 guardians');
  const { answer } = account.record;
  for (const secret of [
    answer.accountKey,
    answer.noticeHandle,
    answer.presentation,
    toBase64url(account.escrow),
  ])
    expect(html).not.toContain(secret);
  const lines = network.journal.join('');
  expect(lines).toContain('"kind":"received"');
  for (const word of [caseId, 'coroner', 'C-17/26', answer.noticeHandle]) expect(lines).not.toContain(word);
});
