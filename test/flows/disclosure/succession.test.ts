/** A case across two trust policies: what was admitted and filed under the first is opened under the next. */
import { join } from 'node:path';
import { collectApprovals } from '@answerable/authority/engine/collect-approvals';
import { combineShares } from '@answerable/authority/engine/combine-shares';
import { fetchFiling } from '@answerable/authority/engine/fetch-filing';
import { requestShares } from '@answerable/authority/engine/request-shares';
import { dayOf } from '@answerable/kit/clock';
import { step } from '@answerable/kit/hold-ceremony';
import { loadOrCreateSigningKey } from '@answerable/kit/keys';
import { submitPolicy } from '@answerable/kit/submit-policy';
import {
  composeSuccessor,
  gatherSuccessor,
  publishSuccessor,
  takeSuccessors,
} from '@answerable/kit/succession';
import { formatVerifierKey, noteKey } from '@answerable/log/verify/note-key';
import { signPolicyResponse } from '@answerable/protocol/party-identity';
import type { TrustPolicy } from '@answerable/protocol/trust-policy';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { approve, deliver, fileCase, heardCase, newPerson, sealAndLog, takeIn } from './case.ts';
import { foundTrialNetwork, type TrialNetwork } from './network.ts';

let network: TrialNetwork;
beforeAll(async () => {
  network = await foundTrialNetwork({ successionSeconds: 0 });
});
afterAll(() => network.close());

/** The next policy, with `changed`, signed by two guardians, on the record and in place. */
async function succeed(before: TrustPolicy, changed: Partial<TrustPolicy>): Promise<TrustPolicy> {
  const effective = dayOf(network.clock.now());
  const next = composeSuccessor(before, { effective, add: [], leave: [], ...changed });
  for (const { config } of network.guardians.slice(1))
    await step(config, 'sign-policy', { policy: next }, signPolicyResponse);
  await publishSuccessor(before, (await gatherSuccessor(before, next)).file, 100);
  await takeSuccessors(network.guardians[0]!.config.policyPath!);
  return next;
}

it('an account taken in and a case filed under the first policy are opened under the next', async () => {
  const first = network.policy;
  const key = loadOrCreateSigningKey(join(network.guardians[0]!.config.dataDir, 'keys', 'signing.key'));
  await submitPolicy(first, { name: 'guardian-1', key });
  const person = newPerson(network, 'Ada Example');
  await sealAndLog(network, person);
  const account = await takeIn(network, person);
  const old = await heardCase(network, account);

  // Another witness, which is never there: who reads the log believes a new list, and goes on from what it saw.
  const outside = formatVerifierKey(noteKey('outside.example/w', 0x04, new Uint8Array(32).fill(3)));
  const list = [
    ...first.witnesses.list,
    { name: 'outside', origin: 'http://127.0.0.1:9', verifierKey: outside },
  ];
  const limits = { ...first.limits, noticeSeconds: 900 };
  const next = await succeed(first, { limits, witnesses: { quorum: 2, list } });

  // The same account, filed again under the next policy: when it is taken, the guardian has seen that policy.
  network.policy = next;
  const again = await fileCase(network, account);
  await expect
    .poll(() =>
      deliver(network, 0, again.delivery(0)).then(
        () => 'taken',
        ({ code }) => code,
      ),
    )
    .toBe('taken');
  for (const guardian of [1, 2])
    await expect
      .poll(() =>
        deliver(network, guardian, again.delivery(guardian)).then(
          () => 'taken',
          ({ code }) => code,
        ),
      )
      .toBe('taken');
  const unknown = await fileCase(network, account, { filing: { trustPolicy: 'A'.repeat(43) } });
  await expect(deliver(network, 0, unknown.delivery(0))).rejects.toMatchObject({ code: 'policy_mismatch' });

  const authority = { ...network.authority, policy: next };
  const filed = await fetchFiling(authority, network.desk.origin, old.filed.filing.message.caseId);
  await approve(network, old, [0, 2]);
  const { approvals } = await collectApprovals(authority, filed);
  const answers = await requestShares(authority, filed, approvals);
  const released = answers.flatMap((answer) => (answer.ok ? [answer.value] : []));
  expect(combineShares(next, filed, released)).toEqual({ ok: true, value: person.recordKey, bad: [] });
});
