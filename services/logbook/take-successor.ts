/**
 * POST /trust-policies: the successor of the trust policy, whole, from whoever brings it: what t guardians of the
 * policy before have signed needs nobody's word besides. Its text is public from then on, at
 * GET /trust-policies/:serial, and its entry is in line for the next batch. Brought again with the proof that it
 * stood in the log in time, the proof is kept beside it.
 * Must never: log a successor whose text is not kept, or that binds before its whole notice is over.
 */
import { unixSeconds } from '@answerable/kit/clock';
import { readJson } from '@answerable/kit/read-json';
import { policyKeyOf } from '@answerable/kit/submit-policy';
import { encodeEntry } from '@answerable/log/verify/entry';
import { Refusal } from '@answerable/protocol/refusal';
import { policyEntryOf, requireNext } from '@answerable/protocol/trust-chain';
import {
  type TrustPolicy,
  type TrustPolicyFile,
  trustPolicyFile,
  trustPolicyHash,
} from '@answerable/protocol/trust-policy';
import { requireSuccessor } from '@answerable/protocol/trust-succession';
import type { Context } from 'hono';
import { z } from 'zod';
import type { LogbookParts } from './parts.ts';
import { comesInTime } from './policy.ts';

const bodyBytesMax = 128 * 1024;
const serialParameter = z
  .string()
  .regex(/^[1-9][0-9]{0,5}$/)
  .transform(Number);

export const takeSuccessor = (parts: LogbookParts) => async (c: Context) => {
  // decode
  const file = await readJson(c, trustPolicyFile, bodyBytesMax);
  const { policy, logged } = file;
  // verify
  const before = await policyOf(parts, policy.serial - 1);
  if (!before) throw new Refusal('policy_mismatch');
  const known = await parts.store.successors.at(policy.serial);
  if (known && trustPolicyHash(known.policy) !== trustPolicyHash(policy))
    throw new Refusal('policy_mismatch');
  if (logged === undefined) requireSuccessor(before, file);
  else requireNext(before, file);
  // decide
  if (!known && logged === undefined && !comesInTime(before, policy, unixSeconds(parts.clock)))
    throw new Refusal('policy_mismatch', 'policy.effective');
  // One batch has no order: what is followed stands in the log first.
  if ((await parts.store.placeOf(policyKeyOf(before))) === undefined) throw new Refusal('not_logged');
  // record: the text first, so that whoever reads the entry finds it; then the entry, once
  await parts.store.successors.keep(file);
  const { network, serial } = policy;
  const bytes = encodeEntry(policyEntryOf(policy));
  const key = policyKeyOf(policy);
  await parts.store.submit({ key, bytes, serial: { network, serial }, isOwnKey: true });
  // act: the sequencer takes it with the next batch
  if (!known) parts.events.submitted('trust-policy-successor');
  // reply
  return c.json({ key }, 202);
};

export const showSuccessor = (parts: LogbookParts) => async (c: Context) => {
  const serial = serialParameter.safeParse(c.req.param('serial'));
  const file = serial.success ? await parts.store.successors.at(serial.data) : undefined;
  if (!file) throw new Refusal('not_found');
  return c.json(file satisfies TrustPolicyFile, 200, { 'cache-control': 'no-store' });
};

/** The policy of this serial: in place here, or announced. */
async function policyOf(parts: LogbookParts, serial: number): Promise<TrustPolicy | undefined> {
  const inPlace = parts.policies.chain().find((policy) => policy.serial === serial);
  return inPlace ?? (await parts.store.successors.at(serial))?.policy;
}
